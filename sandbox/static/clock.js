// The sandbox's time in the header, and the panel that moves it forward.

import { post } from "./api.js";
import { h } from "./dom.js";
import { now } from "./times.js";
import { nextMorning, zoneCity, zoneDay, zoneTime } from "./zones.js";

const MONDAY = 1;
const at = (id) => document.getElementById(id);

export class Clock {
  constructor({ moved }) {
    Object.assign(this, { zone: "UTC", moved });
    this.told = h("p", { class: "panel-time" });
    this.problem = h("p", { class: "press-error", role: "alert", hidden: true });
    at("clock-panel").replaceChildren(
      h("h2", {}, "The sandbox's clock"),
      this.told,
      h("p", {}, "Jump ahead, and what falls due by then happens: digests appear by themselves a moment later."),
      h("div", { class: "panel-buttons" },
        this.jump("+1 hour", () => ({ by_seconds: 3600 })),
        this.jump("Tomorrow 09:00", () => ({ to: nextMorning(this.zone, now()).toISOString() })),
        this.jump("Next Monday 09:00", () => ({ to: nextMorning(this.zone, now(), MONDAY).toISOString() }))),
      h("p", { class: "panel-note" }, "It cannot be moved back: messages are never dated before what was already said."),
      this.problem,
    );
    setInterval(() => this.draw(), 1000);
  }

  jump(label, wanted) {
    return h("button", { type: "button", class: "button", onclick: () => this.go(wanted()) }, label);
  }

  async go(wanted) {
    const outcome = await post("clock", wanted);
    this.problem.hidden = outcome.ok;
    this.problem.textContent = outcome.ok ? "" : outcome.error;
    if (!outcome.ok) return;
    at("clock-panel").hidePopover();
    this.moved();
  }

  draw() {
    const [day, time] = [zoneDay(this.zone, now()), zoneTime(this.zone, now())];
    if (at("clock-time").textContent === time && at("clock-day").textContent === day) return;
    at("clock-day").textContent = day;
    at("clock-time").textContent = time;
    at("clock").title = `${day}, ${time}, ${zoneCity(this.zone)} time. Move it forward`;
    this.told.replaceChildren(h("strong", {}, `${day}, ${time}`), ` ${zoneCity(this.zone)} time`);
  }
}
