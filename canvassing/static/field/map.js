// The doors drawn where they are: a sign and a colour for each state, in one SVG.

import { button, h, icon } from "./dom.js";
import { ACROSS, CELL, layout } from "./layout.js";
import { doorKind, known, nameOf, nextDoor } from "./model.js";
import { redraw } from "./shell.js";
import { say } from "./words.js";

// How large a mark is in its cell. At 1 a cell is a finger's width on a narrow phone.
const MARK = 1.5;
const CLOSEST = 2.6;
const STEP = 1.6;
let zoom = 1;
// The middle of what is seen, in the drawing's units, and the next door of that time.
let seen = null;
let drawn = { doors: null };

export function mapPage() {
  const placed = known.doors.filter(({ latitude }) => typeof latitude === "number");
  if (!placed.length) return { title: say("map"), back: "", content: [h("p.pad", {}, say("no_map"))] };
  if (drawn.doors !== known.doors) drawn = { doors: known.doors, ...laidOut(placed) };
  requestAnimationFrame(show);
  const missing = known.doors.length - placed.length;
  return {
    title: say("map"),
    back: "",
    content: [
      h("div.row.pad", {}, button(".slim", () => zoomTo(zoom * STEP), icon("plus"), say("closer")), button(".slim", () => zoomTo(zoom / STEP), icon("dash"), say("wider"))),
      h("div.map", { tabindex: 0, role: "region", "aria-label": say("map"), onscroll: look }, drawing()),
      legend(),
      missing > 0 && h("p.small.pad", {}, say("not_on_map", { n: missing })),
    ],
  };
}

const laidOut = (placed) => {
  const { doors: marks, ...rest } = layout(placed);
  return { marks, ...rest };
};

const frame = () => document.querySelector(".map");

/** What was seen before; or the next door, in the middle, once it is another. */
function show() {
  const map = frame();
  if (!map) return;
  const next = nextDoor();
  if (!seen || seen.next !== next?.address) {
    const { x, y } = drawn.marks.find(({ door }) => door === next) ?? drawn.marks[0];
    seen = { x, y, next: next?.address };
  }
  const unit = map.scrollWidth / drawn.width;
  map.scrollTo(seen.x * unit - map.clientWidth / 2, seen.y * unit - map.clientHeight / 2);
}

function look({ currentTarget: map }) {
  const unit = map.scrollWidth / drawn.width;
  const [x, y] = [map.scrollLeft + map.clientWidth / 2, map.scrollTop + map.clientHeight / 2];
  if (unit) seen = { ...seen, x: x / unit, y: y / unit };
}

/** From all doors at once to twice a finger's width; around the next door where that is
 *  in sight. */
function zoomTo(wanted) {
  if (isNextInSight()) seen = null;
  zoom = Math.min(CLOSEST, Math.max(widest(), wanted));
  redraw();
}

function isNextInSight() {
  const [next, map] = [document.querySelector(".map .is-next"), frame()].map((one) => one?.getBoundingClientRect());
  return Boolean(next) && next.left >= map.left && next.right <= map.right && next.top >= map.top && next.bottom <= map.bottom;
}

const widest = () => Math.min(1, (ACROSS * CELL) / drawn.width);

function drawing() {
  const { width, height, marks, names } = drawn;
  const svg = h("svg", { viewBox: `0 0 ${width} ${height}`, role: "group" },
    names.map(({ name, x, y }) => h("text.street-name", { x: Math.round(x), y: Math.round(y), "text-anchor": "middle" }, name)),
    marks.map(mark));
  svg.style.width = `${(zoom * 100 * width) / (ACROSS * CELL)}%`;
  return svg;
}

const SHAPES = {
  todo: "M0-20a20 20 0 1 0 .1 0Z", spoken: "M0-20a20 20 0 1 0 .1 0Z", pledge: "M0-20a20 20 0 1 0 .1 0Z",
  leaning: "M0-20a20 20 0 1 0 .1 0Z", maybe: "M0-24 24 0 0 24-24 0Z", against: "M-18-18H18V18H-18Z", notin: "M-22-12H22V12H-22Z",
  stop: "M-9-22H9L22-9V9L9 22H-9L-22 9V-9Z", gone: "M-18-18H18V18H-18Z",
};
const MARKS = {
  pledge: "m-9 0 6 7L9-7", leaning: "M-9 0H9M0-9V9", maybe: "M-4-6a5 5 0 1 1 6 6c-2 1-2 2-2 4M0 10v1", against: "M-8-8 8 8M8-8-8 8",
  notin: "M-10 0H10", stop: "M-9 0H9", gone: "M-8-8 8 8", spoken: "M-8-3H8M-8 4H4", todo: "",
};

function shape(kind, isNext) {
  return h(`g.mark.k-${kind}${isNext ? ".is-next" : ""}`, {}, h("path.shape", { d: SHAPES[kind] }), h("path.sign", { d: MARKS[kind] }));
}

function mark({ door, x, y }) {
  const kind = doorKind(door);
  const isNext = nextDoor() === door;
  const link = document.createElementNS("http://www.w3.org/2000/svg", "a");
  link.setAttribute("href", `#/door/${door.address}`);
  link.setAttribute("transform", `translate(${Math.round(x)} ${Math.round(y)}) scale(${MARK})`);
  link.setAttribute("aria-label", `${nameOf(door)}: ${say(`kind_${kind}`)}${isNext ? `, ${say("next")}` : ""}`);
  link.append(h("circle.reach", { r: CELL / MARK / 2 }), shape(kind, isNext), number(door.flat || door.number || "", kind));
  return link;
}

const LETTERS_AT_ONCE = 2.4;

/** In the mark of a door that is still to do, else below its sign. */
function number(words, kind) {
  const text = h("text", { y: kind === "todo" ? 8 : 32, "text-anchor": "middle" }, words);
  text.style.fontSize = `${(kind === "todo" ? 24 : 16) * Math.min(1, LETTERS_AT_ONCE / words.length)}px`;
  return text;
}

function legend() {
  const kinds = Object.keys(SHAPES).filter((kind) => known.doors.some((door) => doorKind(door) === kind));
  const next = nextDoor();
  return h("ul.legend", {}, kinds.map((kind) => sign(shape(kind), say(`kind_${kind}`))),
    next && sign(shape(doorKind(next), true), say("next")));
}

const sign = (drawnAs, words) =>
  h("li", {}, h("svg", { viewBox: "-28 -28 56 56", "aria-hidden": "true" }, drawnAs), words);
