// Every message, for plain, empty and huge facts, drawn as the page draws them.

import { get } from "./api.js";
import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { namesOf } from "./names.js";

const at = (id) => document.getElementById(id);
const names = namesOf({ people: [], groups: [], channels: [], user: "" }, () => {});
const context = { names, press: async () => ({ ok: false, error: "Only to look at" }) };
const anchor = (text) => `kind-${text.replaceAll(/\W+/g, "-")}`;

function entry(one) {
  const body = one.blocks.length ? h("div", { class: "blocks" }, blocks(one.blocks, context)) : h("div", {}, mrkdwn(one.text, names));
  return h("article", { class: "entry", "aria-label": `${one.group}, ${one.title}`, "data-words": `${one.group} ${one.title} ${one.text}`.toLowerCase() },
    h("h3", {}, one.title),
    h("p", { class: "push" }, h("span", {}, "Lock screen"), h("span", { class: "push-text" }, mrkdwn(one.text, names))),
    h("div", { class: "content" }, body));
}

function group([name, entries]) {
  return h("section", { id: anchor(name), "aria-label": name }, h("h2", {}, name), entries.map(entry));
}

function draw(all) {
  const groups = grouped(all);
  at("groups").replaceChildren(...[...groups.keys()].map((name) => h("a", { href: `#${anchor(name)}` }, name)));
  at("entries").replaceChildren(...[...groups].map(group));
  filter();
}

function grouped(all) {
  const groups = new Map();
  all.forEach((one) => groups.set(one.group, [...(groups.get(one.group) || []), one]));
  return groups;
}

function filter() {
  const words = at("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const section of document.querySelectorAll("#entries section")) {
    const kept = [...section.querySelectorAll(".entry")].filter((one) => {
      one.hidden = !words.every((word) => one.dataset.words.includes(word));
      return !one.hidden;
    });
    section.hidden = !kept.length;
    document.querySelector(`#groups a[href="#${section.id}"]`).hidden = !kept.length;
    shown += kept.length;
  }
  at("count").textContent = shown === 1 ? "1 message" : `${shown} messages`;
}

at("filter").addEventListener("input", filter);
at("phone").addEventListener("change", (event) => document.body.classList.toggle("as-phone", event.target.checked));

get("gallery", {}).then(draw, () => { at("entries").textContent = "The sandbox does not answer."; });
