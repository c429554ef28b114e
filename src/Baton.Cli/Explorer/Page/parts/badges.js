// Small marks. Each has its words: nothing is said by colour alone.

import { h, text, visible } from "../dom.js";
import { age, day } from "../format.js";
import { resourceHref } from "../router.js";

/**
 * What is worth a mark in a row. What nearly every row has, or what a column says already, would hide it.
 * @param flags the overview's list, which knows labels and severities @param ids those of the row
 */
export function flagBadges(flags, ids) {
  return ids.map((id) => {
    const flag = flags.find((each) => each.id === id);
    return flag && (flag.main || flag.severity === "high" || flag.severity === "medium") && h("span", { class: `badge ${flag.severity}`, title: flag.description }, flag.label);
  });
}

export const statusMark = (status) => h("span", { class: `status ${status}` }, status === "unknown" ? "not provided" : status);

export function lastSeen(account) {
  switch (account.seen) {
    case "observed":
      return h("time", { datetime: account.lastSeen, title: age(account.days) + " the sync" }, day(account.lastSeen));
    case "never":
      return h("span", { class: "warn-text" }, "never");
    default:
      return h("span", { class: "faint" }, "not provided");
  }
}

// What is longer is cut after a few lines, and whole where the mouse rests and on its own page.
const longestLines = 80;

export const reference = (item) => `${item.type}:${item.id}`;

/** A name that leads to its page, with the reference below, since two may have one name. */
export function nameCell(item, detail) {
  return h("span", { class: "name-cell" },
    h("a", { href: resourceHref(item), title: item.name.length > longestLines ? visible(item.name) : null }, text(item.name)),
    h("span", { class: "sub" }, text(detail || reference(item))));
}

/** A role, marked when it is privileged. */
export const roleMark = (role) => h("span", { class: role.privileged ? "role privileged" : "role" }, text(role.name), role.privileged && h("span", { class: "unseen" }, " (privileged)"));

/** How access was obtained. */
export function howMark(row) {
  return row.via.length === 0
    ? h("span", null, "direct")
    : h("span", { class: "via" }, row.how === "both" ? "direct and via " : "via ", row.via.map((source, i) => [i > 0 && ", ", text(source)]));
}
