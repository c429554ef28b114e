// Replaces what is already on the page, by what the server rendered anew. Without it a reload shows the same.

const main = document.querySelector("main[data-live]");
if (main?.dataset.live) {
  let source;
  const listen = () => {
    source = new EventSource(main.dataset.live);

    // The inside of the part of that id.
    source.addEventListener("part", event => {
      const { id, html } = JSON.parse(event.data);
      const part = document.getElementById(id);
      // What somebody has the focus in is not taken from under their hands.
      if (!part || part.contains(document.activeElement) && part !== document.activeElement) return;
      if (part.innerHTML !== html) part.innerHTML = html;
    });

    // Lines that are added to the end of the list of that id.
    source.addEventListener("lines", event => {
      const { id, html } = JSON.parse(event.data);
      const list = document.getElementById(id);
      if (!list) return;
      const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
      list.insertAdjacentHTML("beforeend", html);
      while (list.children.length > 1000) list.firstElementChild.remove();
      if (isAtEnd) list.scrollTop = list.scrollHeight;
    });

    // What changed is more than a part: the page as it is now.
    source.addEventListener("reload", () => location.reload());
  };
  listen();
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", event => { if (event.persisted) listen(); });
}
