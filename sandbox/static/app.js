// The page: one state, drawn again whenever the sandbox says that something changed.

import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { h } from "./dom.js";
import * as memory from "./memory.js";
import { drawMessages } from "./messages.js";
import { namesOf } from "./names.js";
import { drawPicker, drawSidebar } from "./sidebar.js";
import { Thread } from "./thread.js";

const at = (id) => document.getElementById(id);
const scroll = at("scroll");
let state = { people: [], groups: [], channels: [], commands: [], user: memory.actor.get() || "", version: -1 };
let current = null;
let messages = [];
let waiting = 0;
let answered = { channel: null, ts: null };

const channelNow = () => state.channels.find((one) => one.id === current);

const composer = new Composer(at("composer"), { id: "box", label: "Message or slash command", state: () => state, send: (text) => send(text, null) });
const thread = new Thread(at("thread"), { state: () => state, send: (text, ts) => send(text, ts), close: closeThread });

// Loading

async function loadState() {
  state = await get("state", { user: state.user });
  if (!state.people.some((one) => one.id === state.user && !one.is_bot)) state = await get("state", { user: "" });
  memory.actor.set(state.user);
  if (!channelNow()) current = startingChannel();
}

function startingChannel() {
  const linked = /^\/archives\/([A-Z0-9]+)/.exec(window.location.pathname)?.[1];
  const known = (id) => state.channels.some((one) => one.id === id);
  const remembered = memory.place.get(state.user);
  if (linked && known(linked)) return linked;
  if (remembered && known(remembered)) return remembered;
  const byNews = [...state.channels].sort((one, other) => Number(other.latest || 0) - Number(one.latest || 0));
  return (byNews.find((one) => one.is_member && one.latest) || byNews[0])?.id || null;
}

async function refresh({ toEnd = false } = {}) {
  await loadState();
  const shown = current;
  const answer = shown ? await get("messages", { channel: shown, user: state.user }) : { messages: [] };
  if (shown !== current) return;
  messages = answer.messages;
  draw(toEnd);
}

