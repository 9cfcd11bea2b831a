// Times as the reader's clock shows them. What is "today" goes by the sandbox's time, which can be moved forward.

const LOCALE = "en-GB";

let ahead = 0;

export const setNow = (iso) => { ahead = new Date(iso) - Date.now(); };
export const now = () => new Date(Date.now() + ahead);

const format = (options) => (date) => new Intl.DateTimeFormat(LOCALE, options).format(date);

export const timeOfDay = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const withSeconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const longDay = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const dividerDay = format({ weekday: "long", day: "numeric", month: "long" });
const plainDay = format({ day: "numeric", month: "long", year: "numeric" });
const shortDay = format({ day: "numeric", month: "short", year: "numeric" });
const numbers = (date) => new Intl.DateTimeFormat("sv-SE").format(date);

export const dateOf = (ts) => new Date(Number(ts) * 1000);
export const fullTime = (date) => `${longDay(date)}, ${withSeconds(date)}`;
export const dayKey = numbers;

export function dayName(date) {
  return relative(date, "Today", "Yesterday", "Tomorrow") || dividerDay(date);
}

function relative(date, today, yesterday, tomorrow) {
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate());
  const days = Math.round((midnight(date) - midnight(now())) / 86_400_000);
  return { 0: today, [-1]: yesterday, 1: tomorrow }[days];
}

function ago(date) {
  const minutes = Math.round((date - now()) / 60_000);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return words.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return words.format(Math.round(minutes / 60), "hour");
  return words.format(Math.round(minutes / 1440), "day");
}

const pretty = (plain) => (date) => relative(date, "today", "yesterday", "tomorrow") || plain(date);

const TOKENS = {
  date_num: numbers,
  date: plainDay,
  date_slash: format({ day: "2-digit", month: "2-digit", year: "numeric" }),
  date_short: shortDay,
  date_long: longDay,
  date_pretty: pretty(plainDay),
  date_short_pretty: pretty(shortDay),
  date_long_pretty: pretty(longDay),
  day_divider_pretty: pretty(dividerDay),
  time: timeOfDay,
  time_secs: withSeconds,
  ago,
};

export function slackDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => (TOKENS[token] ? TOKENS[token](date) : whole));
}
