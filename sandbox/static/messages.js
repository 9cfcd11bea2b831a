// A list of messages, redrawn only where something changed, so that focus and open menus stay.

import { blocks } from "./blocks.js";
import { face, h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { dateOf, dayKey, dayName, fullTime, now, timeOfDay } from "./times.js";

const TOGETHER_SECONDS = 300;

export function drawMessages(list, messages, view) {
  const before = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const items = rows(messages, view).map((row) => {
    const key = JSON.stringify([row.ts, row.divider, view.user]);
    // A moved clock makes other words of "today" and "an hour ago".
    const drawn = JSON.stringify([row, view.ahead, dayKey(now())]);
    const old = before.get(key);
    if (old && old.drawn === drawn) return old;
    const item = row.divider ? divider(row) : message(row, view);
    item.dataset.key = key;
    item.drawn = drawn;
    return item;
  });
  settle(list, items);
}

// Moves nothing that is already in its place: moving an element would take the focus from it.
function settle(list, items) {
  const wanted = new Set(items);
  [...list.children].forEach((item) => wanted.has(item) || item.remove());
  items.forEach((item, index) => {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] || null);
  });
}

function rows(messages, view) {
  const out = [];
  let last = null;
  for (const one of messages) {
    const date = dateOf(one.ts);
    if (!last || dayKey(dateOf(last.ts)) !== dayKey(date)) {
      out.push({ divider: "day", says: dayName(date), ts: dayKey(date) });
      last = null;
    }
    if (one.ts === view.firstNew) {
      out.push({ divider: "new", says: "New", ts: one.ts });
      last = null;
    }
    out.push({ ...one, follows: last !== null && follows(last, one) });
    last = one;
  }
  return out;
}

const follows = (last, one) =>
  last.user === one.user && !last.ephemeral === !one.ephemeral && Number(one.ts) - Number(last.ts) < TOGETHER_SECONDS && !one.blocks.length;

const divider = (row) => h("li", { class: row.divider }, h("span", {}, row.says));

function message(one, view) {
  const person = view.person(one.user);
  const date = dateOf(one.ts);
  const time = h("time", { datetime: date.toISOString(), title: fullTime(date) }, timeOfDay(date));
  const head = one.follows ? null : h("div", { class: "who" }, h("strong", {}, person.icon ? person.real_name : person.real_name || person.name), person.is_bot ? h("span", { class: "badge" }, "APP") : null, time);
  return h("li", { class: `message${one.ephemeral ? " ephemeral" : ""}${one.follows ? " follows" : ""}`, "data-ts": one.ts, "data-thread": one.ephemeral ? null : one.thread_ts || one.ts, tabindex: -1 },
    one.ephemeral && !one.follows ? h("p", { class: "only-you" }, "👁 Only visible to you") : null,
    one.follows ? h("span", { class: "gutter" }, time.cloneNode(true)) : face(person),
    h("div", { class: "body" }, head, h("div", { class: "content" }, content(one, view), edited(one)), footer(one, view)),
    one.ephemeral || view.inThread ? null : h("div", { class: "hover-bar" }, h("button", { type: "button", onclick: () => view.openThread(one.thread_ts || one.ts), "aria-label": "Reply in thread", title: "Reply in thread (T)" }, "💬")));
}

function edited(one) {
  if (!one.edited) return null;
  const date = dateOf(one.edited);
  return h("time", { class: "edited", datetime: date.toISOString(), title: `Edited ${fullTime(date)}` }, " (edited)");
}

function content(one, view) {
  if (!one.blocks.length) return h("div", {}, mrkdwn(one.text, view.names));
  const press = (block, element, option) => view.press(one, block, element, option);
  return h("div", { class: "blocks" }, blocks(one.blocks, { names: view.names, press }));
}

function footer(one, view) {
  if (!one.reply_count || view.inThread) return null;
  const faces = one.reply_users.slice(0, 4).map((user) => h("span", { class: "tiny" }, face(view.person(user))));
  const count = one.reply_count === 1 ? "1 reply" : `${one.reply_count} replies`;
  return h("button", { type: "button", class: "replies", onclick: () => view.openThread(one.ts) }, faces, h("strong", {}, count), h("span", {}, `Last at ${timeOfDay(dateOf(one.latest_reply))}`));
}
