import { h } from "./dom.js";
import { mrkdwn, plainText } from "./mrkdwn.js";

// Asks before something is pressed, as the element's `confirm` says.
export function confirmed(ask, names) {
  return new Promise((resolve) => {
    const close = (answer) => () => dialog.close(answer);
    const text = ask.text.type === "mrkdwn" ? mrkdwn(ask.text.text, names) : plainText(ask.text.text);
    const dialog = h("dialog", { class: "confirm", "aria-label": plainText(ask.title.text) },
      h("h2", {}, plainText(ask.title.text)),
      h("p", {}, text),
      h("div", { class: "confirm-buttons" },
        h("button", { type: "button", class: "button", onclick: close("no") }, plainText(ask.deny.text)),
        h("button", { type: "button", class: `button ${ask.style || "primary"}`, onclick: close("yes") }, plainText(ask.confirm.text))));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
