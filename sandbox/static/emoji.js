const NAMES = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", negative_squared_cross_mark: "❎",
  warning: "⚠️", question: "❓", grey_question: "❔", exclamation: "❗", grey_exclamation: "❕", bangbang: "‼️",
  scales: "⚖️", writing_hand: "✍️", hand: "✋", raised_hand: "✋", raised_hands: "🙌", wave: "👋", "+1": "👍", thumbsup: "👍",
  "-1": "👎", thumbsdown: "👎", clap: "👏", pray: "🙏", ok_hand: "👌", point_right: "👉", point_left: "👈", point_up: "☝️",
  point_down: "👇", eyes: "👀", bell: "🔔", no_bell: "🔕", loudspeaker: "📢", mega: "📣", rotating_light: "🚨", fire: "🔥",
  red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵",
  white_circle: "⚪", black_circle: "⚫", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", alarm_clock: "⏰",
  clock9: "🕘", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", bar_chart: "📊", memo: "📝", pencil: "📝", pencil2: "✏️", page_facing_up: "📄",
  books: "📚", link: "🔗", lock: "🔒", unlock: "🔓", key: "🔑", wrench: "🔧", gear: "⚙️", hammer_and_wrench: "🛠️",
  construction: "🚧", no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑", zap: "⚡", bulb: "💡", tada: "🎉",
  rocket: "🚀", star: "⭐", sparkles: "✨", heart: "❤️", green_heart: "💚", smile: "😄", grinning: "😀", slightly_smiling_face: "🙂",
  joy: "😂", thinking_face: "🤔", sweat_smile: "😅", cry: "😢", sob: "😭", scream: "😱", sunglasses: "😎", robot_face: "🤖",
  speech_balloon: "💬", thought_balloon: "💭", inbox_tray: "📥", outbox_tray: "📤", email: "✉️", telephone_receiver: "📞",
  pager: "📟", package: "📦", truck: "🚚", credit_card: "💳", moneybag: "💰", shield: "🛡️", mag: "🔍", recycle: "♻️",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_left: "⬅️", arrow_up_small: "🔼", arrow_down_small: "🔽",
  small_red_triangle: "🔺", small_red_triangle_down: "🔻", small_blue_diamond: "🔹", small_orange_diamond: "🔸",
  heavy_plus_sign: "➕", heavy_minus_sign: "➖", repeat: "🔁", information_source: "ℹ️", checkered_flag: "🏁", coffee: "☕",
  palm_tree: "🌴", sunny: "☀️", umbrella: "☔", snowflake: "❄️", night_with_stars: "🌃", crossed_fingers: "🤞", handshake: "🤝",
};

export const emoji = (name) => NAMES[name] || null;

// Those whose name begins so, and then those that have it inside.
export function emojiNamed(start) {
  const all = Object.entries(NAMES);
  const begin = all.filter(([name]) => name.startsWith(start));
  return [...begin, ...all.filter(([name]) => name.includes(start) && !name.startsWith(start))];
}
