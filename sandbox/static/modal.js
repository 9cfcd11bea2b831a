// The modal that the acting person sees. It is drawn again only where the app changed it, so that what was typed stays.

import { post } from "./api.js";
import { blocks } from "./blocks.js";
import { h } from "./dom.js";
import { plainText } from "./mrkdwn.js";

const NO_PRESS = { ok: false, error: "the sandbox presses nothing inside forms yet" };

export class Modal {
  constructor({ names, changed }) {
    Object.assign(this, { names, changed, dialog: null, drawn: "" });
  }

  show(view, user) {
    const wanted = view ? `${user}:${view.id}:${view.hash}` : "";
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.dialog?.close();
    if (view) this.open(view, user);
  }

  open(view, user) {
    const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" }, this.form(view, user));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.leave(view, user); });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    this.dialog = dialog;
    this.inputs = [...dialog.querySelectorAll(".input-block")];
    if (this.inputs.length) this.inputs[0].focusFirst();
    else dialog.querySelector("button[type=submit]")?.focus();
  }

  form(view, user) {
    this.trouble = h("p", { class: "modal-trouble", role: "alert", hidden: true });
    const leave = () => this.leave(view, user);
    const close = h("button", { type: "button", class: "button", onclick: leave }, view.close ? plainText(view.close.text) : "Close");
    this.submit = view.submit ? h("button", { type: "submit", class: "button primary" }, plainText(view.submit.text)) : null;
    const body = h("div", { class: "blocks modal-blocks" }, blocks(view.blocks, { names: this.names(), press: async () => NO_PRESS }));
    const form = h("form", { novalidate: true },
      h("header", { class: "modal-head" },
        h("h2", { id: "modal-title" }, plainText(view.title.text)),
        h("button", { type: "button", class: "close", "aria-label": "Close the form", onclick: leave }, "✕")),
      body, this.trouble, h("div", { class: "modal-buttons" }, close, this.submit));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(view, user); });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && this.submit) form.requestSubmit();
    });
    return form;
  }

  async send(view, user) {
    if (!this.submit || this.submit.disabled || !this.isComplete()) return;
    this.submit.disabled = true;
    const values = Object.fromEntries(this.inputs.map((one) => [one.blockId, one.read()]));
    const outcome = await post("form", { user, view_id: view.id, values });
    this.submit.disabled = false;
    this.trouble.hidden = outcome.ok;
    this.trouble.textContent = outcome.ok ? "" : `We had some trouble: ${outcome.error}. Try again?`;
    this.sayErrors(outcome.errors || {});
    await this.changed();
  }

  isComplete() {
    const missing = this.inputs.filter((one) => one.querySelector(":required") && !one.read().trim());
    this.sayErrors(Object.fromEntries(missing.map((one) => [one.blockId, "Please complete this required field."])));
    return !missing.length;
  }

  sayErrors(errors) {
    this.inputs.forEach((one) => one.say(errors[one.blockId]));
    this.inputs.find((one) => errors[one.blockId])?.focusFirst();
  }

  async leave(view, user) {
    await post("form/close", { user, view_id: view.id });
    await this.changed();
  }
}
