// Charts: SVG of our own. Every number in them can also be read as text, and every part that leads somewhere is a link.

import { h, s, text } from "../dom.js";
import { number, share } from "../format.js";

/** Bars with their names and numbers, which is a table. @param rows [{ label, value, href?, mark? }] */
export function bars(caption, rows, { whole } = {}) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return h("table", { class: "bars" },
    h("caption", { class: "unseen" }, caption),
    h("tbody", null, rows.map((row) => h("tr", null,
      h("th", { scope: "row" }, row.href ? h("a", { href: row.href }, text(row.label)) : text(row.label)),
      h("td", { class: "bars-bar", "aria-hidden": "true" }, bar(row.value / most, row.mark)),
      h("td", { class: "number" }, number(row.value)),
      whole !== undefined && h("td", { class: "number faint" }, share(row.value, whole))))));
}

function bar(part, mark) {
  return s("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", class: "bar" },
    s("rect", { class: "bar-track", width: 100, height: 8 }),
    s("rect", { class: `bar-value ${mark ?? ""}`, width: part === 0 ? 0 : Math.max(0.6, part * 100), height: 8 }));
}

/** Columns over an axis of named steps, each a link; bars where there is no room for their names. @param steps [{ label, value, href, mark? }] */
export function columns(caption, steps) {
  const [width, height, top, bottom] = [640, 200, 22, 26];
  const most = Math.max(1, ...steps.map((step) => step.value));
  const slot = width / steps.length;
  const scale = (value) => value === 0 ? 0 : Math.max(2, value / most * (height - top - bottom));
  return h("figure", { class: "columns" },
    h("div", { class: "columns-narrow" }, bars(caption, steps)),
    s("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": caption },
      s("line", { class: "axis", x1: 0, x2: width, y1: height - bottom + 0.5, y2: height - bottom + 0.5 }),
      steps.map((step, i) => s("a", { href: step.href },
        s("title", null, `${step.label}: ${number(step.value)}`),
        s("rect", { class: "column-hit", x: i * slot, y: 0, width: slot, height }),
        s("rect", {
          class: `column ${step.mark ?? ""}`, x: i * slot + slot * 0.16, width: slot * 0.68, rx: 2,
          y: height - bottom - scale(step.value), height: scale(step.value),
        }),
        s("text", { class: "column-label", x: (i + 0.5) * slot, y: height - 7 }, step.label),
        s("text", { class: "column-value", x: (i + 0.5) * slot, y: height - bottom - scale(step.value) - 7 }, number(step.value))))));
}

/** One bar, divided. @param parts [{ label, value, mark, href }] */
export function divided(caption, parts) {
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  let x = 0;
  return h("figure", { class: "divided" },
    s("svg", { viewBox: "0 0 1000 14", preserveAspectRatio: "none", "aria-hidden": "true" }, parts.map((part) => {
      const width = whole === 0 ? 0 : part.value / whole * 1000;
      const rect = s("rect", { class: `part ${part.mark}`, x, width: Math.max(0, width - (width > 4 ? 2 : 0)), height: 14 });
      x += width;
      return rect;
    })),
    h("ul", { class: "legend", "aria-label": caption }, parts.filter((part) => part.value > 0).map((part) => h("li", null,
      h("a", { href: part.href },
        s("svg", { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" }, s("rect", { class: `part ${part.mark}`, width: 10, height: 10, rx: 2 })),
        h("span", null, part.label)),
      h("span", { class: "legend-number" }, number(part.value)),
      h("span", { class: "legend-share" }, share(part.value, whole))))));
}
