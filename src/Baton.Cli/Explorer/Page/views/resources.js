import { h, text } from "../dom.js";
import { number } from "../format.js";
import { nameCell } from "../parts/badges.js";
import { choiceFilter, filterBar, textFilter } from "../parts/filters.js";
import { list } from "../parts/list.js";
import { resourceHref } from "../router.js";

export async function resourcesView({ overview, query, signal }) {
  const types = overview.types.filter((type) => !type.isAccountType).map((type) => ({ id: type.id, label: type.name || type.id, count: type.resources }));
  const filters = filterBar(textFilter("Name or id", query), choiceFilter("Type", "type", types, query));
  const rows = list({
    path: "resources", own: ["q", "type"], caption: "Resources", noun: "resource", signal,
    columns: [
      { label: "Resource", sort: "name", cell: (row) => nameCell(row) },
      { label: "Type", sort: "type", cell: (row) => text(row.typeName) },
      { label: "Belongs to", cell: (row) => row.parent ? h("a", { href: resourceHref(row.parent) }, text(row.parent.name)) : h("span", { class: "faint" }, "–") },
      { label: "Roles", sort: "roles", number: true, cell: (row) => number(row.roles) },
      { label: "People", sort: "people", number: true, cell: (row) => number(row.people) },
      { label: "Administrators", sort: "administrators", number: true, cell: (row) => number(row.administrators) },
    ],
  });
  await rows.load(query);
  return {
    title: "Resources",
    element: h("div", { class: "view" }, h("header", { class: "view-head" }, h("h1", null, "Resources")), filters.element, rows.element),
    update(next) {
      filters.update(next);
      rows.load(next);
    },
  };
}
