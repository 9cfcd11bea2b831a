// What people fill in: text, radio buttons, selects. Each block knows its value, and can say what is wrong with it.

import { h } from "./dom.js";
import { plainText } from "./mrkdwn.js";

const DRAW = { plain_text_input: typed, radio_buttons: radios, static_select: select };

let drawnSoFar = 0;

export function inputBlock(block) {
  const draw = DRAW[block.element.type];
  if (!draw) return h("p", { class: "unknown" }, `(${block.element.type}: not in the sandbox yet)`);
  const id = `input-${(drawnSoFar += 1)}`;
  const hint = block.hint ? h("p", { class: "input-hint", id: `${id}-hint` }, plainText(block.hint.text)) : null;
  const error = h("p", { class: "input-error", id: `${id}-error`, role: "alert", hidden: true });
  const label = [plainText(block.label.text), block.optional ? h("span", { class: "optional" }, " (optional)") : null];
  const common = { required: !block.optional, "aria-describedby": [hint?.id, error.id].filter(Boolean).join(" ") };
  const drawn = draw(block.element, { id, label, common });
  return Object.assign(h("div", { class: "input-block" }, drawn.elements, hint, error), {
    blockId: block.block_id,
    read: drawn.read,
    say: (text) => sayError(drawn, error, text),
    focusFirst: () => drawn.first()?.focus(),
  });
}

function sayError(drawn, error, text) {
  error.textContent = text || "";
  error.hidden = !text;
  drawn.all().forEach((one) => (text ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid")));
}

function single(box, label) {
  return { elements: [h("label", { for: box.id }, label), box], read: () => box.value, first: () => box, all: () => [box] };
}

function typed(element, { id, label, common }) {
  const more = { id, ...common, maxlength: element.max_length, minlength: element.min_length, placeholder: element.placeholder && plainText(element.placeholder.text) };
  const box = element.multiline ? h("textarea", { rows: 4, ...more }) : h("input", { type: "text", autocomplete: "off", ...more });
  box.value = element.initial_value || "";
  return single(box, label);
}

function select(element, { id, label, common }) {
  const choice = (option) => h("option", { value: option.value, selected: option.value === element.initial_option?.value }, plainText(option.text.text));
  const groups = (element.option_groups || []).map((group) => h("optgroup", { label: plainText(group.label.text) }, group.options.map(choice)));
  const nothing = h("option", { value: "", selected: !element.initial_option }, element.placeholder ? plainText(element.placeholder.text) : "Choose…");
  return single(h("select", { id, ...common }, nothing, (element.options || []).map(choice), groups), label);
}

function radios(element, { id, label, common }) {
  const { required, ...about } = common;
  const boxes = element.options.map((option, index) => h("input", {
    type: "radio", name: id, id: `${id}-${index}`, value: option.value, required, checked: option.value === element.initial_option?.value,
  }));
  const rows = boxes.map((box, index) => h("label", { class: "radio", for: box.id }, box, h("span", {}, plainText(element.options[index].text.text))));
  return {
    elements: [h("fieldset", about, h("legend", {}, label), rows)],
    read: () => boxes.find((one) => one.checked)?.value || "",
    first: () => boxes.find((one) => one.checked) || boxes[0],
    all: () => boxes,
  };
}
