import { face, h } from "./dom.js";

export function drawSidebar(nav, state, view) {
  const active = document.activeElement?.dataset?.channel;
  const mine = state.channels.filter((one) => !one.is_direct && one.is_member);
  const others = state.channels.filter((one) => !one.is_direct && !one.is_member);
  const direct = state.channels.filter((one) => one.is_direct);
  const parts = [part("Channels", mine, view), part("Other channels", others, view), part("Apps", direct, view)];
  nav.replaceChildren(...parts.filter(Boolean), ...(state.has_gallery ? [galleryLink()] : []));
  if (active) nav.querySelector(`[data-channel="${CSS.escape(active)}"]`)?.focus();
}

function part(title, channels, view) {
  if (!channels.length) return null;
  return h("section", {}, h("h2", {}, title), h("ul", {}, channels.map((channel) => h("li", {}, entry(channel, view)))));
}

const galleryLink = () => h("section", {}, h("h2", {}, "Sandbox"), h("ul", {}, h("li", {}, h("a", { class: "channel", href: "/sandbox/gallery" }, h("span", { class: "sign", "aria-hidden": "true" }, "▦"), h("span", { class: "channel-name" }, "Gallery of all messages")))));

function entry(channel, view) {
  const unread = view.isUnread(channel);
  const current = channel.id === view.current;
  return h("button", {
    type: "button",
    class: `channel${unread ? " unread" : ""}${current ? " current" : ""}${channel.is_member ? "" : " faint"}`,
    "aria-current": current ? "page" : null,
    "data-channel": channel.id,
    onclick: () => view.open(channel.id),
  }, sign(channel, view), h("span", { class: "channel-name" }, channel.name), unread ? h("span", { class: "dot", role: "img", "aria-label": "unread" }) : null);
}

function sign(channel, view) {
  if (channel.is_direct) return h("span", { class: "tiny" }, face(view.bot));
  return h("span", { class: "sign", "aria-hidden": "true" }, channel.is_private ? "🔒" : "#");
}

export function drawPicker(select, holder, state) {
  if (select.dataset.people !== JSON.stringify(state.people)) {
    select.dataset.people = JSON.stringify(state.people);
    const people = state.people.filter((person) => !person.is_bot);
    select.replaceChildren(...people.map((person) => h("option", { value: person.id }, `${person.real_name} (@${person.name})${person.is_stranger ? ", outside" : ""}`)));
  }
  select.value = state.user;
  const person = state.people.find((one) => one.id === state.user);
  if (person) holder.replaceChildren(...face(person).childNodes), (holder.className = `${face(person).className} small`);
}
