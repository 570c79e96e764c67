// The frame of every page: heading, content, the bar under the thumb, and where one is.
// A page is a function of the address behind `#`, and is drawn anew when something
// changed; the keyboard's focus and the place on the page stay where they were.

import { h, icon } from "./dom.js";
import { outboxBadge } from "./signs.js";
import { say } from "./words.js";

const [header, main, bar, saved] = ["head", "main", "bar", "saved"].map((id) => document.getElementById(id));
const scrolled = new Map();
let routes = {};
let shown = { path: null };
let leaving;

/** `pages` by the first word of the address; `onLeave` runs before another is shown. */
export function start(pages, onLeave) {
  routes = pages;
  leaving = onLeave;
  addEventListener("hashchange", go);
  return go();
}

const pathNow = () => location.hash.slice(2).split("/").filter(Boolean);

export const goTo = (path) => (location.hash = `#/${path}`);

/** Leaves nothing in the history that leads back to a page which is no more. */
export function replaceWith(path) {
  history.replaceState(null, "", `#/${path}`);
  return go();
}

async function go() {
  const path = pathNow();
  const key = path.join("/");
  if (shown.path === key) return redraw();
  if (shown.path !== null) scrolled.set(shown.path, scrollY);
  const from = shown.path;
  shown = { path: key };
  if (from !== null) await leaving?.(from);
  saved.replaceChildren();
  draw();
  scrollTo(0, scrolled.get(key) ?? 0);
  if (from !== null) focusOn(main.querySelector(`[href="#/${from}"]`) ?? header.querySelector("h1"));
}

function focusOn(element) {
  element?.focus({ preventScroll: true });
}

/** Draws the page that is shown once more, unless somebody is writing in it. */
export function redraw() {
  const badge = header.querySelector(".badge");
  if (isBeingWritten()) return badge?.replaceWith(outboxBadge());
  const focused = document.activeElement?.closest("[data-key]")?.dataset.key;
  draw();
  if (focused) focusOn(document.querySelector(`[data-key="${CSS.escape(focused)}"]`));
}

const isBeingWritten = () =>
  [...main.querySelectorAll("form")].some((form) =>
    form.contains(document.activeElement) || [...form.elements].some((one) => one.value !== one.defaultValue && one.type === "text"));

function draw() {
  const [name = "", ...rest] = pathNow();
  const page = (routes[name] ?? routes[""])(...rest);
  document.title = page.title;
  header.replaceChildren(...headOf(page));
  main.replaceChildren(...page.content.flat(2).filter(Boolean));
  bar.replaceChildren(...(page.bar ?? []).filter(Boolean));
  bar.hidden = !page.bar?.length;
}

function headOf({ title, back, below = [], badge = true }) {
  const row = h("div.row", {},
    back !== undefined && h("a.back", { href: `#/${back}`, "data-key": "back" }, icon("back"), h("span.hidden-words", {}, say("back"))),
    h("h1", { tabindex: -1 }, title),
    badge && outboxBadge());
  return [row, ...below.filter(Boolean)];
}

/** Says, also aloud, that it is on the phone. Only after the transaction completed. */
export function saySaved(words, undo) {
  const back = undo && h("button.button.slim", { type: "button", onclick: undo, "data-key": "undo-last" }, icon("undo"), say("undo"));
  saved.replaceChildren(h("span.row", {}, h("span", {}, words, " ", icon("tick")), back || ""));
}

export function sayProblem(words) {
  saved.replaceChildren(h("strong.problem", {}, icon("warning"), " ", words));
}
