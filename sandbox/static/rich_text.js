import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";
import { slackDate } from "./times.js";

export function richText(block, names) {
  return h("div", { class: "rich-text" }, block.elements.map((element) => part(element, names)));
}

function part(element, names) {
  const children = () => element.elements.map((inner) => leaf(inner, names));
  if (element.type === "rich_text_preformatted") return h("pre", {}, children());
  if (element.type === "rich_text_quote") return h("blockquote", {}, children());
  if (element.type === "rich_text_list") {
    const items = element.elements.map((item) => h("li", {}, item.elements.map((inner) => leaf(inner, names))));
    const start = element.offset ? element.offset + 1 : null;
    return h(element.style === "ordered" ? "ol" : "ul", { class: `indent-${element.indent || 0}`, start }, items);
  }
  return h("div", { class: "lines" }, children());
}

function leaf(element, names) {
  let node = bare(element, names);
  const style = element.style || {};
  if (style.code) node = h("code", {}, node);
  if (style.strike) node = h("s", {}, node);
  if (style.italic) node = h("em", {}, node);
  if (style.bold) node = h("strong", {}, node);
  if (style.underline) node = h("u", {}, node);
  return node;
}

function bare(element, names) {
  switch (element.type) {
    case "text": return element.text;
    case "link": return link(element.url, element.text || element.url);
    case "emoji": return h("span", { class: "emoji" }, emoji(element.name) || `:${element.name}:`);
    case "user": return names.user(element.user_id, "");
    case "channel": return names.channel(element.channel_id, "");
    case "usergroup": return names.group(element.usergroup_id, "");
    case "broadcast": return h("span", { class: "mention broadcast" }, `@${element.range}`);
    case "date": return h("time", {}, slackDate(element.timestamp, element.format) || element.fallback || "");
    case "color": return h("code", {}, element.value);
    default: return "";
  }
}
