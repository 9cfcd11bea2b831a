// What this browser remembers: who one acts as, where one was, what was read.

const PREFIX = "steward-sandbox:";

function read(name) {
  try {
    return window.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    window.localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows may refuse; nothing is lost but the memory.
  }
}

export const actor = { get: () => read("actor"), set: (user) => write("actor", user) };
export const place = { get: (user) => read(`place:${user}`), set: (user, channel) => write(`place:${user}`, channel) };
export const readUpTo = { get: (user, channel) => read(`read:${user}:${channel}`) || "0", set: (user, channel, ts) => write(`read:${user}:${channel}`, ts) };
