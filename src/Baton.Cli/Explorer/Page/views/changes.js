import { h, text } from "../dom.js";
import { capital, number, second } from "../format.js";
import { nameCell } from "../parts/badges.js";
import { filterBar, textFilter } from "../parts/filters.js";
import { list } from "../parts/list.js";
import { refine, resourceHref } from "../router.js";

export async function changesView({ overview, query, signal }) {
  const { comparisons } = overview;
  if (comparisons.length < 2) {
    return {
      title: "Changes",
      element: h("div", { class: "view" }, h("header", { class: "view-head" }, h("h1", null, "Changes")),
        h("p", { class: "empty" }, "There is only one sync here. Start the explorer with ", h("code", null, "--since OLD.c1z"), " to compare it with an earlier file.")),
    };
  }

  const pair = (next) => ({ from: next.from || comparisons[1].key, to: next.to || comparisons[0].key });
  const [from, to] = [chooser("From", "from"), chooser("To", "to")];
  const chips = h("div", { class: "chips", role: "group", "aria-label": "Kinds of change" });
  const search = textFilter("Account, resource or role", query);
  const filters = filterBar(search);
  const rows = list({
    path: "changes", scope: ["from", "to"], own: ["kind", "q"], caption: "Changes", noun: "change", nothing: "Nothing is different between these two syncs.", signal,
    onPage: paintChips,
    columns: [
      { label: "Change", sort: "kind", cell: (row) => h("span", { class: `change ${row.kind}` }, row.label) },
      { label: "Account", sort: "account", cell: (row) => nameCell(row.account, row.account.email || row.account.login) },
      { label: "Resource", sort: "resource", cell: (row) => row.resource ? h("a", { href: resourceHref(row.resource) }, text(row.resource.name)) : h("span", { class: "faint" }, "–") },
      { label: "Before", cell: (row) => row.before ? text(row.before) : h("span", { class: "faint" }, "–") },
      { label: "After", cell: (row) => row.after ? text(row.after) : h("span", { class: "faint" }, "–") },
      { label: "Note", cell: (row) => row.privilegeUp ? h("span", { class: "badge high" }, "privilege up") : "" },
    ],
  });
  let kind = query.kind ?? "";

  function paintChips(page) {
    const focused = document.activeElement?.dataset.kind;
    chips.replaceChildren(...page.summary.map((each) => h("button", {
      type: "button", class: "chip", "aria-pressed": String(kind === each.id), disabled: each.count === 0 && kind !== each.id, "data-kind": each.id,
      onclick: () => refine({ kind: kind === each.id ? "" : each.id }),
    }, capital(each.label), h("span", { class: "chip-count" }, number(each.count)))));

    // They are made anew; whoever pressed one stays on it.
    [...chips.children].find((chip) => focused && chip.dataset.kind === focused)?.focus();
  }

  function chooser(label, name) {
    const select = h("select", { onchange: () => refine({ [name]: select.value }) }, comparisons.map((each) => h("option", { value: each.key }, `${second(each.endedAt ?? each.startedAt)} · ${each.file}`)));
    return { element: h("label", { class: "chooser" }, `${label} `, select), select };
  }

  async function load(next) {
    kind = next.kind ?? "";
    const chosen = pair(next);
    from.select.value = chosen.from;
    to.select.value = chosen.to;
    search.update(next);
    await rows.load({ ...next, ...chosen });
  }

  await load(query);
  return {
    title: "Changes",
    element: h("div", { class: "view" },
      h("header", { class: "view-head" }, h("h1", null, "Changes"), h("p", { class: "choosers" }, from.element, to.element)),
      h("div", { class: "stack" }, chips, filters.element), rows.element),
    update: load,
  };
}
