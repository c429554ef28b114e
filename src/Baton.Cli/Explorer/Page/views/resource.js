// One resource, whatever it is: what an account has, who has a resource, and both of a group.

import { ask } from "../api.js";
import { h, replace, text } from "../dom.js";
import { day, number } from "../format.js";
import { flagBadges, howMark, lastSeen, nameCell, reference, roleMark, statusMark } from "../parts/badges.js";
import { bars } from "../parts/charts.js";
import { choiceFilter, filterBar, flagFilter, textFilter } from "../parts/filters.js";
import { facts, list } from "../parts/list.js";
import { current, graphHref, href, resourceHref } from "../router.js";
import { accountColumns } from "./accounts.js";

export async function resourceView({ overview, path, query, signal }) {
  const identity = { type: path[1] ?? "", id: path[2] ?? "" };
  const resource = await ask("resource", identity, signal);
  const sides = sidesOf(resource);
  const side = h("div", { class: "side-of-resource" });
  let shown = null;

  async function show(next) {
    const name = sides.some((each) => each.id === next.show) ? next.show : sides[0].id;
    if (shown?.name !== name) {
      const content = name === "access" ? accessOf(identity, next, signal) : peopleOf(overview, resource, identity, next, signal);
      shown = { name, update: content.update };
      replace(side, sides.length > 1 && tabs(sides, name), content.element);
      await content.update(next);
    } else {
      shown.update(next);
    }
  }

  await show(query);
  return {
    title: resource.name,
    element: h("div", { class: "view" }, head(overview, resource), h("div", { class: "detail" }, h("div", { class: "detail-main" }, side), about(resource))),
    update: show,
  };
}

function sidesOf(resource) {
  const access = { id: "access", label: "Has access to", count: resource.access };
  const people = { id: "people", label: "Who has access", count: resource.people };
  return resource.account && resource.roles.length === 0 ? [access]
    : resource.access > 0 ? (resource.account ? [access, people] : [people, access])
    : [people];
}

function tabs(sides, shown) {
  const { path } = current();
  return h("nav", { class: "tabs", "aria-label": "Sides of this resource" }, sides.map((each) =>
    h("a", { href: href(path, { show: each.id }), "aria-current": each.id === shown ? "page" : null }, each.label, h("span", { class: "chip-count" }, number(each.count)))));
}

function head(overview, resource) {
  const { account } = resource;
  return h("header", { class: "view-head" },
    h("p", { class: "crumbs" },
      account ? h("a", { href: href(["accounts"]) }, "Accounts") : h("a", { href: href(["resources"], { type: resource.type }) }, text(resource.typeName)),
      resource.parent && [" in ", h("a", { href: resourceHref(resource.parent) }, text(resource.parent.name))]),
    h("h1", null, text(resource.name)),
    resource.missing && h("p", { class: "notice warn" }, "Grants name it, but the sync does not hold it. What is shown here is only what the grants say."),
    h("p", { class: "lead" },
      h("code", null, text(reference(resource))),
      account && [" · ", statusMark(account.status), account.kind !== "unknown" && ` · ${account.kind}`, " · last seen ", lastSeen(account)]),
    account && account.flags.length > 0 && h("p", { class: "badges" }, flagBadges(overview.flags, account.flags)),
    resource.description && h("p", { class: "description" }, text(resource.description)),
    h("p", { class: "actions" }, h("a", { class: "button", href: graphHref(resource) }, "Show as a graph")));
}

function about(resource) {
  const { account } = resource;
  return h("aside", { class: "detail-side", "aria-label": "Details" },
    account && h("section", { class: "card" }, h("h2", null, "Account"), facts([
      ["Login", account.login || "not provided"], ["E-mail", account.email || "not provided"], ["Created", day(account.created)], ["Signs in", resource.signIn],
      ["Second factor", resource.mfa],
    ])),
    resource.attributes.length > 0 && h("section", { class: "card" }, h("h2", null, "As the source has it"), facts(resource.attributes.map((each) => [each.name, each.value]))),
    resource.roles.length > 0 && h("section", { class: "card" }, h("h2", null, "Roles"), bars("People by role", resource.roles.map((role) => ({
      label: role.name, value: role.people, mark: role.privileged ? "privileged" : "",
      href: href(["resource", resource.type, resource.id], { show: "people", role: role.id }),
    })))));
}

function accessOf(identity, query, signal) {
  const filters = filterBar(textFilter("Resource or role", query), choiceFilter("Way", "how", ways, query));
  const rows = list({
    path: "access", fixed: identity, own: ["q", "how"], caption: "What it has access to", noun: "grant", signal,
    columns: [
      { label: "Resource", sort: "resource", cell: (row) => nameCell(row.resource) },
      { label: "Type", sort: "type", cell: (row) => text(row.resource.typeName) },
      { label: "Role", sort: "role", cell: (row) => roleMark(row.role) },
      { label: "How", sort: "how", cell: howMark },
      { label: "Revocable", cell: revocable },
    ],
  });
  return assemble(filters, rows);
}

function peopleOf(overview, resource, identity, query, signal) {
  const filters = filterBar(
    textFilter("Name, login, e-mail or id", query),
    ...(resource.roles.length > 1 ? [choiceFilter("Role", "role", resource.roles.map((role) => ({ id: role.id, label: role.name, count: role.people })), query)] : []),
    choiceFilter("Status", "status", overview.statuses.map(({ id, label }) => ({ id, label })), query),
    choiceFilter("Way", "how", ways, query),
    flagFilter(overview.flags.filter((flag) => flag.count > 0 && flag.id !== "NO_ACCESS").map(({ count: _, ...flag }) => flag), query));
  const [account, status, , seen] = accountColumns(overview);
  const flags = accountColumns(overview).at(-1);
  const rows = list({
    path: "people", fixed: identity, own: ["q", "role", "status", "how", "flag"], caption: "Who has access", noun: "grant", signal,
    columns: [
      ...[account, status].map((column) => ({ ...column, cell: (row) => column.cell(row.account) })),
      { label: "Role", sort: "role", cell: (row) => roleMark(row.role) },
      { label: "How", sort: "how", cell: howMark },
      ...[seen, flags].map((column) => ({ ...column, cell: (row) => column.cell(row.account) })),
    ],
  });
  return assemble(filters, rows);
}

const ways = [{ id: "direct", label: "Direct" }, { id: "inherited", label: "Inherited" }, { id: "both", label: "Both" }];

const revocable = (row) => row.revocable ? "yes" : h("span", { class: "faint", title: row.how === "inherited" ? "Only where it is inherited from" : "The source marks it as fixed" }, "no");

function assemble(filters, rows) {
  return {
    element: h("div", null, filters.element, rows.element),
    async update(next) {
      filters.update(next);
      await rows.load(next);
    },
  };
}
