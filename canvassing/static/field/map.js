// The doors drawn where they are: a sign and a colour for each state, in one SVG.

import { button, h, icon } from "./dom.js";
import { doorKind, known, nameOf, nextDoor } from "./model.js";
import { redraw } from "./shell.js";
import { say } from "./words.js";

const SIZE = 1000;
const EDGE = 90;
// How large a mark is drawn, and how far apart marks of one spot, in parts of the width:
// a finger's width on a narrow phone.
const MARK = 1.7;
const APART = 136;
let zoom;

// So many doors can be told apart on the width of a phone.
const AT_ONCE = 12;

export function mapPage() {
  const placed = known.doors.filter(({ latitude }) => typeof latitude === "number");
  if (!placed.length) return { title: say("map"), back: "", content: [h("p.pad", {}, say("no_map"))] };
  zoom ??= Math.max(1, Math.sqrt(placed.length / AT_ONCE));
  requestAnimationFrame(showNext);
  const missing = known.doors.length - placed.length;
  return {
    title: say("map"),
    back: "",
    content: [
      h("div.row.pad", {}, button(".slim", () => zoomTo(zoom * 1.6), icon("plus"), say("closer")), button(".slim", () => zoomTo(zoom / 1.6), icon("dash"), say("wider"))),
      h("div.map", { tabindex: 0, role: "region", "aria-label": say("map") }, drawing(placed)),
      legend(),
      missing > 0 && h("p.small.pad", {}, say("not_on_map", { n: missing })),
    ],
  };
}

/** The next door is in the middle of what one sees first. */
function showNext() {
  document.querySelector(".map .is-next")?.scrollIntoView({ block: "nearest", inline: "center" });
}

function zoomTo(wanted) {
  zoom = Math.min(8, Math.max(1, wanted));
  redraw();
}

function drawing(doors) {
  const marks = places(doors);
  // Marks of one spot stand beside it, also beyond the last of the others.
  const [right, low] = [marks.map(({ x }) => x), marks.map(({ y }) => y)].map((at) => Math.max(...at) + EDGE);
  const [width, height] = [Math.max(SIZE, right), low].map(Math.ceil);
  const svg = h("svg", { viewBox: `0 0 ${width} ${height}`, role: "group" }, marks.map(mark));
  svg.style.width = `${(zoom * 100 * width) / SIZE}%`;
  return svg;
}

/** Where each door is drawn: north is up, and doors at one spot stand side by side. */
function places(doors) {
  const lats = doors.map(({ latitude }) => latitude);
  const narrow = Math.cos((lats[0] * Math.PI) / 180);
  const across = doors.map(({ longitude }) => longitude * narrow);
  const [left, top] = [Math.min(...across), Math.max(...lats)];
  const [wide, high] = [Math.max(...across) - left, top - Math.min(...lats)];
  // As wide as the page, unless that made it more than half as high again.
  const scale = (SIZE - 2 * EDGE) / (Math.max(wide, high / 1.5) || 1e-9);
  const inset = (SIZE - wide * scale) / 2;
  const apart = APART / zoom;
  const taken = new Map();
  return doors.map((door, i) => {
    const spot = [(across[i] - left) * scale + inset, (top - lats[i]) * scale + EDGE];
    const key = spot.map((at) => Math.round(at / apart)).join();
    const nth = taken.get(key) ?? 0;
    taken.set(key, nth + 1);
    return { door, x: spot[0] + (nth % 3) * apart, y: spot[1] + Math.floor(nth / 3) * apart };
  });
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
  link.setAttribute("transform", `translate(${Math.round(x)} ${Math.round(y)}) scale(${MARK / zoom})`);
  link.setAttribute("aria-label", `${nameOf(door)}: ${say(`kind_${kind}`)}${isNext ? `, ${say("next")}` : ""}`);
  link.append(h("circle.reach", { r: 40 }), shape(kind, isNext), kind === "todo" ? h("text", { y: 8, "text-anchor": "middle" }, door.flat || door.number || "") : "");
  return link;
}

function legend() {
  const kinds = Object.keys(SHAPES).filter((kind) => known.doors.some((door) => doorKind(door) === kind));
  return h("ul.legend", {}, kinds.map((kind) =>
    h("li", {}, h("svg", { viewBox: "-26 -26 52 52", "aria-hidden": "true" }, shape(kind)), say(`kind_${kind}`))));
}

