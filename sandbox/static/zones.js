// Wall clocks of another zone than the reader's.

const read = (zone, options) => (date) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options }).format(date);

export const zoneTime = (zone, date) => read(zone, { hour: "2-digit", minute: "2-digit" })(date);
export const zoneDay = (zone, date) => read(zone, { weekday: "short", day: "numeric", month: "short" })(date);
export const zoneCity = (zone) => zone.split("/").pop().replaceAll("_", " ");

function wall(zone, date) {
  const options = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options }).formatToParts(date);
  const part = (type) => Number(parts.find((one) => one.type === type).value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

// The next 09:00 there that is at least one midnight away; with `weekday` (0 is Sunday) the next of that day.
export function nextMorning(zone, from, weekday = null) {
  const day = new Date(wall(zone, from));
  do day.setUTCDate(day.getUTCDate() + 1);
  while (weekday !== null && day.getUTCDay() !== weekday);
  const wanted = day.setUTCHours(9, 0, 0, 0);
  return new Date(wanted - (wall(zone, new Date(wanted)) - wanted));
}
