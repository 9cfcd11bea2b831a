// Block Kit as elements. `context` has `names` (what ids are called) and `press(block, element, option)`.

import { chart } from "./charts.js";
import { interactive } from "./elements.js";
import { h } from "./dom.js";
import { inputBlock } from "./inputs.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plainText } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

export function blocks(list, context) {
  return list.map((block) => (RENDER[block.type] || unknown)(block, context));
}

export function textObject(text, names) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, names) : h("span", { class: "lines" }, plainText(text.text));
}

const RENDER = {
  header: (block) => h("h3", { class: "header-block" }, plainText(block.text.text)),
  divider: () => h("hr"),
  section,
  context: (block, context) => h("div", { class: "context-block" }, block.elements.map((element) => inContext(element, context))),
  actions: (block, context) => h("div", { class: "actions-block" }, block.elements.map((element) => interactive(block, element, context))),
  image: (block) => picture(block, block.title && plainText(block.title.text)),
  markdown: (block) => markdown(block.text),
  rich_text: (block, context) => richText(block, context.names),
  table,
  data_visualization: chart,
  input: inputBlock,
};

const unknown = (block) => h("p", { class: "unknown" }, `A ${block.type} block, which the sandbox cannot show.`);

function section(block, context) {
  const said = h("div", { class: "section-text" });
  if (block.text) said.append(h("div", {}, textObject(block.text, context.names)));
  if (block.fields) said.append(h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, textObject(field, context.names)))));
  const accessory = block.accessory;
  if (!accessory) return h("div", { class: "section-block" }, said);
  const beside = accessory.type === "image" ? picture(accessory) : interactive(block, accessory, context);
  return h("div", { class: "section-block" }, said, h("div", { class: "accessory" }, beside));
}

function inContext(element, context) {
  if (element.type === "image") return h("span", { class: "context-image", role: "img", "aria-label": element.alt_text, title: element.alt_text }, "🖼");
  return h("span", {}, textObject(element, context.names));
}

// Pictures stay where they are: the page loads nothing from elsewhere.
function picture(image, title) {
  return h("figure", { class: "picture" }, title ? h("figcaption", {}, title) : null, h("div", { role: "img", "aria-label": image.alt_text }, "🖼 ", image.alt_text));
}

function table(block, context) {
  const settings = block.column_settings || [];
  const [first, ...rest] = block.rows;
  const row = (cells, tag) => h("tr", {}, cells.map((cell, index) => h(tag, { class: cellClass(settings[index]), scope: tag === "th" ? "col" : null }, cellContent(cell, context))));
  return h("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, row(first, "th")), h("tbody", {}, rest.map((cells) => row(cells, "td")))));
}

const cellClass = (setting) => `align-${setting?.align || "left"}${setting?.is_wrapped ? " wrapped" : ""}`;

const cellContent = (cell, context) => (cell.type === "rich_text" ? richText(cell, context.names) : cell.text);
