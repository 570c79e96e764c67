// Making elements, with no HTML text anywhere: what a person typed stays text.

const SVG = "http://www.w3.org/2000/svg";
const SVG_TAGS = new Set(["svg", "path", "circle", "rect", "text", "g"]);

/** `h("p.small", {id: "a"}, "words", child)`; a function is listened to, as `onclick`. */
export function h(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const made = SVG_TAGS.has(tag)
    ? document.createElementNS(SVG, tag)
    : document.createElement(tag);
  if (classes.length) made.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes)) set(made, key, value);
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

function set(element, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (typeof value === "function") element.addEventListener(key.slice(2), value);
  else element.setAttribute(key, value === true ? "" : value);
}

const PATHS = {
  tick: "m4 12.5 5 5L20 6.5",
  cross: "M5 5l14 14M19 5 5 19",
  dash: "M5 12h14",
  query: "M8.5 9a3.5 3.5 0 1 1 5 3.200c-1 .6-1.500 1.300-1.500 2.800M12 18.500h.01",
  go: "m9 5 7 7-7 7",
  back: "m15 5-7 7 7 7",
  undo: "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  up: "M12 19V5m0 0-6 6m6-6 6 6",
  letter: "M3 6h18v12H3zM3 7l9 7 9-7",
  stop: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
  star: "m12 4 2.400 5.200 5.600.700-4.200 3.900 1.100 5.700L12 16.700l-4.900 2.800 1.100-5.700L4 9.900l5.600-.7z",
  warning: "M12 3 2 20h20L12 3ZM12 10v4M12 17h.01",
  plus: "M12 5v14M5 12h14",
  people: "M9 4.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7ZM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 5a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.600 3.500 5.500",
  map: "m9 4-6 2v14l6-2 6 2 6-2V4l-6 2zM9 4v14M15 6v14",
  speech: "M4 5h16v11H10l-5 4v-4H4z",
};

/** Always beside a word: hidden from those who do not see. */
export function icon(name) {
  const drawn = h("path", { d: PATHS[name] });
  return h("svg.icon", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, drawn);
}

export function button(name, onclick, ...children) {
  return h(`button.button${name}`, { type: "button", onclick }, ...children);
}

/** A small coloured word with its sign: the state of a door, a person, the outbox. */
export function tag(kind, sign, words) {
  return h(`span.tag.${kind}`, {}, sign && icon(sign), words);
}
