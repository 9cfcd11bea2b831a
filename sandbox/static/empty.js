// What stands where nothing was said yet, and where one may not write.

import { h } from "./dom.js";

export function emptyChannel(channel, command, composer) {
  const sample = h("button", { type: "button", class: "try", onclick: () => composer.begin(`${command} status`) }, `${command} status`);
  const begins = channel?.is_direct ? "this conversation" : `#${channel?.name}`;
  return h("li", { class: "empty" },
    h("strong", {}, channel ? `This is the beginning of ${begins}.` : "No channels."),
    channel?.is_member ? h("p", {}, "Try ", sample, " to see how things stand.") : h("p", {}, "Join it to type ", h("code", {}, `${command} status`), "."));
}

export function joinBar(channel, join) {
  const text = channel.is_archived ? "This channel is archived." : `You are looking at #${channel.name}.`;
  const button = channel.is_archived ? null : h("button", { type: "button", class: "button primary", onclick: join }, "Join channel");
  return h("div", { class: "join-bar" }, h("span", {}, text), button);
}
