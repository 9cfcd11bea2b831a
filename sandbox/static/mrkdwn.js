// Slack's own markup, as elements. What is not understood stays visible as it was typed.

import { h, link, safeUrl } from "./dom.js";
import { emoji } from "./emoji.js";
import { slackDate } from "./times.js";

export const decode = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<reference>[^<>\\n]+)>",
    "(?<![\\p{L}\\p{N}*])\\*(?<bold>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?<italic>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(?<strike>[^\\s~](?:[^~\\n]*[^\\s~])?)~(?![\\p{L}\\p{N}~])",
    ":(?<emoji>[a-z0-9_+\\-]+):",
  ].join("|"),
  "gu",
);

export function mrkdwn(text, names) {
  const parts = text.split(/```\n?([\s\S]+?)\n?```\n?/);
  return parts.flatMap((part, index) => (index % 2 ? [h("pre", {}, codeParts(part, names))] : paragraphs(part, names)));
}

export function plainText(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) || whole);
}

function paragraphs(text, names) {
  const out = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) out.push(h("blockquote", {}, lines(quoted, names)));
    quoted = [];
  };
  let plain = [];
  const flushPlain = () => {
    if (plain.length && plain.some((line) => line !== "")) out.push(h("span", { class: "lines" }, lines(plain, names)));
    plain = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      flushPlain();
      quoted.push(quote[1]);
    } else {
      flush();
      plain.push(line);
    }
  }
  flush();
  flushPlain();
  return out;
}

const lines = (texts, names) => texts.flatMap((line, index) => (index ? [h("br"), ...inline(line, names)] : inline(line, names)));

export function inline(text, names) {
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const node = marked(match.groups, names);
    if (node === null) continue;
    out.push(decode(text.slice(end, match.index)), node);
    end = match.index + match[0].length;
  }
  out.push(decode(text.slice(end)));
  return out.filter((part) => part !== "");
}

function marked(groups, names) {
  if (groups.code !== undefined) return h("code", {}, codeParts(groups.code, names));
  if (groups.reference !== undefined) return reference(groups.reference, names);
  if (groups.bold !== undefined) return h("strong", {}, inline(groups.bold, names));
  if (groups.italic !== undefined) return h("em", {}, inline(groups.italic, names));
  if (groups.strike !== undefined) return h("s", {}, inline(groups.strike, names));
  const sign = emoji(groups.emoji);
  return sign && h("span", { class: "emoji", role: "img", "aria-label": groups.emoji.replaceAll("_", " ") }, sign);
}

// Inside code only references are still understood.
function codeParts(text, names) {
  return text.split(/<([^<>\n]+)>/).map((part, index) => (index % 2 ? reference(part, names) : decode(part)));
}

function reference(text, names) {
  const [target, ...rest] = text.split("|");
  const label = rest.join("|");
  if (target.startsWith("@")) return names.user(target.slice(1), decode(label));
  if (target.startsWith("#")) return names.channel(target.slice(1), decode(label));
  if (target.startsWith("!subteam^")) return names.group(target.slice(9), decode(label));
  if (target.startsWith("!date^")) return date(target, decode(label));
  if (["!here", "!channel", "!everyone"].includes(target)) return h("span", { class: "mention broadcast" }, `@${target.slice(1)}`);
  if (target.startsWith("!")) return h("span", {}, decode(label || target));
  if (!safeUrl(decode(target))) return h("span", {}, decode(`<${text}>`));
  return link(decode(target), decode(label || target.replace(/^mailto:/, "")));
}

function date(target, fallback) {
  const [, seconds, pattern, url] = target.split("^");
  const shown = slackDate(seconds, decode(pattern || "")) || fallback;
  const title = slackDate(seconds, "{date_long} {time_secs}");
  const element = h("time", { title }, shown);
  return url ? link(decode(url), element) : element;
}
