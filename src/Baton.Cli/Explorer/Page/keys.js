// Shortcuts. They can be switched off, since single keys are in the way of who speaks to the computer.

import { h } from "./dom.js";
import { go } from "./router.js";

const shortcuts = [
  ["/", "Search"],
  ["g then o", "Overview"],
  ["g then a", "Accounts"],
  ["g then r", "Resources"],
  ["g then c", "Changes"],
  ["n, p", "Next and previous page of a list"],
  ["?", "This list"],
];

const places = { o: [], a: ["accounts"], r: ["resources"], c: ["changes"] };
let afterG = false;

export function bindKeys() {
  document.getElementById("help-button").addEventListener("click", showHelp);
  document.addEventListener("keydown", onKey);
}

function onKey(event) {
  const typing = event.target.closest("input, select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || localStorage.getItem("baton-keys") === "off") {
    return;
  }

  if (afterG && places[event.key]) {
    go(places[event.key]);
  } else if (event.key === "/") {
    document.querySelector("#search input").focus();
  } else if (event.key === "?") {
    showHelp();
  } else if (event.key === "n" || event.key === "p") {
    document.querySelector(`.pager [data-step="${event.key}"][href]`)?.click();
  } else {
    afterG = event.key === "g";
    return;
  }

  afterG = false;
  event.preventDefault();
}

function showHelp() {
  const enabled = h("input", { type: "checkbox", id: "keys-on", checked: localStorage.getItem("baton-keys") !== "off" });
  enabled.addEventListener("change", () => localStorage.setItem("baton-keys", enabled.checked ? "on" : "off"));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "help-title" },
    h("h2", { id: "help-title" }, "Keyboard shortcuts"),
    h("dl", { class: "keys" }, shortcuts.map(([keys, meaning]) => [
      h("dt", null, keys.split(/( then |, )/).map((part) => /^( then |, )$/.test(part) ? part : h("kbd", null, part))),
      h("dd", null, meaning),
    ])),
    h("p", null, h("label", { for: "keys-on", class: "check" }, enabled, "Single-key shortcuts")),
    h("button", { type: "button", class: "button", autofocus: true, onclick: () => dialog.close() }, "Close"));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
