import { h } from "./dom.js";

// What ids are called, as elements.
export function namesOf(state, openChannel) {
  const people = new Map(state.people.map((person) => [person.id, person]));
  const channels = new Map(state.channels.map((channel) => [channel.id, channel]));
  const groups = new Map(state.groups.map((group) => [group.id, group]));
  return {
    user(id, label) {
      const name = people.get(id)?.name || label || id;
      return h("span", { class: id === state.user ? "mention me" : "mention", title: people.get(id)?.real_name }, `@${name}`);
    },
    channel(id, label) {
      const channel = channels.get(id);
      if (!channel) return h("span", { class: "mention" }, `#${label || "private-channel"}`);
      return h("button", { type: "button", class: "mention channel-link", onclick: () => openChannel(id) }, `#${channel.name}`);
    },
    group(id, label) {
      return h("span", { class: "mention" }, groups.has(id) ? `@${groups.get(id).handle}` : label || id);
    },
  };
}
