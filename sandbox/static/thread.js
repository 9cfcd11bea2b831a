import { Composer } from "./composer.js";
import { h } from "./dom.js";
import { drawMessages } from "./messages.js";
import { walkWithArrows } from "./walking.js";

// The side pane with one thread.
export class Thread {
  constructor(pane, { state, send, close }) {
    Object.assign(this, { pane, ts: null, send });
    this.list = h("ol", { class: "messages" });
    this.scroll = h("div", { class: "thread-scroll", tabindex: 0, role: "group", "aria-label": "Messages of the thread" }, this.list);
    walkWithArrows(this.scroll, ".message");
    const holder = h("div", { class: "composer" });
    pane.replaceChildren(
      h("header", { class: "thread-head" }, h("h2", {}, "Thread"), h("button", { type: "button", class: "close", "aria-label": "Close the thread", onclick: close }, "✕")),
      this.scroll,
      holder,
    );
    pane.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) close(); });
    this.composer = new Composer(holder, { id: "thread-box", label: "Reply in the thread", state, send: (text) => this.send(text, this.ts) });
    this.composer.placeholder("Reply, or @steward status …");
  }

  open(ts) {
    this.ts = ts;
    this.opened = true;
    this.pane.hidden = false;
    document.body.classList.add("with-thread");
    this.composer.look();
    this.composer.box.focus();
  }

  close() {
    this.ts = null;
    this.pane.hidden = true;
    document.body.classList.remove("with-thread");
  }

  draw(messages, view) {
    if (!this.ts) return;
    const thread = messages.filter((one) => one.ts === this.ts || one.thread_ts === this.ts);
    const atEnd = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < 80;
    drawMessages(this.list, thread, { ...view, firstNew: null, inThread: true });
    if (this.opened) this.toFirstReply();
    else if (atEnd) this.scroll.scrollTop = this.scroll.scrollHeight;
    this.opened = false;
  }

  // Of a long message only the end is seen above what was replied.
  toFirstReply() {
    const reply = this.list.querySelectorAll(".message")[1];
    this.scroll.scrollTop = reply ? reply.offsetTop - this.scroll.offsetTop - 60 : 0;
  }
}
