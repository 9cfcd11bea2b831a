// The page: one state, drawn again whenever the sandbox says that something changed.

import { announce } from "./announcer.js";
import { get, post } from "./api.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { emptyChannel, joinBar } from "./empty.js";
import { FaultPanel } from "./faults.js";
import * as memory from "./memory.js";
import { drawMessages } from "./messages.js";
import { Modal } from "./modal.js";
import { namesOf } from "./names.js";
import { drawPicker, drawSidebar } from "./sidebar.js";
import { Thread } from "./thread.js";
import { setNow } from "./times.js";
import { walkWithArrows } from "./walking.js";

const at = (id) => document.getElementById(id);
const scroll = at("scroll");
let state = { people: [], groups: [], channels: [], commands: [], user: memory.actor.get() || "", version: -1 };
let current = null;
let messages = [];
let waiting = 0;
let answered = { channel: null, ts: null };
// What was read when the channel was opened, and whether its first new message was shown yet.
let opened = { place: null, upTo: "0", shown: false };

const channelNow = () => state.channels.find((one) => one.id === current);

const composer = new Composer(at("composer"), { id: "box", label: "Message or slash command", state: () => state, send: (text) => send(text, null) });
const thread = new Thread(at("thread"), { state: () => state, send: (text, ts) => send(text, ts), close: closeThread });
const clock = new Clock({ moved: () => { expectNews(); refresh(); } });
const modal = new Modal({ names: () => viewOf().names, changed: () => refresh() });
const faults = new FaultPanel({ changed: () => refresh(), channel: channelNow, botName: () => viewOf().bot.real_name });

// Loading

async function loadState() {
  state = await get("state", { user: state.user });
  if (!state.people.some((one) => one.id === state.user && !one.is_bot)) state = await get("state", { user: "" });
  memory.actor.set(state.user);
  setNow(state.now);
  clock.zone = state.timezone;
  clock.draw();
  if (!channelNow() || isIdle()) current = startingChannel();
}

// Right after the first start nothing stands anywhere yet: whoever did nothing so far is shown what comes first.
const isIdle = () => !channelNow().latest && !memory.place.get(state.user) && !composer.box.value;

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
  modal.show(state.modal, state.user);
  await faults.look();
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
  noteOpening();
  const inChannel = messages.filter((one) => one.in_channel);
  const view = { ...viewOf(), firstNew: firstNew(inChannel) };
  const atEnd = toEnd || isAtEnd();
  drawHead(channel, view);
  if (inChannel.length) drawMessages(at("messages"), inChannel, view);
  else at("messages").replaceChildren(emptyChannel(channel, state.commands[0]?.command || "/slm", composer));
  thread.draw(messages, view);
  drawComposer(channel);
  if (!opened.shown && (view.firstNew || !opened.waits)) showFirstNew(view);
  else if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  showNewAnswer(inChannel);
  announce(`${state.user}:${current}`, messages, view);
  markRead(inChannel);
  drawSidebar(at("sidebar"), state, view);
  watchEnd();
}

function drawHead(channel, view) {
  const unread = state.channels.some((one) => one.is_member && view.isUnread(one));
  at("workspace").textContent = state.workspace || "";
  at("title").textContent = channel ? (channel.is_direct ? view.bot.real_name : `${channel.is_private ? "🔒 " : "# "}${channel.name}`) : "";
  at("topic").textContent = [channel?.is_shared && "Shared with people outside", channel?.topic].filter(Boolean).join(" · ");
  document.title = channel ? `${unread ? "* " : ""}${channel.name} · ${state.workspace} sandbox` : "Steward sandbox";
  drawPicker(at("actor"), at("actor-face"), state);
}

const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;

function watchEnd() {
  at("to-end").hidden = isAtEnd();
}

// Unread

function noteOpening() {
  const place = `${state.user}:${current}`;
  if (opened.place !== place) opened = { place, upTo: memory.readUpTo.get(state.user, current), shown: false };
}

// After a jump ahead the first message that it brings is shown from its beginning.
function expectNews() {
  const last = messages.filter((one) => one.in_channel).pop();
  opened = { place: `${state.user}:${current}`, upTo: last?.ts || "0", shown: false, waits: true };
}

const firstNew = (shown) => shown.find((one) => Number(one.ts) > Number(opened.upTo) && one.user !== state.user && !one.ephemeral)?.ts;

function showFirstNew(view) {
  const line = at("messages").querySelector(".new");
  scroll.scrollTop = line ? line.offsetTop - scroll.offsetTop - 40 : scroll.scrollHeight;
  opened.shown = Boolean(view.firstNew) || messages.length > 0;
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
    ahead: state.ahead,
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

function drawComposer(channel) {
  const outside = Boolean(channel) && !channel.is_member;
  const closed = outside || Boolean(channel?.is_archived);
  document.body.classList.toggle("outside", closed);
  document.querySelector(".join-bar")?.remove();
  if (closed) at("composer").after(joinBar(channel, () => post("join", { user: state.user, channel: current }).then(() => refresh())));
  else composer.placeholder(channel ? `Message ${channel.is_direct ? "" : "#"}${channel.name}, or type /` : "");
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
  refresh().then(() => composer.box.focus());
}

function openThread(ts) {
  thread.open(ts);
  thread.draw(messages, viewOf());
}

// Back to the message that it belongs to, as far as it is still there.
function closeThread() {
  const parent = at("messages").querySelector(`[data-ts="${thread.ts}"]`);
  thread.close();
  (parent?.querySelector(".replies") || composer.box).focus({ preventScroll: true });
}

// The drawer of a phone.
function showSidebar(open) {
  const was = document.body.classList.contains("with-sidebar");
  document.body.classList.toggle("with-sidebar", open);
  at("menu").setAttribute("aria-expanded", String(open));
  if (open) document.querySelector(".channel.current, .channel")?.focus();
  else if (was) at("menu").focus();
}

const toggleSidebar = () => showSidebar(!document.body.classList.contains("with-sidebar"));

at("menu").addEventListener("click", toggleSidebar);
at("shade").addEventListener("click", () => showSidebar(false));
at("sidebar").addEventListener("keydown", (event) => event.key === "Escape" && showSidebar(false));
at("to-end").addEventListener("click", () => { scroll.scrollTop = scroll.scrollHeight; });
scroll.addEventListener("scroll", watchEnd, { passive: true });
walkWithArrows(at("sidebar"), ".channel");
walkWithArrows(scroll, ".message", { more: { t: (item) => item.dataset.thread && openThread(item.dataset.thread) } });
at("actor").addEventListener("change", (event) => {
  state.user = event.target.value;
  memory.actor.set(state.user);
  thread.close();
  current = memory.place.get(state.user) || current;
  refresh();
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

refresh().catch(() => document.body.classList.add("offline")).finally(follow);
