import { h } from "../dom.js";
import { day, number } from "../format.js";
import { flagBadges, lastSeen, nameCell, reference, roleMark, statusMark } from "../parts/badges.js";
import { choiceFilter, filterBar, flagFilter, textFilter } from "../parts/filters.js";
import { list } from "../parts/list.js";

export const accountFilters = ["q", "flag", "status", "kind", "seen", "type"];

export async function accountsView({ overview, query, signal }) {
  const filters = filterBar(
    textFilter("Name, login, e-mail or id", query),
    choiceFilter("Status", "status", overview.statuses, query),
    choiceFilter("Kind", "kind", overview.kinds, query),
    choiceFilter("Last seen", "seen", overview.lastSeen, query),
    ...typeFilter(overview, query),
    flagFilter(overview.flags.filter((flag) => flag.main || flag.count > 0), query));
  const rows = list({
    path: "accounts", own: accountFilters, columns: accountColumns(overview), caption: "Accounts", noun: "account", signal,
  });
  await rows.load(query);
  return {
    title: "Accounts",
    element: h("div", { class: "view" }, h("header", { class: "view-head" }, h("h1", null, "Accounts")), filters.element, rows.element),
    update(next) {
      filters.update(next);
      rows.load(next);
    },
  };
}

// An address that begins with the login says both.
function contact(row) {
  return row.email && row.login && !row.email.toLowerCase().startsWith(row.login.toLowerCase()) ? `${row.login} · ${row.email}` : row.email || row.login || reference(row);
}

/** The columns that say who an account is. */
export function accountColumns(overview) {
  return [
    { label: "Account", sort: "name", cell: (row) => nameCell(row, contact(row)) },
    { label: "Status", sort: "status", cell: (row) => statusMark(row.status) },
    { label: "Kind", sort: "kind", cell: (row) => row.kind === "unknown" ? h("span", { class: "faint" }, "not provided") : row.kind },
    { label: "Last seen", sort: "lastSeen", cell: lastSeen },
    { label: "Created", sort: "created", cell: (row) => row.created ? day(row.created) : h("span", { class: "faint" }, "–") },
    { label: "Grants", sort: "grants", number: true, cell: (row) => number(row.grants) },
    { label: "Highest role", sort: "role", cell: (row) => row.highestRole ? roleMark(row.highestRole) : h("span", { class: "faint" }, "none") },
    { label: "Flags", cell: (row) => h("span", { class: "badges" }, flagBadges(overview.flags, row.flags)) },
  ];
}

function typeFilter(overview, query) {
  const types = overview.types.filter((type) => type.isAccountType);
  return types.length > 1 ? [choiceFilter("Type", "type", types.map((type) => ({ id: type.id, label: type.name || type.id })), query)] : [];
}
