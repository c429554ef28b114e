// Builds elements. Texts become text nodes, never markup: names in a file are whatever somebody chose.

const svgNamespace = "http://www.w3.org/2000/svg";

/** An HTML element. Attributes that are null or false are left out; those that begin with "on" are listeners. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(svgNamespace, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }

    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }

  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child);
    }
  }
}

export function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** A text from the file: set apart from the direction of writing around it, and with characters that cannot be seen spelled out. */
export function text(value, className) {
  // An e-mail address is broken after its @ rather than anywhere.
  return h("bdi", { class: className }, visible(value).split(/(?<=@)/).flatMap((part, i) => i === 0 ? part : [h("wbr"), part]));
}

const joiners = new Set(["\u200c", "\u200d"]);

export function visible(value) {
  const string = String(value ?? "");

  // A name of blanks alone would be a link that nobody can see or hit.
  return (string.trim() === "" ? string.replace(/\s/gu, spelled) : string).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
    switch (character) {
      case "\n": return "\\n";
      case "\r": return "\\r";
      case "\t": return "\\t";
      default: return joiners.has(character) ? character : spelled(character);
    }
  });
}

const spelled = (character) => `\\u${character.codePointAt(0).toString(16).padStart(4, "0")}`;

const live = () => document.getElementById("live");

/** Tells who cannot see the page what has changed on it. */
export function announce(message) {
  live().textContent = message;
}
