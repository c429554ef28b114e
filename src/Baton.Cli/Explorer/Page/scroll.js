// Where somebody was on a view: "back" leads there again. A browser would scroll before the view is painted, to where nothing is yet.

const patience = 120;
let timer = 0;

export function bindScroll() {
  history.scrollRestoration = "manual";
  window.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, patience);
  }, { passive: true });

  // Before a link is followed or a key is acted on, while the address is still that of what is seen.
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => {
      if (history.state?.y !== window.scrollY) {
        keep();
      }
    }, { capture: true, passive: true });
  }

  window.addEventListener("hashchange", () => clearTimeout(timer));
}

export function scrollToKept() {
  clearTimeout(timer);
  window.scrollTo(0, history.state?.y ?? 0);
}

function keep() {
  clearTimeout(timer);
  history.replaceState({ y: window.scrollY }, "");
}
