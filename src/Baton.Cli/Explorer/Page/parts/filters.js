// What narrows a list. Each part writes into the address, and reads itself back from it.

import { h } from "../dom.js";
import { capital, number } from "../format.js";
import { refine } from "../router.js";

const patience = 180;
const longestText = 200;

/** A text that rows must contain. */
export function textFilter(label, query) {
  let timer = 0;
  const input = h("input", { type: "search", value: query.q ?? "", placeholder: label, "aria-label": label, autocomplete: "off", spellcheck: "false", maxlength: longestText });
  const apply = () => refine({ q: input.value.trim() }, { keepHistory: false });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, patience);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      clearTimeout(timer);
      apply();
    }
  });
  return {
    element: h("span", { class: "filter-text" }, input),
    update(next) {
      if (document.activeElement !== input) {
        input.value = next.q ?? "";
      }
    },
  };
}

/** One of several. @param choices [{ id, label, count? }] */
export function choiceFilter(label, name, choices, query) {
  const select = h("select", { onchange: () => refine({ [name]: select.value }) },
    h("option", { value: "" }, `Any ${label.toLowerCase()}`),
    choices.map((choice) => h("option", { value: choice.id }, choice.count === undefined ? choice.label : `${choice.label} (${number(choice.count)})`)));
  select.setAttribute("aria-label", label);
  select.value = query[name] ?? "";
  return {
    element: h("span", { class: "filter-choice" }, select),
    update(next) {
      select.value = next[name] ?? "";
    },
  };
}

/** Marks that rows must carry, all of those that are pressed. */
export function flagFilter(flags, query) {
  const buttons = flags.map((flag) => h("button", {
    type: "button", class: `chip ${flag.severity}`, title: flag.description, "data-flag": flag.id,
    onclick: () => refine({ flag: toggled(flag.id) }),
  }, capital(flag.label), flag.count !== undefined && h("span", { class: "chip-count" }, number(flag.count))));
  let chosen = [];
  const toggled = (id) => (chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]).join(",");
  const update = (next) => {
    chosen = (next.flag ?? "").split(",").filter((id) => id !== "");
    buttons.forEach((button) => button.setAttribute("aria-pressed", chosen.includes(button.dataset.flag)));
  };
  update(query);
  return { element: h("div", { class: "chips", role: "group", "aria-label": "Flags" }, buttons), update };
}

/** Puts filters together. */
export function filterBar(...filters) {
  return {
    element: h("div", { class: "filters", role: "search", "aria-label": "Filters" }, filters.map((filter) => filter.element)),
    update: (query) => filters.forEach((filter) => filter.update(query)),
  };
}
