// The hash is the state: every view, filter and page has an address that can be kept, reloaded and sent.

export function current() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?", 2);
  return {
    path: path.split("/").filter((part) => part !== "").map(decode),
    query: Object.fromEntries(new URLSearchParams(query ?? "")),
  };
}

/** @param path the parts of the path @param query what is empty is left out */
export function href(path, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") {
      parameters.set(name, value);
    }
  }

  const text = parameters.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

export function go(path, query) {
  location.hash = href(path, query);
}

/** Changes the query of the current view. Typing replaces the address, so that "back" leaves the view and not one letter. */
export function refine(changes, { keepHistory = true } = {}) {
  const { path, query } = current();
  const target = href(path, { ...query, offset: "", ...changes });
  if (target === (location.hash || "#/")) {
    return;
  }

  if (keepHistory) {
    location.hash = target;
  } else {
    location.replace(target);
  }
}

export const resourceHref = (reference, query) => href(["resource", reference.type, reference.id], query);

export const graphHref = (reference) => href(["graph", reference.type, reference.id]);

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
