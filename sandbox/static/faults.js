// The panel that breaks Slack on purpose, and the banner that says so.

import { getFaults, postFault, putFaults } from "./api.js";
import { h } from "./dom.js";

const SHARES = [
  ["reset_after_receipt", "Reset after receipt", "Slack does what was asked, then the connection breaks: nobody can tell whether it was posted."],
  ["hang", "Hang", "Slack does nothing and does not answer for 30 seconds."],
  ["rate_limited", "429", "Slack refuses: too many requests, come back in a second."],
  ["server_error", "503", "Slack fails. Half of the time it did what was asked all the same."],
];
const PARTS = [0, 10, 25, 50, 100];
const at = (id) => document.getElementById(id);

export class FaultPanel {
  // `changed` is called after each switch; `channel` and `botName` say what is shown now.
  constructor({ changed, channel, botName }) {
    Object.assign(this, { changed, channel, botName, known: null, drawn: "" });
  }

  async look() {
    this.known = await getFaults().catch(() => null);
    this.draw();
  }

  draw() {
    const { known } = this;
    at("faults").hidden = !known;
    if (!known) return;
    const channel = this.channel();
    const drawn = JSON.stringify([known.faults, known.token_revoked, known.archived, known.bot_absent, channel?.id]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.drawPanel(known, channel);
    this.drawBanner(known);
  }

  drawPanel(known, channel) {
    const focused = document.activeElement?.dataset?.fault;
    at("faults-panel").replaceChildren(
      h("h2", {}, "Break Slack on purpose"),
      h("p", {}, `How many of ${this.botName()}’s calls go wrong, and how. Every message should still arrive, and only once.`),
      ...SHARES.map((share) => this.share(share, known.faults)),
      h("h3", {}, "For good, until you mend it"),
      this.toggle("token", Boolean(known.token_revoked), ["Revoke the token", "revoke-token"], ["Restore the token", "restore-token"], {}, "Every call is refused, as when somebody removes the app."),
      ...this.ofChannel(known, channel),
      h("p", { id: "faults-problem", class: "press-error", role: "alert", hidden: true }),
    );
    if (focused) at("faults-panel").querySelector(`[data-fault="${focused}"]`)?.focus();
  }

  ofChannel(known, channel) {
    if (!channel || channel.is_direct) return [];
    const body = { channel: channel.id };
    const name = `#${channel.name}`;
    return [
      this.toggle("archive", known.archived.includes(channel.id), [`Archive ${name}`, "archive"], [`Unarchive ${name}`, "unarchive"], body, "Nobody can post there."),
      this.toggle("bot", known.bot_absent.includes(channel.id), [`Remove ${this.botName()} from ${name}`, "remove-bot"], [`Invite ${this.botName()} to ${name}`, "invite-bot"], body, "Its messages there are refused."),
    ];
  }

  share([name, label, about], faults) {
    const percent = Math.round(faults[name] * 100);
    const parts = PARTS.includes(percent) ? PARTS : [...PARTS, percent].sort((one, other) => one - other);
    const box = h("select", { class: "button", "data-fault": name, "aria-describedby": `about-${name}`, onchange: (event) => this.put({ ...faults, [name]: Number(event.target.value) / 100 }) },
      parts.map((part) => h("option", { value: part, selected: part === percent }, part ? `${part}% of calls` : "off")));
    return h("div", { class: "fault" }, h("label", {}, h("strong", {}, label), box), h("p", { id: `about-${name}` }, about));
  }

  toggle(name, isOn, switchOn, switchOff, body, about) {
    const [label, what] = isOn ? switchOff : switchOn;
    return h("div", { class: "fault" },
      h("button", { type: "button", class: isOn ? "button primary" : "button", "data-fault": name, onclick: () => this.act(() => postFault(what, body)) }, label),
      h("p", {}, about));
  }

  put(faults) {
    return this.act(() => putFaults(faults));
  }

  async act(switching) {
    const outcome = await switching();
    if (outcome.ok) this.known = outcome;
    this.draw();
    const problem = at("faults-problem");
    problem.hidden = outcome.ok;
    problem.textContent = outcome.ok ? "" : outcome.error;
    if (outcome.ok) this.changed();
  }

  drawBanner(known) {
    const on = SHARES.filter(([name]) => known.faults[name] > 0).map(([name, label]) => `${label} ${Math.round(known.faults[name] * 100)}%`);
    if (known.token_revoked) on.push("token revoked");
    at("banner").hidden = !on.length;
    at("faults").classList.toggle("on", on.length > 0);
    at("banner").replaceChildren(h("span", {}, `⚡ Faults are on: ${on.join(" · ")}`), h("button", { type: "button", class: "button", onclick: () => this.mend(known) }, "Switch all off"));
  }

  mend(known) {
    return this.act(async () => {
      if (known.token_revoked) await postFault("restore-token", {});
      return putFaults({});
    });
  }
}
