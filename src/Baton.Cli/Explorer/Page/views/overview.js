import { h, text } from "../dom.js";
import { bytes, capital, minute, number, share } from "../format.js";
import { bars, columns, divided } from "../parts/charts.js";
import { href, resourceHref } from "../router.js";

export async function overviewView({ overview }) {
  const { file, sync, totals, warnings } = overview;
  return {
    title: "Overview",
    element: h("div", { class: "view" },
      h("header", { class: "view-head" },
        h("h1", null, "Who has access"),
        h("p", { class: "lead" }, text(file.name), `, ${bytes(file.bytes)}: ${sync.type} sync `,
          sync.endedAt ? `ended ${minute(sync.endedAt)}` : "not finished", ". Ages count to ", minute(overview.asOf), ". Sync ", h("code", null, text(sync.id)), ".")),
      warnings.map((warning) => h("p", { class: "notice warn" }, text(warning))),
      h("ul", { class: "totals" },
        total("Accounts", totals.accounts, href(["accounts"])),
        total("Resources", totals.resources, href(["resources"])),
        total("Roles", totals.roles, href(["resources"], { sort: "-roles" })),
        total("Grants", totals.grants, href(["accounts"], { sort: "-grants" }))),
      section("What to look at", flagCards(overview), "wide"),
      totals.accounts > 0 && h("div", { class: "columns-2" },
        section("Last seen, days before the sync", columns("Accounts by when they were last seen", overview.lastSeen.map((step) => ({
          label: step.label, value: step.count, mark: step.mark, href: href(["accounts"], { seen: step.id }),
        })))),
        section("Accounts", h("div", { class: "stack" },
          split("By status", overview.statuses, "status", totals.accounts),
          split("By kind", overview.kinds, "kind", totals.accounts)))),
      totals.grants > 0 && h("div", { class: "columns-2" },
        section("Grants by role", bars("Grants by role", overview.roles.map((role) => ({
          label: role.name, value: role.count, mark: role.privileged ? "privileged" : "", href: href(["search"], { q: role.name, scope: "roles" }),
        })), { whole: totals.grants }), null, overview.moreRoles > 0 && `and ${number(overview.moreRoles)} more names of roles`),
        section("Where most people are", bars("Resources by people with access", overview.largest.map((resource) => ({
          label: resource.name, value: resource.people, href: resourceHref(resource),
        })), { whole: totals.accounts }))),
      totals.grants === 0 && h("p", { class: "notice warn" }, "This sync has no grants: it does not say who has access to what."),
      overview.types.length > 0 && section("What the sync holds", types(overview), "wide")),
  };
}

const total = (label, value, target) => h("li", null, h("a", { href: target }, h("span", { class: "total-label" }, label), h("span", { class: "total-value" }, number(value))));

function section(title, content, className, note) {
  return h("section", { class: `card ${className ?? ""}` }, h("h2", null, title), content, note && h("p", { class: "faint" }, note));
}

function flagCards({ flags, totals }) {
  const others = flags.filter((flag) => !flag.main && flag.count > 0);
  return h("div", { class: "stack" }, mainCards(flags.filter((flag) => flag.main), totals), others.length > 0 && h("div", { class: "also" },
    h("h3", null, "Also noticed"),
    h("ul", { class: "chips" }, others.map((flag) => h("li", null,
      h("a", { class: "chip", href: href(["accounts"], { flag: flag.id }), title: flag.description }, capital(flag.label), h("span", { class: "chip-count" }, number(flag.count))))))));
}

function mainCards(flags, totals) {
  return h("ul", { class: "flag-cards" }, flags.map((flag) => h("li", null,
    h("a", { href: href(["accounts"], { flag: flag.id }), class: `flag-card ${flag.severity} ${flag.count === 0 ? "none" : ""}` },
      h("span", { class: "flag-count" }, number(flag.count)),
      h("span", { class: "flag-label" }, capital(flag.label)),
      h("span", { class: "flag-share" }, flag.count > 0 ? `${share(flag.count, totals.accounts)} of accounts` : "none"),
      h("span", { class: "flag-rule" }, flag.description)))));
}

function split(title, parts, name) {
  return h("div", null, h("h3", null, title), divided(title, parts.map((part) => ({
    label: capital(part.label), value: part.count, mark: part.id, href: href(["accounts"], { [name]: part.id }),
  }))));
}

function types({ types: all }) {
  return h("div", { class: "table-frame" }, h("table", null,
    h("caption", { class: "unseen" }, "Resource types"),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Type"), ["Resources", "Roles", "Grants on them"].map((label) => h("th", { scope: "col", class: "number" }, label)))),
    h("tbody", null, all.map((type) => h("tr", null,
      h("th", { scope: "row" },
        h("a", { href: href([type.isAccountType ? "accounts" : "resources"], { type: type.id }) }, text(type.name || type.id)),
        type.name && type.name !== type.id && h("span", { class: "sub" }, text(type.id))),
      [type.resources, type.roles, type.grants].map((value) => h("td", { class: "number" }, number(value))))))));
}
