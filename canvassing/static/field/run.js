// A run of doors where nobody is in: the first, the last, and one tap to record.

import { button, h, icon } from "./dom.js";
import { nobodyIn, undoLast } from "./doing.js";
import { isStopped, isVisited, known, mayBeNotIn, nameOf, nextDoor } from "./model.js";
import { redraw, replaceWith, saySaved } from "./shell.js";
import { doorTag } from "./signs.js";
import { say } from "./words.js";

let first;
let last;

export function runPage() {
  first = known.door.get(first?.address) ?? nextDoor();
  last = known.door.get(last?.address);
  const chosen = between();
  return {
    title: say("run"),
    back: "",
    content: [h("p.pad", {}, say(last ? "run_check" : "run_tap_last")), h("ul.doors", {}, known.doors.map(row))],
    bar: [button(".primary.big.wide", () => fileRun(chosen), icon("dash"), say("run_record", { n: chosen.length }))],
  };
}

function between() {
  const [from, to] = [first, last ?? first].map((door) => known.doors.indexOf(door)).sort((a, b) => a - b);
  return known.doors.slice(from, to + 1).filter((door) => !isStopped(door) && mayBeNotIn(door).length);
}

function row(door) {
  const isChosen = between().includes(door);
  return h("li", {}, h(`button.door${isChosen ? ".chosen" : ""}`, {
    type: "button", "aria-pressed": String(isChosen), onclick: () => tap(door), "data-key": `r${door.address}`,
  }, h("span.tick", {}, isChosen && icon("tick")), h("span.names", {}, nameOf(door)), isVisited(door) || isStopped(door) ? doorTag(door) : ""));
}

/** The second tap ends the run; a third one begins another. */
function tap(door) {
  if (last) [first, last] = [door, undefined];
  else last = door;
  redraw();
}

async function fileRun(doors) {
  if (!doors.length || !(await nobodyIn(doors))) return;
  first = last = undefined;
  await replaceWith("");
  document.querySelector(`[data-key="d${nextDoor()?.address}"]`)?.scrollIntoView({ block: "center" });
  saySaved(say("saved"), () => undoLast(known.doors));
}
