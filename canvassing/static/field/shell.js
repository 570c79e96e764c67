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
// Whoever writes is asked again whether they have done.
const SOON_MS = 2_000;
let late;

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
  sayNothing();
  draw();
  scrollTo(0, scrolled.get(key) ?? 0);
  if (from !== null) focusOn(main.querySelector(`[href="#/${from}"]`) ?? header.querySelector("h1"));
}

function focusOn(element) {
  element?.focus({ preventScroll: true });
}

/** Draws the page that is shown once more, but not under the hand of who writes in it or
 *  taps it. What was opened stays open, and what was written stays written. */
export function redraw() {
  clearTimeout(late);
  isDue = isPressed;
  if (isPressed) return;
  if (isWriting()) {
    late = setTimeout(redraw, SOON_MS);
    return header.querySelector(".badge")?.replaceWith(outboxBadge());
  }
  const key = document.activeElement?.closest("[data-key]")?.dataset.key;
  const opened = [...main.querySelectorAll("details[open][data-key]")].map(({ dataset }) => dataset.key);
  const written = new Map([...main.querySelectorAll("form[data-key]")].filter(isWritten).map((form) => [form.dataset.key, valuesOf(form)]));
  draw();
  for (const one of opened) main.querySelector(`details[data-key="${CSS.escape(one)}"]`)?.setAttribute("open", "");
  for (const [one, values] of written) writeInto(byKey(one), values);
  const focused = key && byKey(key);
  if (focused) focusOn(focused.matches("details, form") ? focused.closest("details")?.querySelector("summary") : focused);
}

// A tap on what is drawn anew between finger down and finger up would be lost. The click
// comes a moment after that, and what it asks for is drawn at once; a finger that comes
// down again meanwhile is a new press.
const CLICK_MS = 50;
let isPressed = false;
let isDue = false;
let lifting;
addEventListener("pointerdown", pressed, true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => (lifting = setTimeout(released, CLICK_MS)), true);
}
addEventListener("click", () => (isPressed = false), true);

function pressed() {
  clearTimeout(lifting);
  isPressed = true;
}

function released() {
  isPressed = false;
  if (isDue) redraw();
}

const isWriting = () => main.contains(document.activeElement) && document.activeElement.matches("input, select");

export function endWriting() {
  if (isWriting()) document.activeElement.blur();
}

const byKey = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

const fieldsOf = (form) => [...form.elements].filter(({ name }) => name);

const valuesOf = (form) => fieldsOf(form).map(({ value, checked }) => ({ value, checked }));

/** Something stands in the form that it was not drawn with. */
export const isWritten = (form) =>
  fieldsOf(form).some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);

function writeInto(form, values) {
  if (form) fieldsOf(form).forEach((one, i) => Object.assign(one, values[i]));
}

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

export const sayNothing = () => saved.replaceChildren();

export function sayProblem(words) {
  saved.replaceChildren(h("strong.problem", {}, icon("warning"), " ", words));
}
