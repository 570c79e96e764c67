// Recording: each thing said is written to the outbox, and shown as said only after.
//
// What is said of one person at a door is one item. While the volunteer still stands
// there it is `open`: further answers are written into it. Once sealed it is sent, and
// what is said of them afterwards is a correction.

import { changed, isAnotherVisit, known, load, now, onServer, saidOf } from "./model.js";
import { sealAll, write } from "./store.js";

const moment = () => new Date().toISOString();

// One tap after another: the second knows what the first has written.
let last = Promise.resolve();

export function inTurn(job) {
  const done = last.then(job);
  last = done.catch(() => {});
  return done;
}

/** Files items in one transaction; what was tapped once is undone at once (`group`). */
export const record = (items, options) => inTurn(() => file(items, options));

async function file(items, { group = null, open = false } = {}) {
  const key = known.phone.get("key");
  if (!key) throw new Error("There is no round under which this could be sent.");
  const entries = items.map((item) => ({
    item: { id: crypto.randomUUID(), said_at: moment(), ...item }, open, key,
  }));
  const contacts = entries.filter(({ item }) => item.kind === "contact").map(({ item }) => contactOf(item, group));
  const places = [];
  const isHere = await write(key, ({ outbox }, round) => {
    entries.forEach((entry, i) => {
      outbox.add({ ...entry, open: open && Boolean(round) }).onsuccess = ({ target }) => (places[i] = target.result);
    });
    for (const contact of contacts) round?.contacts.put(contact, contact.uuid);
  });
  // Another tab has let the round go meanwhile: this waits with what else is not sent.
  if (!isHere) return load();
  entries.forEach((entry, i) => known.outbox.set(places[i], entry));
  for (const contact of contacts) known.contacts.set(contact.uuid, contact);
  changed();
}

function contactOf(item, group) {
  return {
    uuid: item.id, elector: item.elector, corrects: item.corrects ?? null, at: now(),
    outcome: item.outcome ?? null, intention: item.intention ?? null,
    pledged: item.pledge ?? null, by: known.round.you.name, item, group,
  };
}

/** Something was said of or by this person: `change` says, of what the contact has said
 *  so far, what of it is new. */
export const answer = (elector, change) => inTurn(() => fileAnswer(elector, change));

async function fileAnswer(elector, change) {
  const open = openEntries().find(([, { item }]) => item.kind === "contact" && item.elector === elector.id);
  if (open && (await saidMore(...open, change))) return;
  const before = standing(elector);
  const item = before
    ? { ...before.item, ...change(before.item), id: crypto.randomUUID(), said_at: moment(), corrects: before.uuid }
    : { kind: "contact", elector: elector.id, ...change({}) };
  await file([item], { group: crypto.randomUUID(), open: true });
}

export const openEntries = () => [...known.outbox].filter(([, { open }]) => open);

/** What this phone said of them on this visit, which further answers correct. */
export function standing(elector) {
  const said = saidOf(elector);
  return said?.item && !isAnotherVisit(said) ? said : null;
}

/** `earlier` holds the answers as they were after each tap, for as many steps back. */
const saidMore = (key, entry, change) =>
  rewritten(key, { ...entry, item: { ...entry.item, ...change(entry.item) }, earlier: [...(entry.earlier ?? []), entry.item] });

/** Puts an open contact in its own place. */
async function rewritten(key, entry) {
  const contact = contactOf(entry.item, known.contacts.get(entry.item.id).group);
  const isPut = await whileOpen(key, entry, ({ outbox }, round) => {
    outbox.put(entry, key);
    round.contacts.put(contact, contact.uuid);
  });
  if (!isPut) return false;
  known.outbox.set(key, entry);
  known.contacts.set(contact.uuid, contact);
  changed();
  return true;
}

/** Changes an entry that is open still, as it is while its round is here; false where
 *  another tab has sealed it. */
async function whileOpen(place, { key }, change) {
  try {
    await write(key, (stores, round) => {
      stores.outbox.get(place).onsuccess = ({ target }) => {
        if (!round || !target.result?.open) return target.transaction.abort();
        change(stores, round);
      };
    });
  } catch (problem) {
    if (problem.name === "QuotaExceededError") throw problem;
    await load();
    return false;
  }
  return true;
}

/** The volunteer has left the door, or the page was closed: what is open may go. */
export const seal = () => inTurn(sealOpen);

async function sealOpen() {
  const open = openEntries();
  if (!open.length) return;
  await sealAll();
  for (const [place, { item, key }] of open) known.outbox.set(place, { item, open: false, key });
  changed();
}

/** What was tapped last at these doors, if that can be undone: the contacts of one tap,
 *  or one item of another kind that is open still. */
export function lastTapped(doors) {
  const said = doors.flatMap(({ electors }) => electors).map(saidOf).filter((one) => one?.group);
  const latest = said.sort((a, b) => b.at - a.at)[0];
  const beside = openEntries().filter(([, { item }]) => item.kind !== "contact" && isAbout(item, doors)).at(-1);
  if (beside && !(latest?.at > onServer(beside[1].item.said_at))) return { beside };
  return latest && { contacts: [...known.latest.values()].filter((one) => one.group === latest.group) };
}

const isAbout = ({ address, elector }, doors) =>
  doors.some((door) => door.address === address || door.electors.some(({ id }) => id === elector));

/** Takes back what was tapped last at these doors: while it is open it goes, or goes one
 *  answer back; what may be on its way is corrected. False where another tab has just
 *  sent what no correction takes back. */
export const undo = (doors) => inTurn(() => undoLast(lastTapped(doors)));

async function undoLast(tapped) {
  if (tapped?.beside) return drop(...tapped.beside);
  if (tapped) await correct(tapped.contacts);
  return true;
}

/** Takes back what waits at that place of the outbox; false where it is on its way. */
export const takeBack = (place) => inTurn(() => {
  const entry = known.outbox.get(place);
  return Boolean(entry?.open) && drop(place, entry);
});

async function drop(key, entry) {
  const { item } = entry;
  const isGone = await whileOpen(key, entry, ({ outbox }, round) => {
    outbox.delete(key);
    round.contacts.delete(item.id);
  });
  if (!isGone) return false;
  known.outbox.delete(key);
  known.contacts.delete(item.id);
  changed();
  return true;
}

/** To the answers before the last tap, or to nothing said. */
const oneBack = (key, { earlier = [], ...entry }) =>
  earlier.length ? rewritten(key, { ...entry, item: earlier.at(-1), earlier: earlier.slice(0, -1) }) : drop(key, entry);

/** To what they had corrected, or altogether. */
async function correct(contacts) {
  const open = openEntries().find(([, { item }]) => item.id === contacts[0].uuid);
  if (open && (await oneBack(...open))) return;
  await file(contacts.map((contact) => {
    const before = known.contacts.get(contact.corrects)?.item;
    return {
      ...(before ?? { kind: "contact", elector: contact.elector }),
      id: crypto.randomUUID(), said_at: moment(), corrects: contact.uuid,
    };
  }));
}
