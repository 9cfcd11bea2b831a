// What could be meant by what stands in the message box before the cursor.

const MOST = 12;

export function offers(text, caret, state) {
  const before = text.slice(0, caret);
  const command = /^\/(\S*)$/.exec(before);
  if (command) return commandOffers(command[1], state.commands);
  const word = /(?:^|\s)([@#])([\w.-]*)$/.exec(before);
  if (word) return nameOffers(word[1], word[2].toLowerCase(), state, caret);
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
  const people = state.people.filter((one) => one.id !== "USLACKBOT").map((one) => ({ name: one.name, about: one.real_name }));
  const groups = state.groups.map((one) => ({ name: one.handle, about: "group" }));
  const channels = state.channels.filter((one) => !one.is_direct).map((one) => ({ name: one.name, about: one.topic }));
  return (sign === "@" ? [...people, ...groups] : channels)
    .filter((one) => one.name.toLowerCase().startsWith(start) || one.about.toLowerCase().split(/\s+/).some((word) => start && word.startsWith(start)))
    .slice(0, MOST)
    .map((one) => ({ label: sign + one.name, hint: "", about: one.about, from, insert: `${sign + one.name} ` }));
}

// The hint beside a command that is being written.
export function usage(text, commands) {
  const name = /^(\/\S+)\s/.exec(text)?.[1];
  const found = commands.find((one) => one.command === name);
  return found ? { command: found.command, hint: found.usage_hint || "", about: found.description || "" } : null;
}
