// What can be pressed: buttons, overflow menus, selects.

import { confirmed } from "./confirm.js";
import { h, safeUrl } from "./dom.js";
import { decode, plainText } from "./mrkdwn.js";

const DRAW = { button, overflow, static_select: select, radio_buttons: select };

export function interactive(block, element, context) {
  const draw = DRAW[element.type];
  if (!draw) return h("span", { class: "unknown" }, `(${element.type}: not in the sandbox yet)`);
  return h("span", { class: "pressable" }, draw(block, element, context));
}

async function pressed(holder, { block, element, option, context }) {
  if (element.confirm && !(await confirmed(element.confirm, context.names))) return;
  const wrapper = holder.closest(".pressable");
  wrapper.querySelector(".press-error")?.remove();
  holder.setAttribute("aria-busy", "true");
  const outcome = await context.press(block, element, option);
  holder.removeAttribute("aria-busy");
  if (!outcome.ok) {
    wrapper.append(h("span", { class: "press-error", role: "alert", title: outcome.error }, `⚠ ${outcome.error}`));
  }
}

function button(block, element, context) {
  const url = element.url && safeUrl(element.url);
  return h("button", {
    type: "button",
    class: `button ${element.style || ""}`,
    "aria-label": element.accessibility_label,
    onclick: (event) => {
      if (url) window.open(url, "_blank", "noopener,noreferrer");
      pressed(event.currentTarget, { block, element, context });
    },
  }, plainText(element.text.text));
}

function overflow(block, element, context) {
  const opener = h("button", { type: "button", class: "button overflow", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "More actions", title: "More actions" }, "⋯");
  opener.addEventListener("click", () => {
    if (opener.getAttribute("aria-expanded") === "true") closeMenus();
    else openMenu(opener, { block, element, context });
  });
  return opener;
}

function openMenu(opener, pressing) {
  closeMenus();
  const items = pressing.element.options.map((option) =>
    h("button", { type: "button", role: "menuitem", class: "menu-item", onclick: () => {
      closeMenus();
      if (option.url && safeUrl(option.url)) window.open(safeUrl(option.url), "_blank", "noopener,noreferrer");
      opener.focus();
      pressed(opener, { ...pressing, option: option.value });
    } }, decode(plainText(option.text.text)), option.description ? h("small", {}, plainText(option.description.text)) : null));
  const menu = h("div", { class: "menu", role: "menu" }, items);
  menu.addEventListener("keydown", (event) => walk(event, items, opener));
  opener.after(menu);
  opener.setAttribute("aria-expanded", "true");
  const room = opener.closest(".scroll, .thread-scroll")?.getBoundingClientRect().bottom ?? window.innerHeight;
  if (menu.getBoundingClientRect().bottom > room) menu.classList.add("upwards");
  items[0]?.focus();
}

function walk(event, items, opener) {
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    closeMenus();
    opener.focus();
  }
}

export function closeMenus() {
  document.querySelectorAll(".menu").forEach((menu) => {
    menu.previousElementSibling.setAttribute("aria-expanded", "false");
    menu.remove();
  });
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu, .overflow")) closeMenus();
});

function select(block, element, context) {
  const label = element.placeholder ? plainText(element.placeholder.text) : "Choose…";
  const choice = (option) => h("option", { value: option.value, selected: option.value === element.initial_option?.value }, plainText(option.text.text));
  const groups = (element.option_groups || []).map((group) => h("optgroup", { label: plainText(group.label.text) }, group.options.map(choice)));
  const box = h("select", { class: "button", "aria-label": label }, h("option", { value: "", disabled: true, selected: !element.initial_option }, label), (element.options || []).map(choice), groups);
  box.addEventListener("change", () => pressed(box, { block, element, option: box.value, context }));
  return box;
}
