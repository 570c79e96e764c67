// What an item beside contacts changes of the round on this phone, at once.

import { onServer } from "./model.js";
import { date, say } from "./words.js";

const EFFECTS = { wish, building_note: buildingNote, no_opinions: noOpinions, knocker, sent_to: sentTo, left };

/** The round with what these items say; itself where they say nothing of it. */
export const withEffects = (round, items) =>
  items.reduce((before, item) => EFFECTS[item.kind]?.(before, item) ?? before, round);

/** The round without what this item says of its doors, which stand as they did before. */
export function withoutEffects(round, item, before) {
  const was = new Map(before.doors.map((door) => [door.address, door]));
  const after = withEffects(before, [item]);
  const touched = new Set(after.doors.filter((door) => was.get(door.address) !== door).map(({ address }) => address));
  return withDoors(round, (door) => (touched.has(door.address) ? was.get(door.address) : door));
}

const withDoors = (round, change) => ({ ...round, doors: round.doors.map(change) });

const withElector = (round, id, change) =>
  withDoors(round, (door) => (door.electors.some((one) => one.id === id)
    ? { ...door, electors: door.electors.map((one) => (one.id === id ? { ...one, ...change } : one)) }
    : door));

function wish(round, { scope, elector, address, channel, said_at }) {
  if (channel && channel !== "door") return round;
  if (scope === "person") return withElector(round, elector, { do_not_knock: true });
  const since = say("since", { date: date(onServer(said_at)) });
  return withDoors(round, (door) => (door.address === address ? { ...door, do_not_knock: since } : door));
}

function noOpinions(round, { elector }) {
  return withElector(round, elector, { no_opinions: true });
}

function buildingNote(round, { address, text }) {
  const { building } = round.doors.find((door) => door.address === address);
  return withDoors(round, (door) => (door.building === building ? { ...door, note: text } : door));
}

const withKnocker = (round, uuid, change) => ({
  ...round,
  knockers: round.knockers.map((one) => (one.uuid === uuid ? { ...one, ...change } : one)),
});

function knocker(round, { id, name }) {
  if (round.knockers.some(({ uuid }) => uuid === id)) return round;
  return { ...round, knockers: [...round.knockers, { uuid: id, name }] };
}

function sentTo(round, { knocker: uuid, address, said_at }) {
  return withKnocker(round, uuid, { address, sent_at: new Date(onServer(said_at)).toISOString() });
}

function left(round, { knocker: uuid }) {
  return withKnocker(round, uuid, { left: true });
}
