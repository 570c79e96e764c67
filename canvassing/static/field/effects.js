// What an item beside contacts changes of the round on this phone, at once.

import { isoDay } from "./words.js";

const EFFECTS = { wish, building_note: buildingNote, no_opinions: noOpinions, knocker, sent_to: sentTo, left, street };

/** The round with what these items say, said by a clock that is `offset` ms behind the
 *  server's; itself where they say nothing of it. */
export const withEffects = (round, items, offset) =>
  items.reduce((before, item) => {
    const at = Date.parse(item.said_at) + offset;
    return EFFECTS[item.kind]?.(before, item, at) ?? before;
  }, round);

const withDoors = (round, change) => ({ ...round, doors: round.doors.map(change) });

const withElector = (round, id, change) =>
  withDoors(round, (door) => (door.electors.some((one) => one.id === id)
    ? { ...door, electors: door.electors.map((one) => (one.id === id ? { ...one, ...change } : one)) }
    : door));

function wish(round, { scope, elector, address, channel }, at) {
  if (channel && channel !== "door") return round;
  if (scope === "person") return withElector(round, elector, { do_not_knock: true });
  return withDoors(round, (door) => (door.address === address ? { ...door, do_not_knock: isoDay(at) } : door));
}

function noOpinions(round, { elector }) {
  return withElector(round, elector, { no_opinions: true });
}

function buildingNote(round, { address, text }) {
  const building = round.doors.find((door) => door.address === address)?.building;
  return building && withDoors(round, (door) => (door.building === building ? { ...door, note: text } : door));
}

const withKnocker = (round, uuid, change) => ({
  ...round,
  knockers: round.knockers.map((one) => (one.uuid === uuid ? { ...one, ...change } : one)),
});

function knocker(round, { id, name }) {
  if (round.knockers.some(({ uuid }) => uuid === id)) return round;
  return { ...round, knockers: [...round.knockers, { uuid: id, name }] };
}

function sentTo(round, { knocker: uuid, address }, at) {
  return withKnocker(round, uuid, { address, sent_at: new Date(at).toISOString() });
}

function left(round, { knocker: uuid }) {
  return withKnocker(round, uuid, { left: true });
}

function street(round, { street: id, copies, missed, on }, at) {
  const change = { copies, missed, on: copies && (on ?? isoDay(at)) };
  return round.streets && { ...round, streets: round.streets.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}
