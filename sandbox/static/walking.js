// Arrow keys among entries: up and down move the focus, Home and End go to the ends.

export function walkWithArrows(holder, entries, { more = {} } = {}) {
  holder.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = [...holder.querySelectorAll(entries)];
    const index = all.indexOf(document.activeElement);
    if (index < 0 && document.activeElement !== holder) return;
    if (more[event.key] && index >= 0) {
      event.preventDefault();
      more[event.key](all[index]);
      return;
    }
    const last = all.length - 1;
    const to = { ArrowDown: Math.min(index + 1, last), ArrowUp: index < 0 ? last : Math.max(index - 1, 0), Home: 0, End: last }[event.key];
    if (to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
    all[to].scrollIntoView({ block: "nearest" });
  });
}
