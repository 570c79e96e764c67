// A run of doors where nobody is in: a tap on the last one records it, from the next door
// on. Each door says before it is tapped how many that would be.

import { button, h, icon } from "./dom.js";
import { nobodyIn, undoLast } from "./doing.js";
import { isStopped, isVisited, known, mayBeNotIn, nameOf, nextDoor } from "./model.js";
import { redraw, replaceWith, saySaved } from "./shell.js";
import { doorTag } from "./signs.js";
import { say } from "./words.js";

// The first door, where it is not the next one; and whether a tap says which it is.
let first;
let isChoosing = false;

export function runPage() {
  const from = known.door.get(first?.address) ?? nextDoor() ?? known.doors[0];
  return {
    title: say("run"),
    back: "",
    content: [
      h("p.pad", {}, say(isChoosing ? "run_tap_first" : "run_tap_last", { door: nameOf(from) })),
      h("ul.doors", {}, inOrder(from).map((door) => h("li", {}, row(door, from)))),
    ],
    bar: [button(".wide", () => choose(!isChoosing), icon(isChoosing ? "back" : "undo"), say(isChoosing ? "run_from_here" : "run_elsewhere"))],
  };
}

/** From the one where the run begins, and those before it last. */
function inOrder(from) {
  const start = isChoosing ? 0 : known.doors.indexOf(from);
  return [...known.doors.slice(start), ...known.doors.slice(0, start)];
}

/** The doors of a run that ends there, whichever way one went. */
function between(from, to) {
  const [start, end] = [from, to].map((door) => known.doors.indexOf(door)).sort((a, b) => a - b);
  return known.doors.slice(start, end + 1).filter((door) => !isStopped(door) && mayBeNotIn(door).length);
}

function row(door, from) {
  const run = between(from, door);
  const isFirst = door === from;
  const about = isVisited(door) || isStopped(door) ? doorTag(door) : "";
  return h(`button.door${isFirst ? ".chosen" : ""}`, {
    type: "button", "data-key": `r${door.address}`, disabled: !isChoosing && !run.length,
    onclick: () => (isChoosing ? choose(false, door) : fileRun(run)),
  }, h("span.tick", {}, icon(isFirst ? "go" : "dash")),
  h("span.names", {}, nameOf(door), !isChoosing && run.length > 0 && h("small", {}, say("run_record", { n: run.length }))), about);
}

function choose(isNow, door = first) {
  isChoosing = isNow;
  first = door;
  redraw();
}

async function fileRun(doors) {
  if (!(await nobodyIn(doors))) return;
  first = undefined;
  isChoosing = false;
  await replaceWith("");
  document.querySelector(`[data-key="d${nextDoor()?.address}"]`)?.scrollIntoView({ block: "center" });
  saySaved(said(doors), () => undoLast(known.doors));
}

/** Which they were, so that a slip of the finger is seen at once. */
function said(doors) {
  const [from, to] = [doors[0], doors.at(-1)].map(nameOf);
  const which = doors.length > 1 ? say("from_to", { from, to }) : from;
  return say("run_saved", { doors: which, n: doors.length });
}
