// Sending: the oldest first, some at a time, again and again until each item has a
// verdict. The server files an item once, however often it comes.

import { ServerSaysNo, call } from "./api.js";
import { withEffects } from "./effects.js";
import { changed, clockOffset, known } from "./model.js";
import { inTurn } from "./outbox.js";
import { changeRound, write } from "./store.js";

const AT_ONCE = 200;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const TOO_MUCH = new Set([400, 413]);
const SHUT = new Set([401, 403]);

let failures = 0;
let size = AT_ONCE;
let timer;
// What made the server refuse a whole batch waits until the page is opened again.
const later = new Set();

/** Sends what can be sent; where that fails, tries again by itself. */
export const sendNow = () => send({ ifAvailable: true });

/** Also where it is being sent already, and until that is done. Resolves with what was in
 *  the way, if anything was. */
export const sendAll = () => send({});

async function send(options) {
  clearTimeout(timer);
  if (!navigator.locks) return run();
  return navigator.locks.request("field-sync", options, (lock) => lock && run());
}

/** What another tab could not send because this one was sending, for instance. */
export const sendUnlessWaiting = () => failures || sendNow();

async function run() {
  try {
    await sendByKey();
    failures = 0;
    size = AT_ONCE;
  } catch (problem) {
    if (!(problem instanceof ServerSaysNo)) throw problem;
    failures += 1;
    timer = setTimeout(sendNow, waitAfter(problem));
    return problem;
  }
}

/** All that waits. What one key does not open the way for stops nothing of another's, and
 *  is said once those have gone. */
async function sendByKey() {
  const shut = new Map();
  for (;;) {
    const entries = waiting().filter(([, { key }]) => !shut.has(key));
    if (!entries.length) break;
    const { key } = entries[0][1];
    try {
      await sendSome(key, entries);
    } catch (problem) {
      if (TOO_MUCH.has(problem.status)) sendLess(entries[0][0]);
      else if (!SHUT.has(problem.status)) throw problem;
      shut.set(key, problem);
    }
  }
  for (const problem of shut.values()) throw problem;
}

/** The server could not take a batch at all: half of it from now on, until all is sent,
 *  or the one item is found and left out. */
function sendLess(first) {
  if (size === 1) later.add(first);
  size = size === 1 ? AT_ONCE : Math.ceil(size / 2);
}

const waiting = () => [...known.outbox].filter(([key, { open }]) => !open && !later.has(key));

function waitAfter({ retryAfter }) {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return Math.max(retryAfter * 1000, wait * (0.75 + Math.random() / 2));
}

/** One request, of the first that wait under this key. */
async function sendSome(key, entries) {
  const batch = entries.slice(0, size).filter(([, entry]) => entry.key === key);
  const items = batch.map(([, { item }]) => item);
  const said = await call("sync/", {
    key,
    body: { sent_at: new Date().toISOString(), items },
  });
  await inTurn(() => strike(key, batch, new Map(said.verdicts.map((one) => [one.id, one]))));
}

/** All that the phone keeps of what the server holds: no word of what was written. */
const whatItIs = ({ id, kind, said_at, elector, address, street }) => ({ id, kind, said_at, elector, address, street });

/** What was answered leaves the outbox, whatever the verdict; what it says of the round
 *  stays said, where that is still here. */
async function strike(key, batch, verdicts) {
  const answered = batch.filter(([, { item }]) => verdicts.has(item.id));
  if (!answered.length) throw new ServerSaysNo(200, "no_verdict", "");
  const held = answered
    .map(([, { item }]) => ({ ...verdicts.get(item.id), item: whatItIs(item) }))
    .filter(({ answer }) => answer === "held");
  let round;
  const isHere = await write(key, (stores, here) => {
    if (here) changeRound(here.phone, (stands) => (round = toldTo(stands, answered)));
    for (const [place] of answered) stores.outbox.delete(place);
    for (const one of held) stores.held.put(one, one.id);
  });
  known.sent += 1;
  for (const [place] of answered) known.outbox.delete(place);
  for (const one of held) known.held.set(one.id, one);
  if (isHere && round) known.phone.set("round", round);
  changed();
}

/** The round with what these entries say of it. */
const toldTo = (round, entries) =>
  withEffects(round, entries.map(([, { item }]) => item), clockOffset());
