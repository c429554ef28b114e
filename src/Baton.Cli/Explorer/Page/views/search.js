import { ask } from "../api.js";
import { announce, h, replace, text } from "../dom.js";
import { count, number } from "../format.js";
import { nameCell, roleMark, statusMark } from "../parts/badges.js";
import { href, resourceHref } from "../router.js";

export async function searchView({ query, signal }) {
  const results = h("div", { class: "search-results" });
  const title = h("h1", null);

  async function load({ q = "" }) {
    if (q.trim() === "") {
      replace(title, "Search");
      replace(results, h("p", { class: "empty" }, "Type what to look for into the field above. It finds names, ids, logins and e-mail addresses."));
      return;
    }

    const found = await ask("search", { q, limit: 25 }, signal);
    const total = found.accounts.total + found.resources.total + found.roles.total;
    replace(title, "Results for “", text(q), "”");
    announce(total === 0 ? "Nothing found" : count(total, "result"));
    replace(results, total === 0
      ? h("p", { class: "empty" }, "Nothing has this in its name, id, login or e-mail. Several words must all be there; type:id finds one resource.")
      : [
        group("Accounts", found.accounts, href(["accounts"], { q }), (row) => [nameCell(row, row.email || row.login), statusMark(row.status), text(row.typeName)]),
        group("Resources", found.resources, href(["resources"], { q }), (row) => [nameCell(row), text(row.typeName)]),
        group("Roles", found.roles, null, (row) => [
          h("a", { href: resourceHref(row.resource, { show: "people", role: row.id }) }, roleMark(row)), text(row.resource.name), count(row.people, "person", "people")]),
      ]);
  }

  await load(query);
  return { title: "Search", element: h("div", { class: "view" }, h("header", { class: "view-head" }, title), results), update: load };
}

function group(title, found, all, cells) {
  return found.total > 0 && h("section", { class: "card wide" },
    h("h2", null, title, h("span", { class: "chip-count" }, number(found.total))),
    h("div", { class: "table-frame" }, h("table", null, h("caption", { class: "unseen" }, title), h("tbody", null, found.items.map((row) => {
      const [first, ...rest] = cells(row);
      return h("tr", null, h("th", { scope: "row" }, first), rest.map((cell) => h("td", null, cell)));
    })))),
    found.items.length < found.total && (all
      ? h("p", null, h("a", { href: all }, `All ${number(found.total)}`))
      : h("p", { class: "faint" }, `The first ${number(found.items.length)} of ${number(found.total)}. A longer text finds fewer.`)));
}
