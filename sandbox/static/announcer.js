// Says new messages to screen readers, once each, and without interrupting.

const at = (id) => document.getElementById(id);
let told = { place: null, ts: "0" };

export function announce(place, messages, view) {
  const fresh = told.place === place ? messages.filter((one) => Number(one.ts) > Number(told.ts) && one.user !== view.user) : [];
  told = { place, ts: messages.reduce((last, one) => (Number(one.ts) > Number(last) ? one.ts : last), "0") };
  if (fresh.length) at("announcer").textContent = fresh.map((one) => `${view.person(one.user).real_name}: ${one.text}`).join("\n");
}
