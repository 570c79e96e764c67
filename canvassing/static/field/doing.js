// What a tap does: record, say that it is saved, send. Or say plainly that it is not.

import { known, mayBeNotIn, outcomeOfKind } from "./model.js";
import { answer, record, seal, takeBack, undo } from "./outbox.js";
import { endWriting, sayProblem, saySaved } from "./shell.js";
import { sendAll, sendNow } from "./sync.js";
import { say } from "./words.js";

/** Runs one change of the store; true where it is on the phone. A tap ends writing, so
 *  that the page may be drawn anew and shows what it did. */
export async function saving(change, words = say("saved")) {
  endWriting();
  try {
    if ((await change()) === false) return sayProblem(say("undo_too_late"));
  } catch (problem) {
    console.info(problem);
    sayProblem(say(problem.name === "QuotaExceededError" ? "phone_full" : "not_saved"));
    return false;
  }
  saySaved(words);
  sendNow();
  return true;
}

/** Nobody opened: one contact for each of whom nothing was said here yet. */
export function nobodyIn(doors) {
  const group = crypto.randomUUID();
  const outcome = outcomeOfKind("not_in");
  const items = doors.flatMap((door) =>
    mayBeNotIn(door).map((one) => contact(door, one, { outcome })));
  return saving(() => record(items, { group }));
}

const contact = (door, elector, change) => ({ kind: "contact", elector: elector.id, ...whoSpoke(door), ...change });

/** Whoever was sent to the door; otherwise it is the phone's own person. */
export function whoSpoke(door) {
  const there = (known.round.knockers ?? []).filter(({ address, left }) => address === door.address && !left);
  const latest = there.sort((a, b) => Date.parse(b.sent_at) - Date.parse(a.sent_at))[0];
  return latest ? { spoke: latest.uuid } : {};
}

/** `change` is what is new of the contact, or says it of what was said so far. */
export function answered(door, elector, change) {
  const said = typeof change === "function" ? change : () => change;
  return saving(() => answer(elector, (item) => ({ ...whoSpoke(door), ...scriptOf(said(item)), ...said(item) })));
}

/** Answers name the script whose questions they answer. */
const scriptOf = ({ answers }) => (answers ? { script: known.round.script.id } : {});

/** Whatever was tapped last at these doors. */
export const undoLast = (doors) => saving(() => undo(doors), say("undone"));

/** Anything beside contacts that goes at once: a knocker, where somebody was sent. */
export const recorded = (item, words) => saving(() => record([item]), words);

/** A wish, a note on a building, a number: it waits, to be taken back, while the
 *  volunteer is still at the door. */
export const wished = (item, words) => saving(() => record([item], { open: true }), words);

/** That item alone, which waits in the same way. */
export const undoWaiting = (place) => saving(() => takeBack(place), say("undone"));

/** Everything that waits, now; where that does not go, it is said. */
export async function sendWhatWaits() {
  await seal();
  const problem = await sendAll();
  if (problem) sayProblem(problem.message || say("needs_signal"));
}
