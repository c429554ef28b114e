import { ask } from "./api.js";
import { announce, h, replace, text } from "./dom.js";
import { number } from "./format.js";
import { bindKeys } from "./keys.js";
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
  const view = views[name];
  if (!view) {
    fail({ message: "There is no such view." });
    return;
  }

  try {
    const { title, element, update } = await view({ overview, path: route.path, query: route.query, signal: leave.signal });
    if (leave.signal.aborted) {
      return;
    }

    shown.update = update;
    document.title = `${title} · Baton explorer`;
    replace(main, element);
    window.scrollTo(0, 0);
    if (!first) {
      const heading = main.querySelector("h1");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
  } catch (failure) {
    if (failure.name !== "AbortError") {
      fail(failure);
    }
  }
}

function fail(failure) {
  if (!failure.code) {
    console.error(failure);
  }

  shown.update = null;
  document.title = "Problem · Baton explorer";
  replace(main, h("div", { class: "notice", role: "alert" },
    h("h1", null, failure.code === "not_found" ? "Not in this sync" : "That did not work"),
    h("p", null, text(failure.message)),
    h("p", null, h("a", { href: href([]) }, "Go to the overview"))));
  announce(failure.message);
}

async function start() {
  bindTheme();
  bindKeys();
  bindSearch(document.getElementById("search"));
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  shown = null;
  try {
    overview = await ask("overview");
  } catch (failure) {
    shown = {};
    fail(failure);
    return;
  }

  paintSource(overview);
  if (location.hash === "" && overview.startType) {
    history.replaceState(null, "", href(["resources"], { type: overview.startType }));
  }

  window.addEventListener("hashchange", show);
  await show();
  announce(`${number(overview.totals.accounts)} accounts, ${number(overview.totals.grants)} grants`);
}

await start();
