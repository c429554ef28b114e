import { ask } from "./api.js";
import { announce, h, replace, text } from "./dom.js";
import { count } from "./format.js";
import { bindKeys } from "./keys.js";
import { bindScroll, scrollToKept } from "./scroll.js";
import { current, href } from "./router.js";
import { bindSearch } from "./search-box.js";
import { paintSource, paintSide } from "./shell.js";
import { bindTheme } from "./theme.js";
import { accountsView } from "./views/accounts.js";
import { changesView } from "./views/changes.js";
import { graphView } from "./views/graph.js";
import { overviewView } from "./views/overview.js";
import { resourceView } from "./views/resource.js";
import { resourcesView } from "./views/resources.js";
import { searchView } from "./views/search.js";

const views = {
  "": overviewView,
  accounts: accountsView,
  changes: changesView,
  graph: graphView,
  resource: resourceView,
  resources: resourcesView,
  search: searchView,
};

const main = document.getElementById("main");
let shown = null;
let overview = null;

async function show() {
  const route = current();
  const name = route.path[0] ?? "";
  const key = route.path.join("\n");
  paintSide(overview, route);

  // The same view with another query keeps its elements, and with them the focus and what is being typed.
  if (shown?.key === key && shown.update) {
    shown.update(route.query);
    return;
  }

  shown?.leave?.abort();
  const leave = new AbortController();
  const first = shown === null;
  shown = { key, leave };
  const view = Object.hasOwn(views, name) ? views[name] : null;
  if (!view) {
    fail({ code: "no_view", message: "There is no such view." });
    return;
  }

  main.setAttribute("aria-busy", "true");

  try {
    const { title, element, update } = await view({ overview, path: route.path, query: route.query, signal: leave.signal });
    if (leave.signal.aborted) {
      return;
    }

    shown.update = update;
    document.title = `${title} · Baton explorer`;
    replace(main, element);
    main.setAttribute("aria-busy", "false");
    scrollToKept();
    if (!first) {
      const heading = main.querySelector("h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
  } catch (failure) {
    if (failure.name !== "AbortError" && !leave.signal.aborted) {
      fail(failure);
    }
  }
}

function fail(failure, again = retry) {
  if (!failure.code) {
    console.error(failure);
  }

  shown.update = null;
  main.setAttribute("aria-busy", "false");
  document.title = "Problem · Baton explorer";
  replace(main, h("div", { class: "notice", role: "alert" },
    h("h1", null, failure.code === "not_found" ? "Not in this sync" : "That did not work"),
    h("p", null, text(failure.message)),
    h("p", { class: "actions" },
      canComeBack.has(failure.code) && h("button", { type: "button", class: "button", onclick: again }, "Try again"),
      overview && h("a", { class: "button", href: href([]) }, "Go to the overview"))));
  main.querySelector("h1").setAttribute("tabindex", "-1");
  main.querySelector("h1").focus({ preventScroll: true });
}

// What another attempt may help against.
const canComeBack = new Set([undefined, "gone", "failed", "file", "internal"]);

function retry() {
  shown = { key: null };
  show();
}

async function start() {
  shown = null;
  try {
    overview = await ask("overview");
  } catch (failure) {
    shown = {};
    fail(failure, start);
    return;
  }

  paintSource(overview);
  if (location.hash === "" && overview.startType) {
    history.replaceState(null, "", href(["resources"], { type: overview.startType }));
  }

  window.addEventListener("hashchange", show);
  await show();
  announce(`${count(overview.totals.accounts, "account")}, ${count(overview.totals.grants, "grant")}`);
}

bindTheme();
bindKeys();
bindScroll();
bindSearch(document.getElementById("search"));
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
await start();
