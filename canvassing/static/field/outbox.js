// Recording: each thing said is written to the outbox, and shown as said only after.
//
// What is said of one person at a door is one item. While the volunteer still stands
// there it is `open`: further answers are written into it. Once sealed it is sent, and
// what is said of them afterwards is a correction.

import { withEffects, withoutEffects } from "./effects.js";
import { changed, isAnotherVisit, known, load, now, saidOf } from "./model.js";
import { write } from "./store.js";

const moment = () => new Date().toISOString();

/** The items that the server has not answered for, in their order. */
export const unsent = () => [...known.outbox.values()].map(({ item }) => item);

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
  const entries = items.map((item) => ({
    item: { id: crypto.randomUUID(), said_at: moment(), ...item }, open, key: known.phone.get("key"),
  }));
  const contacts = entries.filter(({ item }) => item.kind === "contact").map(({ item }) => contactOf(item, group));
  const round = withEffects(known.round, entries.map(({ item }) => item));
  const keys = [];
  await write((stores) => {
    if (round !== known.round) stores.phone.put(round, "round");
    entries.forEach((entry, i) => {
      stores.outbox.add(entry).onsuccess = (event) => (keys[i] = event.target.result);
    });
    for (const contact of contacts) stores.contacts.put(contact, contact.uuid);
  });
  entries.forEach((entry, i) => known.outbox.set(keys[i], entry));
  for (const contact of contacts) known.contacts.set(contact.uuid, contact);
  known.phone.set("round", round);
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
  const open = [...known.outbox].find(([, one]) => one.open && one.item.kind === "contact" && one.item.elector === elector.id);
  if (open && (await rewritten(...open, change(open[1].item)))) return;
  const before = standing(elector);
  const item = before
    ? { ...before.item, ...change(before.item), id: crypto.randomUUID(), said_at: moment(), corrects: before.uuid }
    : { kind: "contact", elector: elector.id, ...change({}) };
  await file([item], { group: crypto.randomUUID(), open: true });
}

/** What this phone said of them on this visit, which further answers correct. */
export function standing(elector) {
  const said = saidOf(elector);
  return said?.item && !isAnotherVisit(said) ? said : null;
}

/** False where another tab has sealed the item meanwhile. */
async function rewritten(key, entry, change) {
  const item = { ...entry.item, ...change };
  const contact = contactOf(item, known.contacts.get(item.id).group);
  try {
    await write(({ outbox, contacts }) => {
      outbox.get(key).onsuccess = ({ target }) => {
        if (!target.result?.open) return target.transaction.abort();
        outbox.put({ ...entry, item }, key);
        contacts.put(contact, item.id);
      };
    });
  } catch (problem) {
    if (problem.name === "QuotaExceededError") throw problem;
    await load();
    return false;
  }
  known.outbox.set(key, { ...entry, item });
  known.contacts.set(item.id, contact);
  changed();
  return true;
}

/** The volunteer has left the door, or the page was closed: what is open may go. */
export const seal = () => inTurn(sealOpen);

async function sealOpen() {
  const open = [...known.outbox].filter(([, entry]) => entry.open);
  if (!open.length) return;
  const sealed = open.map(([key, entry]) => [key, { ...entry, open: false }]);
  await write(({ outbox }) => sealed.forEach(([key, entry]) => outbox.put(entry, key)));
  for (const [key, entry] of sealed) known.outbox.set(key, entry);
  changed();
}

/** Drops an item that is still open, with what it changed of the round as it was
 *  `before`; false where it is on its way already. */
export const takeBack = (item, before) => inTurn(() => drop(item, before));

async function drop({ id }, before) {
  const [key, entry] = [...known.outbox].find(([, one]) => one.open && one.item.id === id) ?? [];
  if (!entry) return false;
  const round = withoutEffects(known.round, entry.item, before);
  try {
    await write(({ outbox, phone }) => {
      outbox.get(key).onsuccess = ({ target }) => {
        if (!target.result?.open) return target.transaction.abort();
        outbox.delete(key);
        phone.put(round, "round");
      };
    });
  } catch {
    await load();
    return false;
  }
  known.outbox.delete(key);
  known.phone.set("round", round);
  changed();
  return true;
}

/** The last thing tapped about one of these people, as a list of contacts. */
export function lastTapped(electors) {
  const said = electors.map(saidOf).filter((one) => one?.group);
  const latest = said.sort((a, b) => b.at - a.at)[0];
  return latest ? [...known.latest.values()].filter((one) => one.group === latest.group) : [];
}

/** Takes contacts back: to what they had corrected, or altogether. */
export async function undo(contacts) {
  await record(contacts.map((contact) => {
    const earlier = known.contacts.get(contact.corrects)?.item;
    const back = earlier ?? { kind: "contact", elector: contact.elector };
    return { ...back, id: crypto.randomUUID(), said_at: moment(), corrects: contact.uuid };
  }));
}
