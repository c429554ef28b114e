// The system's theme, until a click chooses. The choice is the only thing that the page keeps in the browser.

const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function bindTheme() {
  const button = document.getElementById("theme-button");
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem("baton-theme", next);
    label();
  });
  dark.addEventListener("change", label);
  label();
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : dark.matches;
}

function label() {
  const words = isDark() ? "Switch to light" : "Switch to dark";
  document.getElementById("theme-text").textContent = words;
  document.getElementById("theme-button").title = words;
}
