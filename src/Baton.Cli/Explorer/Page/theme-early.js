// Not a module: runs before the first paint, so that a chosen theme does not flash in.
(() => {
  const chosen = localStorage.getItem("baton-theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
