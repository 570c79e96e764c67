// What is known of the round, in memory: the store's content with the questions that
// the pages ask of it. Changed only by `load` and by what was saved (outbox.js).

import { withEffects } from "./effects.js";
import { minutesEach } from "./pace.js";
import { readAll } from "./store.js";
import { isoDay, say } from "./words.js";

/** `round`, null where this phone holds none, is the one that is kept with what is not
 *  sent yet; so whatever leaves the outbox untold leaves the round as it was. */
export const known = {
  phone: new Map(), contacts: new Map(), outbox: new Map(), held: new Map(),
  round: null, doors: [], door: new Map(), elector: new Map(), latest: new Map(),
  outcome: new Map(), intention: new Map(),
  // How often something has been sent since the page was opened.
  sent: 0,
};

const listeners = new Set();
const tabs = new BroadcastChannel("field");
tabs.onmessage = () => load();

export function onChange(listener) {
  listeners.add(listener);
}

/** Something was saved: brings memory up to it, here and in other tabs. */
export function changed() {
  index();
  tabs.postMessage("changed");
  for (const listener of listeners) listener();
}

export async function load() {
  Object.assign(known, await readAll());
  index();
  for (const listener of listeners) listener();
}

/** Something was wiped: here and in other tabs. */
export async function reload() {
  await load();
  tabs.postMessage("changed");
}

function index() {
  const kept = known.phone.get("round");
  const round = kept ? withEffects(kept, unsentHere(), clockOffset()) : null;
  if (round !== known.round) indexRound(round);
  indexContacts();
}

/** The items that the server has not answered for, in their order. */
export const unsent = () => [...known.outbox.values()].map(({ item }) => item);

/** Those of this round: some may wait from another that was on this phone before. */
const unsentHere = () =>
  [...known.outbox.values()].filter(({ key }) => key === known.phone.get("key")).map(({ item }) => item);

function indexRound(round) {
  known.round = round;
  known.doors = round?.doors ?? [];
  known.door = new Map(known.doors.map((door) => [door.address, door]));
  known.elector = new Map(known.doors.flatMap(({ electors }) => electors.map((one) => [one.id, one])));
  known.outcome = new Map(round?.codes.outcomes.map((one) => [one.code, one]));
  known.intention = new Map(round?.codes.intentions.map((one) => [one.code, one]));
}

function indexContacts() {
  const all = [...lastOnes(), ...known.contacts.values()];
  const corrected = new Set(all.map((one) => one.corrects).filter(Boolean));
  known.latest = new Map();
  for (const one of all) {
    if (corrected.has(one.uuid) || !one.outcome) continue;
    const other = known.latest.get(one.elector);
    if (!other || one.at >= other.at) known.latest.set(one.elector, one);
  }
}

/** What was said on this round before this phone fetched it. */
function lastOnes() {
  const since = issuedAt();
  return [...known.elector.values()]
    .filter(({ last }) => last && Date.parse(last.at) >= since && !known.contacts.has(last.uuid))
    .map(({ id, last }) => ({ ...last, elector: id, at: Date.parse(last.at) }));
}

const issuedAt = () => Date.parse(known.round?.issue.issued_at);

/** The server's time of what this phone's clock, which may be wrong by years, says. */
export const onServer = (said) => new Date(said).getTime() + clockOffset();

export const clockOffset = () => known.phone.get("clock_offset") ?? 0;

export const now = () => onServer(Date.now());

export const outcomeOfKind = (kind) =>
  known.round.codes.outcomes.find((one) => one.kind === kind)?.code;

/** Whoever is to be asked at a door: not who wants to be left alone. */
export const toSee = (door) =>
  door.electors.filter((one) => one.to_see && !one.do_not_knock && !one.voted);

export const isStopped = (door) => Boolean(door.do_not_knock) || toSee(door).length === 0;

// Coming back after that long is another visit, and nobody in is then said anew.
const ANOTHER_VISIT_MS = 15 * 60_000;

/** Of whom "not in" may be said now: nothing was said yet, or that some time ago. */
export const mayBeNotIn = (door) =>
  toSee(door).filter((one) => !saidOf(one) || isAnotherVisit(saidOf(one)));

export const isAnotherVisit = (said) => kindOf(said) === "notin" && now() - said.at >= ANOTHER_VISIT_MS;

/** The latest that was said of them on this round, or undefined. */
export const saidOf = (elector) => known.latest.get(elector.id);

export const isVisited = (door) => door.electors.some((one) => known.latest.has(one.id));

const ABOUT_INTENTIONS = {
  undecided: "maybe", wont_say: "spoken", not_voting: "against", not_eligible: "spoken",
};
const ABOUT_OUTCOMES = {
  spoken: "spoken", not_in: "notin", no_access: "notin", refused: "against",
  language: "spoken", moved: "gone", deceased: "gone",
};

/** pledge, leaning, maybe, against, spoken, gone, notin: what colour and sign a contact has. */
export function kindOf(contact) {
  const intention = known.intention.get(contact.intention);
  if (contact.pledged ?? intention?.pledge) return "pledge";
  if (intention) return ABOUT_INTENTIONS[intention.kind] ?? (intention.ours ? "leaning" : "against");
  return ABOUT_OUTCOMES[known.outcome.get(contact.outcome)?.kind] ?? "spoken";
}

