// What could be meant by what stands in the message box before the cursor.

import { emojiNamed } from "./emoji.js";

const MOST = 12;

export function offers(text, caret, state) {
  const before = text.slice(0, caret);
  const command = /^\/(\S*)$/.exec(before);
  if (command) return commandOffers(command[1], state.commands);
  const word = /(?:^|\s)([@#])([\w.-]*)$/.exec(before);
  if (word) return nameOffers(word[1], word[2].toLowerCase(), state, caret);
  const sign = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
  if (sign) return emojiOffers(sign[1], caret);
  return [];
}

function commandOffers(start, commands) {
  return commands
    .filter((one) => one.command.startsWith(`/${start}`))
    .slice(0, MOST)
    .map((one) => ({ label: one.command, hint: one.usage_hint || "", about: one.description || "", from: 0, insert: `${one.command} ` }));
}

function nameOffers(sign, start, state, caret) {
  const from = caret - start.length - 1;
  const people = state.people.filter((one) => one.id !== "USLACKBOT").sort((one, other) => Number(other.is_bot) - Number(one.is_bot)).map((one) => ({ name: one.name, about: one.real_name }));
  const groups = state.groups.map((one) => ({ name: one.handle, about: "group" }));
  const channels = state.channels.filter((one) => !one.is_direct).map((one) => ({ name: one.name, about: one.topic }));
  return (sign === "@" ? [...people, ...groups] : channels)
    .filter((one) => one.name.toLowerCase().startsWith(start) || one.about.toLowerCase().split(/\s+/).some((word) => start && word.startsWith(start)))
    .slice(0, MOST)
    .map((one) => ({ label: sign + one.name, hint: "", about: one.about, from, insert: `${sign + one.name} ` }));
}

function emojiOffers(start, caret) {
  return emojiNamed(start).slice(0, MOST).map(([name, sign]) => ({ label: `${sign} :${name}:`, hint: "", about: "", from: caret - start.length - 1, insert: `:${name}: ` }));
}

// The hint beside a command that is being written; of "status [NAME] | who NAME" only what still fits.
export function usage(text, commands) {
  const [, name, word] = /^(\/\S+)\s+(\S*)/.exec(text) || [];
  const found = commands.find((one) => one.command === name);
  if (!found) return null;
  const whole = (found.usage_hint || "").split(" | ").filter(Boolean);
  const fitting = whole.filter((one) => one.split(" ")[0].startsWith(word));
  const hints = word && fitting.length ? fitting : whole;
  const own = hints.length === 1 && commands.find((one) => one.command === `${name}-${hints[0].split(" ")[0]}`);
  return { command: found.command, hints, about: (own || found).description || "" };
}
