// The graph around one node: who has it to the left, what it has to the right. Drawn in layers, so that every line can be followed.

import { ask } from "../api.js";
import { announce, h, s, text, visible } from "../dom.js";
import { count, number } from "../format.js";
import { graphHref, resourceHref } from "../router.js";

const node = { width: 216, height: 38, gap: 8, between: 110 };
const margin = { x: 8, top: 34, bottom: 12 };
const padding = 14;

export async function graphView({ path, signal }) {
  const identity = { type: path[1] ?? "", id: path[2] ?? "" };
  const graph = await ask("graph", identity, signal);
  announce(`${count(graph.nodes.length, "node")}, ${count(graph.edges.length, "connection")}`);
  const center = graph.nodes.find((each) => each.kind === "center");
  return {
    title: `Graph of ${center.label}`,
    element: h("div", { class: "view" },
      h("header", { class: "view-head" },
        h("p", { class: "crumbs" }, h("a", { href: resourceHref(identity) }, "Back to the table")),
        h("h1", null, "Around ", text(center.label)),
        h("p", { class: "lead" }, graph.nodes.length === 1 ? "Nothing is connected with it." : "Follow a node to see what is around it. Arrow keys move between nodes.")),
      h("div", { class: "graph-frame" }, draw(graph)),
      h("ul", { class: "legend graph-legend" },
        legend("direct", "direct"), legend("inherited", "inherited through a group"), legend("privileged", "privileged role"))),
  };
}

function legend(className, words) {
  return h("li", null, s("svg", { viewBox: "0 0 34 8", width: 34, height: 8, "aria-hidden": "true" }, s("path", { class: `edge ${className}`, d: "M1 4H33" })), h("span", null, words));
}

function draw(graph) {
  const layers = [...new Set(graph.nodes.map((each) => each.layer))].sort((a, b) => a - b);
  const columns = layers.map((layer) => graph.nodes.filter((each) => each.layer === layer));
  const tallest = Math.max(...columns.map((column) => column.length));
  const height = margin.top + tallest * (node.height + node.gap) + margin.bottom;
  const width = margin.x * 2 + columns.length * node.width + (columns.length - 1) * node.between;
  const places = placeAll(columns, graph.edges, tallest);
  const picture = s("svg", { class: "graph", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "Graph", onkeydown: moveFocus },
    columns.map((column, i) => s("text", { class: "layer-name", x: margin.x + i * (node.width + node.between), y: 16 }, column[0].layerName)),
    graph.edges.map((each) => edge(each, places)),
    graph.nodes.map((each) => box(each, places.get(each.key), graph)));
  return picture;
}

// The fullest layer is stacked; each other node stands by the middle of what it is connected with, as far as there is room.
function placeAll(columns, edges, tallest) {
  const step = node.height + node.gap;
  const places = new Map();
  const order = columns.map((_, i) => i).sort((a, b) => columns[b].length - columns[a].length);
  for (const i of order) {
    const column = columns[i];
    const wishes = column.map((each, j) => {
      const near = edges.filter((line) => line.from === each.key || line.to === each.key)
        .map((line) => places.get(line.from === each.key ? line.to : line.from)?.y).filter((y) => y !== undefined);
      const wish = near.length > 0 ? near.reduce((sum, y) => sum + y, 0) / near.length : margin.top + (each.kind === "more" ? tallest : j) * step;
      return { each, wish };
    });
    if (column.length < tallest) {
      wishes.sort((a, b) => a.wish - b.wish);
    }

    // From the top down no two overlap; from the bottom up none leaves the picture.
    const ys = [];
    wishes.forEach(({ wish }, j) => ys.push(Math.max(wish, j === 0 ? margin.top : ys[j - 1] + step)));
    for (let j = ys.length - 1, limit = margin.top + (tallest - 1) * step; j >= 0; j--, limit -= step) {
      ys[j] = Math.min(ys[j], limit);
      limit = ys[j];
    }

    wishes.forEach(({ each }, j) => places.set(each.key, { x: margin.x + i * (node.width + node.between), y: ys[j] }));
  }

  return places;
}

function edge(each, places) {
  const [from, to] = [places.get(each.from), places.get(each.to)];
  const [x1, y1, x2, y2] = [from.x + node.width, from.y + node.height / 2, to.x, to.y + node.height / 2];
  const bend = (x2 - x1) / 2;
  return s("path", { class: `edge ${each.how} ${each.privileged ? "privileged" : ""}`, d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, "data-from": each.from, "data-to": each.to });
}

function box(each, place, graph) {
  const label = visible(each.label);
  const detail = each.count ? `${visible(each.detail)} · ${number(each.count)}` : visible(each.detail);
  const target = each.kind === "more" ? resourceHref(each.reference, { show: each.show })
    : each.kind === "role" ? resourceHref(each.reference, { show: "people", role: each.role })
    : each.kind === "center" ? resourceHref(each.reference) : graphHref(each.reference);
  const light = (on) => (event) => {
    const picture = event.currentTarget.closest("svg");
    picture.classList.toggle("lit", on);
    for (const line of picture.querySelectorAll(".edge")) {
      line.classList.toggle("on", on && (line.dataset.from === each.key || line.dataset.to === each.key));
    }
  };
  const links = graph.edges.filter((line) => line.from === each.key || line.to === each.key).length;
  return s("a", {
    class: `node ${each.kind} ${each.privileged ? "privileged" : ""}`, href: target,
    "data-layer": each.layer, onmouseenter: light(true), onmouseleave: light(false), onfocus: light(true), onblur: light(false),
  },
  s("title", null, `${label}, ${detail}, ${count(links, "connection")}`),
  s("rect", { x: place.x, y: place.y, width: node.width, height: node.height, rx: each.kind === "role" ? 20 : 6 }),
  s("text", { class: "node-label", x: place.x + padding, y: place.y + 17 }, fit(label, "580 13px")),
  s("text", { class: "node-detail", x: place.x + padding, y: place.y + 31 }, fit(detail, "400 11px")));
}

const pen = document.createElement("canvas").getContext("2d");

// As many letters as a node is wide: letters of other writings are wider, and what is one letter may be several characters.
function fit(words, font) {
  pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  const room = node.width - 2 * padding;
  if (pen.measureText(words).width <= room) {
    return words;
  }

  let shown = "";
  for (const { segment } of new Intl.Segmenter().segment(words)) {
    if (pen.measureText(`${shown}${segment}…`).width > room) {
      break;
    }

    shown += segment;
  }

  return `${shown}…`;
}

// Up and down within a layer; left and right to the nearest node of the next one.
function moveFocus(event) {
  const from = event.target.closest("a.node");
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  if (!from || !steps) {
    return;
  }

  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll("a.node")];
  const middle = (each) => Number(each.querySelector("rect").getAttribute("y"));
  const layers = [...new Set(all.map((each) => Number(each.dataset.layer)))].sort((a, b) => a - b);
  const layer = layers[layers.indexOf(Number(from.dataset.layer)) + steps[0]];
  const candidates = all.filter((each) => Number(each.dataset.layer) === layer && each !== from)
    .filter((each) => steps[1] === 0 || Math.sign(middle(each) - middle(from)) === steps[1]);
  candidates.sort((a, b) => Math.abs(middle(a) - middle(from)) - Math.abs(middle(b) - middle(from)));
  candidates[0]?.focus();
}