export const wordsOf = (contact) =>
  (known.intention.get(contact.intention) ?? known.outcome.get(contact.outcome))?.label ?? "";

const TELLING = ["pledge", "leaning", "maybe", "against", "spoken", "gone", "notin"];

/** What the whole door shows: stop, todo, or the most telling of its people. */
export function doorKind(door) {
  if (isStopped(door)) return "stop";
  const kinds = door.electors.map(saidOf).filter(Boolean).map(kindOf);
  return TELLING.find((kind) => kinds.includes(kind)) ?? "todo";
}

export const lastAt = (door) =>
  door.electors.map(saidOf).filter(Boolean).sort((a, b) => b.at - a.at)[0];

/** The first door after this one that nobody was at, from the beginning again. */
export function nextDoor(after) {
  const start = after ? known.doors.indexOf(after) + 1 : 0;
  const around = [...known.doors.slice(start), ...known.doors.slice(0, start)];
  const open = around.filter((door) => door !== after && !isStopped(door) && !isVisited(door));
  return open.find((door) => !knockersAt(door).length) ?? open[0];
}

/** How many phones but this one have the round, as far as was heard; undefined where it was not. */
export function otherPhones() {
  const phones = (known.round?.knockers ?? []).reduce((sum, { phones = 0 }) => sum + phones, 0);
  return phones ? phones - 1 : undefined;
}

/** Who knocks on this round now, the phone's own person among them. */
export const knockers = () => (known.round?.knockers ?? []).filter(({ left }) => !left);

export const knockersAt = (door) =>
  knockers().filter((one) => one.address === door.address && !isDone(door, one));

const isDone = (door, { sent_at }) => {
  const said = lastAt(door);
  return Boolean(said && said.at >= Date.parse(sent_at));
};

/** Of a leaflet round: a street is done where copies went through, and let be where it was
 *  said why none did. */
export const isStreetDone = ({ copies, missed }) => Boolean(copies || missed);

export const nextStreet = (after) => {
  const { streets } = known.round;
  const start = streets.findIndex(({ id }) => id === after?.id) + 1;
  return [...streets.slice(start), ...streets.slice(0, start)].find((one) => one.id !== after?.id && !isStreetDone(one));
};

export function leafletProgress() {
  const { streets } = known.round;
  const done = streets.filter(isStreetDone);
  const sum = (some, what) => some.reduce((total, one) => total + (what(one) ?? 0), 0);
  return {
    streets: streets.length,
    done: done.length,
    through: sum(done, ({ copies }) => copies),
    toTake: sum(streets.filter((one) => !isStreetDone(one)), ({ boxes }) => boxes),
  };
}

/** "odd 1 to 99", as the server says it, in the language of the page. */
export function numbersOf({ numbers = "" }) {
  const [, side, first, last] = /^(odd|even) (\d+)(?: to (\d+))?$/.exec(numbers) ?? [];
  if (!side) return numbers && say("named_houses");
  return `${say(side)} ${last ? say("from_to", { from: first, to: last }) : first}`;
}

export function progress() {
  const doors = known.doors.filter((door) => !isStopped(door));
  const done = doors.filter(isVisited);
  const said = [...known.elector.values()].map(saidOf).filter(Boolean);
  return {
    doors: doors.length,
    done: done.length,
    spoken: said.filter((one) => isSpoken(one)).length,
    pledges: said.filter((one) => kindOf(one) === "pledge").length,
    minutes: Math.ceil((doors.length - done.length) * minutesEach(done.map((door) => lastAt(door).at), knockers().length)),
  };
}

const isSpoken = (contact) =>
  (known.outcome.get(contact.outcome)?.spoken && (known.intention.get(contact.intention)?.spoken ?? true));

/** How many things wait for a verdict, those still being said among them. */
export const unsentCount = () => known.outbox.size;

/** "6 Alamein Road", or "Flat 2, 10 Alamein Road" */
export function nameOf({ flat, number, street, line }) {
  if (!number || !street) return line;
  return flat ? `${flatOf(flat)}, ${number} ${street}` : `${number} ${street}`;
}

/** A flat's own name, or its number as a flat. */
export const flatOf = (flat) => (/^\d+\w?$/.test(flat) ? say("flat", { flat }) : flat);

/** The campaign's own sentence on something, else ours. */
export const told = (name) => known.round.say?.[name] ?? say(name);

/** The script's, and always one for who votes by post once the packs are out. */
export function questions() {
  const own = known.round.script?.questions ?? withoutScript();
  return own.some(({ kind }) => kind === "posted") ? own : [...own, usual("posted", "have_they_posted")];
}

/** Where no organiser has written one. */
const withoutScript = () => [
  usual("intention", "how_will_they_vote"),
  ...(known.round.campaign.asks_second_preference ? [usual("second_preference", "their_second_preference")] : []),
];

const usual = (kind, words) => ({ key: kind, kind, text: say(words), options: [], show_if: null });

/** Who has no postal vote, while one can still be applied for. */
export function mayApplyForPost(elector) {
  const until = known.round.say?.postal_vote_deadline;
  return !elector.postal && !(until && isoDay(now()) > until);
}

export const isBuilding = (door) =>
  known.doors.filter((other) => other.building === door.building).length > 1;
