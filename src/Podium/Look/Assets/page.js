// What a page gains by scripts; everything on it works without.

const root = document.documentElement;

// The zone of the reader's clock, for the next page: times are written by the server.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) remember("podium-zone", zone);

// The theme changes where one is, instead of by a form and a reload.
document.querySelector("[data-theme-form]")?.addEventListener("submit", event => {
  event.preventDefault();
  const theme = event.submitter?.value ?? "system";
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  remember("podium-theme", theme);
  for (const button of event.target.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button === event.submitter));
  close(event.target.closest("details"));
});

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

document.addEventListener("click", async event => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(copy.closest(".code, .secret").querySelector("code").textContent);
    say("Copied.");
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", event => {
  if (event.key === "Escape") {
    close(document.querySelector("details.menu[open]"));
    return;
  }
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isSearch = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isGo = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const search = document.getElementById("search");
  if (search && (isSearch || isGo)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", event => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) return event.preventDefault();
  event.target.dataset.sent = "true";
  const button = event.submitter;
  if (button?.dataset.busy) [button.dataset.idle, button.textContent] = [button.textContent, button.dataset.busy];
});
// Coming back finds the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[data-idle]")) button.textContent = button.dataset.idle;
});

function close(menu) {
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function remember(name, value) {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax; secure`;
}

// Told to who hears the page, and shown for a moment.
function say(text) {
  document.querySelector(".toast")?.remove();
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  document.body.append(toast);
  toast.textContent = text;
  setTimeout(() => toast.remove(), 4000);
}
