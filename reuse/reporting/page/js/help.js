// What the keys do and what the words mean, in a dialog.
import { h } from "./dom.js";
import { t } from "./words.js";

const KEYS = [
  ["?", "help"],
  ["/", "search"],
  ["f", "filters"],
  ["n / p", "step"],
  ["Enter", "open"],
  ["Esc", "close"],
];
const TERMS = ["match", "reused", "evidence", "score", "evalue", "containment", "family", "slot", "basis"];

/** Open the help; Esc or the button closes it, the focus goes back to where it was. */
export function helpDialog() {
  if (document.querySelector("dialog")) return;
  const close = () => dialog.close();
  const dialog = h(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    h(
      "div",
      { class: "help-head" },
      h("h2", { id: "help-title" }, t("help.title")),
      h("button", { type: "button", class: "quiet", onclick: close }, t("help.close")),
    ),
    h("h3", {}, t("help.terms")),
    h(
      "dl",
      { class: "terms" },
      TERMS.map((term) => [h("dt", {}, t(`term.${term}`)), h("dd", {}, t(`term.${term}.meaning`))]),
    ),
    h("h3", {}, t("help.keys")),
    h(
      "dl",
      { class: "keys" },
      KEYS.map(([key, name]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, t(`help.key.${name}`))]),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
