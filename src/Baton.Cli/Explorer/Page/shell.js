// What stands around every view: which file this is, and where one can go.

import { h, replace, text } from "./dom.js";
import { ago, count, minute, number } from "./format.js";
import { href } from "./router.js";

export function paintSource(overview) {
  const { file, sync, warnings } = overview;
  const age = ago(sync.endedAt ?? sync.startedAt);
  const state = sync.endedAt ? `${sync.type} sync of ${minute(sync.endedAt)}` : `unfinished ${sync.type} sync of ${minute(sync.startedAt)}`;
  replace(document.getElementById("source"),
    h("span", { class: "source-file", title: file.path }, text(file.name)),
    h("span", { class: "source-sync", title: `sync ${sync.id}` },
      warnings.length > 0 && [h("a", { class: "warn-text", href: href([]) }, count(warnings.length, "warning")), " · "], state, age && ` · ${age}`));
}

export function paintSide(overview, route) {
  if (!overview) {
    return;
  }

  const { totals, types } = overview;
  const name = route.path[0] ?? "";
  const type = name === "resources" ? route.query.type ?? "" : null;
  const others = types.filter((each) => !each.isAccountType);
  replace(document.getElementById("side"),
    h("ul", null,
      entry("Overview", null, [], name === ""),
      entry("Accounts", totals.accounts, ["accounts"], name === "accounts"),
      entry("Resources", totals.resources, ["resources"], type === ""),
      others.length > 1 && h("li", null, h("ul", { class: "side-types" }, others.map((each) =>
        entry(text(each.name || each.id), each.resources, ["resources"], type === each.id, { type: each.id })))),
      overview.comparisons.length > 1 && entry("Changes", null, ["changes"], name === "changes")));
}

function entry(label, total, path, isCurrent, query) {
  return h("li", null, h("a", { href: href(path, query), "aria-current": isCurrent ? "page" : null },
    h("span", { class: "side-label" }, label),
    total !== null && h("span", { class: "side-count" }, number(total))));
}
