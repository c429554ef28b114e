// The search in the header: a combo box after the pattern of WAI-ARIA. The list is of suggestions; Enter alone shows all that is found.

import { ask } from "./api.js";
import { announce, h, replace, s, text } from "./dom.js";
import { count } from "./format.js";
import { href, resourceHref } from "./router.js";

const patience = 120;
const longestText = 200;

export function bindSearch(place) {
  const list = h("ul", { id: "search-list", role: "listbox", "aria-label": "Suggestions", class: "suggestions", hidden: true });
  const input = h("input", {
    type: "search", id: "search-input", placeholder: "Search people, resources and roles", autocomplete: "off", spellcheck: "false", maxlength: longestText,
    role: "combobox", "aria-expanded": "false", "aria-controls": "search-list", "aria-autocomplete": "list", "aria-label": "Search",
  });
  replace(place,
    s("svg", { class: "search-icon", viewBox: "0 0 20 20", width: 16, height: 16, "aria-hidden": "true" }, s("circle", { cx: 8.5, cy: 8.5, r: 5.5 }), s("path", { d: "m13 13 4 4" })), input, h("kbd", { class: "search-key", "aria-hidden": "true" }, "/"), list);

  let active = -1;
  let timer = 0;
  let request = null;

  const options = () => [...list.children].filter((item) => item.getAttribute("role") === "option");

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    const all = options();
    active = all.length === 0 ? -1 : (index + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", i === active));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }
  }

  function open(target) {
    close();
    input.value = "";
    input.blur();
    location.hash = target;
  }

  async function suggest() {
    const query = input.value.trim();
    if (query === "") {
      close();
      return;
    }

    request?.abort();
    request = new AbortController();
    try {
      const found = await ask("search", { q: query, limit: 6 }, request.signal);
      const hits = [
        ...found.accounts.items.map((item) => hit(item, item.email || item.login || `${item.type}:${item.id}`, item.typeName)),
        ...found.resources.items.map((item) => hit(item, `${item.type}:${item.id}`, item.typeName)),
        ...found.roles.items.map((item) => ({ name: item.name, detail: item.resource.name, kind: "Role", target: resourceHref(item.resource, { role: item.id }) })),
      ];
      replace(list, hits.map((item, i) => h("li",
        { role: "option", id: `hit-${i}`, "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => open(item.target) },
        h("span", { class: "hit-name" }, text(item.name)), h("span", { class: "hit-detail" }, text(item.detail)), h("span", { class: "hit-kind" }, text(item.kind)))));
      options().forEach((option, i) => option.dataset.target = hits[i].target);
      const total = found.accounts.total + found.resources.total + found.roles.total;
      list.append(h("li", { class: "hit-all", role: "presentation" }, total === 0 ? "Nothing found" : `${count(total, "result")} · Enter shows all`));
      list.hidden = false;
      active = -1;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
      announce(total === 0 ? "Nothing found" : count(total, "result"));
    } catch (failure) {
      if (failure.name !== "AbortError") {
        replace(list, h("li", { class: "hit-all", role: "presentation" }, failure.message));
        list.hidden = false;
        active = -1;
        input.setAttribute("aria-expanded", "true");
        input.removeAttribute("aria-activedescendant");
        announce(failure.message);
      }
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, patience);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter") {
      const chosen = options()[active];
      if (chosen) {
        open(chosen.dataset.target);
      } else if (input.value.trim() !== "") {
        open(href(["search"], { q: input.value.trim() }));
      }
    } else if (event.key === "Escape") {
      close();
    }
  });
  input.addEventListener("blur", close);
}

const hit = (item, detail, kind) => ({ name: item.name, detail, kind, target: resourceHref(item) });
