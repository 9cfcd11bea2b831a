// The message box: Enter sends, Tab completes, arrow up brings back what was sent.

import { offers, usage } from "./completion.js";
import { h } from "./dom.js";

export class Composer {
  constructor(holder, { id, label, state, send }) {
    Object.assign(this, { state, send, sent: [], back: 0, chosen: 0, found: [] });
    this.list = h("ul", { class: "offers", role: "listbox", id: `${id}-offers`, "aria-label": "Suggestions", hidden: true });
    this.usage = h("div", { class: "usage", id: `${id}-usage`, hidden: true });
    this.box = h("textarea", {
      id, rows: 1, "aria-label": label, role: "combobox", "aria-expanded": "false", autocomplete: "off", spellcheck: "true",
      "aria-autocomplete": "list", "aria-controls": `${id}-offers`, "aria-describedby": `${id}-usage`,
    });
    this.button = h("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" }, "➤");
    const form = h("form", { class: "box" }, this.box, this.button);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.box.addEventListener("input", () => this.look());
    this.box.addEventListener("click", () => this.look());
    this.box.addEventListener("focus", () => this.look());
    this.box.addEventListener("blur", () => this.hide());
    this.box.addEventListener("keydown", (event) => this.key(event));
    holder.replaceChildren(this.list, this.usage, form);
    this.look();
  }

  begin(text) {
    this.box.value = text;
    this.box.focus();
    this.look();
  }

  placeholder(text) {
    this.box.placeholder = text;
  }

  look() {
    const { value, selectionStart } = this.box;
    this.button.disabled = value.trim() === "";
    this.found = document.activeElement === this.box ? offers(value, selectionStart, this.state()) : [];
    this.chosen = Math.min(this.chosen, Math.max(0, this.found.length - 1));
    this.draw();
    const hint = this.found.length || document.activeElement !== this.box ? null : usage(value, this.state().commands);
    this.usage.hidden = !hint;
    if (hint) this.usage.replaceChildren(h("strong", {}, hint.command), ...hint.hints.map((one) => h("code", {}, one)), h("span", {}, hint.about));
    this.box.style.height = "auto";
    // A hidden box measures nothing.
    if (this.box.scrollHeight) this.box.style.height = `${Math.min(this.box.scrollHeight, 160)}px`;
  }

  draw() {
    this.list.hidden = !this.found.length;
    this.box.setAttribute("aria-expanded", String(this.found.length > 0));
    this.list.replaceChildren(...this.found.map((offer, index) => this.option(offer, index)));
    if (this.found.length) this.box.setAttribute("aria-activedescendant", `${this.box.id}-${this.chosen}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  option(offer, index) {
    const item = h("li", { role: "option", id: `${this.box.id}-${index}`, "aria-selected": String(index === this.chosen) },
      h("strong", {}, offer.label), offer.hint ? h("code", {}, offer.hint) : null, offer.about ? h("span", {}, offer.about) : null);
    // mousedown, since a click would come after the box has lost the focus
    item.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(offer); });
    return item;
  }

  hide() {
    this.found = [];
    this.usage.hidden = true;
    this.draw();
  }

  take(offer) {
    const { value, selectionStart } = this.box;
    this.box.value = value.slice(0, offer.from) + offer.insert + value.slice(selectionStart);
    const caret = offer.from + offer.insert.length;
    this.box.setSelectionRange(caret, caret);
    this.chosen = 0;
    this.look();
  }

  key(event) {
    if (event.isComposing) return;
    if (this.found.length && this.offerKey(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
    else if (event.key === "ArrowUp" && this.recallable()) { event.preventDefault(); this.recall(); }
  }

  offerKey(event) {
    const offer = this.found[this.chosen];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : -1) + this.found.length) % this.found.length;
      this.draw();
      this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
      return true;
    }
    if (event.key === "Escape") { this.hide(); event.stopPropagation(); return true; }
    if (event.key === "Tab" || (event.key === "Enter" && this.box.value.trim() !== offer.label)) { this.take(offer); return true; }
    return false;
  }

  recallable() {
    return this.sent.length > 0 && (this.box.value === "" || this.box.value === this.sent[this.sent.length - this.back]);
  }

  recall() {
    this.back = Math.min(this.back + 1, this.sent.length);
    this.box.value = this.sent[this.sent.length - this.back];
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
    this.look();
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.sent.push(text);
    this.back = 0;
    this.box.value = "";
    this.look();
    this.send(text);
  }
}
