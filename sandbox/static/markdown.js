// The markdown block: headings, lists, quotes, fences, tables as text, and inline marks.

import { h, link } from "./dom.js";
import { emoji } from "./emoji.js";

const INLINE = /`([^`\n]+)`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|(?<!\w)[*_]([^*_\n]+)[*_](?!\w)|~~([^~\n]+)~~|\[([^\]\n]+)\]\(([^)\s]+)\)|:([a-z0-9_+-]+):/g;

export function markdown(text) {
  const parts = text.split(/```[\w-]*\n([\s\S]*?)\n?```\n?/);
  return h("div", { class: "markdown" }, parts.map((part, index) => (index % 2 ? h("pre", {}, part) : prose(part))));
}

function prose(text) {
  return text.split(/\n{2,}/).filter((paragraph) => paragraph.trim()).map(paragraph);
}

function paragraph(text) {
  const all = text.split("\n").filter((line) => line !== "");
  const heading = /^#{1,6} (.*)$/.exec(all[0]);
  if (heading) return [h("p", { class: "markdown-heading" }, inline(heading[1])), all.length > 1 ? paragraph(all.slice(1).join("\n")) : null];
  if (/^(---+|\*\*\*+)$/.test(text.trim())) return h("hr");
  if (all.every((line) => /^\s*[-*+] /.test(line))) return h("ul", {}, all.map((line) => h("li", {}, inline(line.replace(/^\s*[-*+] /, "")))));
  if (all.every((line) => /^\s*\d+[.)] /.test(line))) return h("ol", {}, all.map((line) => h("li", {}, inline(line.replace(/^\s*\d+[.)] /, "")))));
  if (all.every((line) => line.startsWith(">"))) return h("blockquote", {}, lines(all.map((line) => line.replace(/^> ?/, ""))));
  if (all.length > 1 && all.every((line) => line.includes("|")) && /^[\s|:-]+$/.test(all[1])) return grid(all);
  return h("p", {}, lines(all));
}

function grid(rows) {
  const cells = (line, tag) => line.replace(/^\||\|$/g, "").split("|").map((cell) => h(tag, {}, inline(cell.trim())));
  return h("div", { class: "table-frame" }, h("table", {},
    h("thead", {}, h("tr", {}, cells(rows[0], "th"))),
    h("tbody", {}, rows.slice(2).map((row) => h("tr", {}, cells(row, "td"))))));
}

const lines = (all) => all.flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)));

function inline(text) {
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, strong2, em, strike, label, url, sign] = match;
    out.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (code !== undefined) out.push(h("code", {}, code));
    else if (strong ?? strong2) out.push(h("strong", {}, inline(strong ?? strong2)));
    else if (em !== undefined) out.push(h("em", {}, inline(em)));
    else if (strike !== undefined) out.push(h("s", {}, inline(strike)));
    else if (label !== undefined) out.push(link(url, label));
    else out.push(emoji(sign) || whole);
  }
  return [...out, text.slice(end)].filter((part) => part !== "");
}
