// A list that the server sorts, filters and cuts into pages: a table, its pager, and what exports it.

import { ask, exportAddress } from "../api.js";
import { announce, h, replace, text } from "../dom.js";
import { count, number } from "../format.js";
import { current, href, refine } from "../router.js";

const sizes = [50, 100, 200];

/**
 * @param options.path what to ask, and to export
 * @param options.fixed what is always part of the question
 * @param options.own names of the query's parts that narrow this list
 * @param options.scope names of those that say what it is a list of
 * @param options.columns [{ label, sort?, number?, cell(row) }]
 * @param options.caption for those who hear the table
 * @param options.noun what a row is; more of them have an s
 * @param options.nothing what to say when there is no row and no filter
 */
export function list(options) {
  const { path, fixed = {}, own, scope = [], columns, caption, noun, nothing = `This sync has no ${noun}s here.`, signal } = options;
  const total = h("p", { class: "list-total" });
  const exports = h("p", { class: "list-export" });
  const body = h("div", { class: "list-body", "aria-busy": "true" });
  const element = h("section", { class: "list", "aria-label": caption }, h("div", { class: "list-head" }, total, exports), body);
  let request = null;

  async function load(query) {
    const question = { ...fixed, ...Object.fromEntries([...scope, ...own].map((name) => [name, query[name]])), sort: query.sort, offset: query.offset, limit: query.limit };
    request?.abort();
    request = new AbortController();
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    body.setAttribute("aria-busy", "true");
    try {
      const page = await ask(path, question, request.signal);
      body.setAttribute("aria-busy", "false");
      paint(page, query, question);
      options.onPage?.(page);
    } catch (failure) {
      if (failure.name !== "AbortError") {
        body.setAttribute("aria-busy", "false");
        replace(total, caption);
        replace(exports);
        replace(body, h("div", { class: "notice", role: "alert" }, h("p", null, text(failure.message)),
          h("p", { class: "actions" }, h("button", { type: "button", class: "button small", onclick: () => load(query) }, "Try again"))));
      }
    }
  }

  function paint(page, query, question) {
    const summary = page.total === 0 ? `No ${noun}s` : count(page.total, noun);
    replace(total, summary);
    announce(page.total === 0 || page.offset === 0 ? summary : `${summary}, from ${number(page.offset + 1)} on`);
    replace(exports, page.total > 0 && ["Export ", download("CSV", "csv"), download("Excel", "xlsx"), download("JSON", "json")]);
    replace(body, page.total === 0
      ? h("p", { class: "empty" }, own.some((name) => query[name]) ? `No ${noun}s match these filters.` : nothing)
      : [table(page, query), pager(page, query)]);
    refocus(element);

    function download(label, format) {
      return h("a", { class: "button small", href: exportAddress(path, question, format), download: true, "aria-label": `${label}: ${summary} of this list`, title: `${summary} of this list, not only this page` }, label);
    }
  }

  function table(page, query) {
    return h("div", { class: "table-frame" }, h("table", null,
      h("caption", { class: "unseen" }, caption),
      h("thead", null, h("tr", null, columns.map((column) => heading(column, query)))),
      h("tbody", null, page.items.map((row) => h("tr", null, columns.map((column, i) =>
        i === 0 ? h("th", { scope: "row" }, column.cell(row)) : h("td", { class: column.number ? "number" : null }, column.cell(row))))))));
  }

  return { element, load };
}

function heading(column, query) {
  const className = column.number ? "number" : null;
  if (!column.sort) {
    return h("th", { scope: "col", class: className }, column.label);
  }

  const [isUp, isDown] = [query.sort === column.sort, query.sort === `-${column.sort}`];
  // Numbers and dates are first asked for from the largest on.
  const next = column.number ? (isDown ? column.sort : `-${column.sort}`) : (isUp ? `-${column.sort}` : column.sort);
  return h("th", { scope: "col", class: className, "aria-sort": isUp ? "ascending" : isDown ? "descending" : null },
    h("button", { type: "button", class: "sort", onclick: () => sortBy(next) }, column.label, h("span", { class: "arrow", "aria-hidden": "true" }, isUp ? "↑" : isDown ? "↓" : "↕")));
}

function sortBy(next) {
  focusAfterPaint = "th[aria-sort] .sort";
  refine({ sort: next });
}

// The table is painted anew; whoever pressed something in it stays on it.
let focusAfterPaint = null;

function refocus(element) {
  if (!focusAfterPaint) {
    return;
  }

  const isPaging = focusAfterPaint.startsWith(".pager");
  const target = element.querySelector(focusAfterPaint) ?? element.querySelector(".pager [href]");
  focusAfterPaint = null;
  target?.focus({ preventScroll: isPaging });

  // Another page is read from its beginning.
  if (isPaging && element.getBoundingClientRect().top < 0) {
    element.scrollIntoView({ block: "start" });
  }
}

function pager(page, query) {
  const limit = page.limit;
  const last = Math.min(page.offset + page.items.length, page.total);
  const at = (offset) => href(current().path, { ...current().query, offset: offset || "" });
  return h("nav", { class: "pager", "aria-label": "Pages" },
    h("span", { class: "pager-range" }, page.items.length === 0 ? "Nothing on this page" : `${number(page.offset + 1)}–${number(last)} of ${number(page.total)}`),
    page.total > page.items.length && [
      step("First", page.offset > 0 ? 0 : null, "first"),
      step("Previous", page.offset > 0 ? Math.max(0, page.offset - limit) : null, "p"),
      step("Next", page.next ?? null, "n"),
      step("Last", page.next !== undefined ? Math.floor((page.total - 1) / limit) * limit : null, "last"),
    ],
    page.total > sizes[0] && h("label", { class: "pager-size" }, "Rows ", h("select", { onchange: (event) => resize(event.target.value) },
      sizes.map((size) => h("option", { value: size, selected: size === limit }, size)))));

  function resize(size) {
    focusAfterPaint = ".pager select";
    refine({ limit: size });
  }

  function step(label, offset, key) {
    return h("a", {
      class: "button small", href: offset === null ? null : at(offset), "aria-disabled": offset === null ? "true" : null, role: offset === null ? "link" : null,
      "data-step": key, onclick: offset === null ? null : () => focusAfterPaint = `.pager [data-step="${key}"][href]`,
    }, label);
  }
}

/** A list of names and values. */
export function facts(entries) {
  return h("dl", { class: "facts" }, entries.filter(([, value]) => value !== null && value !== "" && value !== undefined).map(([name, value]) =>
    h("div", null, h("dt", null, typeof name === "string" ? text(name) : name), h("dd", null, typeof value === "string" ? text(value) : value))));
}