async function follow() {
  for (;;) {
    try {
      const { version } = await get("changes", { since: state.version });
      document.body.classList.remove("offline");
      if (version !== state.version) await refresh();
    } catch {
      document.body.classList.add("offline");
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

// Drawing

function draw(toEnd) {
  const channel = channelNow();
  const view = viewOf();
  const atEnd = toEnd || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  at("workspace").textContent = state.workspace || "";
  at("title").textContent = channel ? (channel.is_direct ? view.bot.real_name : `${channel.is_private ? "🔒 " : "# "}${channel.name}`) : "";
  at("topic").textContent = [channel?.is_shared && "Shared with people outside", channel?.topic].filter(Boolean).join(" · ");
  document.title = channel ? `${channel.name} · ${state.workspace} sandbox` : "Steward sandbox";
  drawPicker(at("actor"), at("actor-face"), state);
  const inChannel = messages.filter((one) => one.in_channel);
  if (inChannel.length) drawMessages(at("messages"), inChannel, view);
  else at("messages").replaceChildren(emptyChannel(channel));
  thread.draw(messages, view);
  drawComposer(channel);
  if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  showNewAnswer(inChannel);
  markRead(inChannel);
  drawSidebar(at("sidebar"), state, view);
}

// Whoever pressed something far above sees what came of it; of a long answer its beginning.
function showNewAnswer(shown) {
  const ts = shown.filter((one) => one.ephemeral).pop()?.ts || null;
  if (ts && answered.channel === current && answered.ts !== ts) {
    const answer = at("messages").querySelector(`[data-ts="${ts}"]`);
    scroll.scrollTop = Math.min(scroll.scrollHeight, answer.offsetTop - scroll.offsetTop - 12);
  }
  answered = { channel: current, ts };
}

function viewOf() {
  const people = new Map(state.people.map((one) => [one.id, { ...one, icon: one.id === state.bot }]));
  return {
    user: state.user,
    current,
    bot: people.get(state.bot),
    names: namesOf(state, openChannel),
    person: (id) => people.get(id) || { id, name: id, real_name: id },
    isUnread: (channel) => channel.id !== current && Number(channel.latest || 0) > Number(memory.readUpTo.get(state.user, channel.id)),
    open: openChannel,
    openThread,
    press,
  };
}

function markRead(shown) {
  const last = shown[shown.length - 1];
  if (last && document.visibilityState === "visible") memory.readUpTo.set(state.user, current, last.ts);
}

function emptyChannel(channel) {
  const command = state.commands[0]?.command || "/slm";
  const sample = h("button", { type: "button", class: "try", onclick: () => { composer.box.value = `${command} status`; composer.box.focus(); composer.look(); } }, `${command} status`);
  return h("li", { class: "empty" }, h("strong", {}, channel ? `This is the beginning of ${channel.is_direct ? "this conversation" : `#${channel.name}`}.` : "No channels."), channel?.is_member ? h("p", {}, "Try ", sample, " to see how things stand.") : h("p", {}, "Join it to type ", h("code", {}, `${command} status`), "."));
}

function drawComposer(channel) {
  const outside = channel && !channel.is_member;
  document.body.classList.toggle("outside", Boolean(outside));
  let bar = document.querySelector(".join-bar");
  bar?.remove();
  if (!channel || (!outside && !channel.is_archived)) {
    composer.placeholder(channel ? `Message ${channel.is_direct ? "" : "#"}${channel.name}, or type /` : "");
    return;
  }
  const text = channel.is_archived ? "This channel is archived." : `You are looking at #${channel.name}.`;
  const join = channel.is_archived ? null : h("button", { type: "button", class: "button primary", onclick: () => post("join", { user: state.user, channel: current }).then(() => refresh()) }, "Join channel");
  bar = h("div", { class: "join-bar" }, h("span", {}, text), join);
  document.body.classList.add("outside");
  at("composer").after(bar);
}

// Acting

async function send(text, threadTs) {
  const isCommand = text.startsWith("/");
  if (isCommand) showWaiting(1);
  const outcome = await post("send", { user: state.user, channel: current, text, thread_ts: threadTs });
  if (isCommand) showWaiting(-1);
  if (!outcome.ok) toast(`Not sent: ${outcome.error}`);
  await refresh({ toEnd: true });
}

async function press(message, block, element, option) {
  const outcome = await post("press", { user: state.user, channel: current, ts: message.ts, block_id: block.block_id, action_id: element.action_id, option });
  if (outcome.ok) await refresh();
  return outcome;
}

function showWaiting(change) {
  waiting += change;
  at("waiting").hidden = waiting === 0;
  if (waiting) scroll.scrollTop = scroll.scrollHeight;
}

let toastTimer = 0;

function toast(text) {
  at("toast").textContent = text;
  at("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { at("toast").hidden = true; }, 6000);
}

function openChannel(id) {
  if (id !== current) thread.close();
  current = id;
  memory.place.set(state.user, id);
  showSidebar(false);
  refresh({ toEnd: true }).then(() => composer.box.focus());
}

function openThread(ts) {
  thread.open(ts);
  thread.draw(messages, viewOf());
}

function closeThread() {
  thread.close();
  composer.box.focus();
}

function showSidebar(open) {
  document.body.classList.toggle("with-sidebar", open);
  at("menu").setAttribute("aria-expanded", String(open));
}

at("menu").addEventListener("click", () => showSidebar(!document.body.classList.contains("with-sidebar")));
at("actor").addEventListener("change", (event) => {
  state.user = event.target.value;
  memory.actor.set(state.user);
  thread.close();
  current = memory.place.get(state.user) || current;
  refresh({ toEnd: true });
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && draw(false));
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const entries = [...document.querySelectorAll(".channel")];
  const index = entries.findIndex((entry) => entry.dataset.channel === current);
  const next = entries[(index + (event.key === "ArrowDown" ? 1 : -1) + entries.length) % entries.length];
  if (next) openChannel(next.dataset.channel);
});

refresh({ toEnd: true }).catch(() => document.body.classList.add("offline")).finally(follow);
