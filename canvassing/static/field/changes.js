// What the others did, and what became of the round: asked for while one looks.

import { ServerSaysNo, call, isEnd } from "./api.js";
import { changed, known, load, now, reload } from "./model.js";
import { inTurn } from "./outbox.js";
import { sendNow, sendUnlessWaiting } from "./sync.js";
import { changeRound, wipe, writeRound } from "./store.js";

const EVERY_MS = 20_000;

/** Sends and asks now, and again while the page is open. */
export function follow() {
  setInterval(keepUp, EVERY_MS);
  return keepUp();
}

function keepUp() {
  sendUnlessWaiting();
  return pull();
}

/** Asks now, where there is a key, a signal and somebody who looks: for the round until it
 *  has come, then for what is new of it. */
export async function pull() {
  if (document.hidden) return;
  await expire();
  await asking(known.round ? askForNews : fetchRound);
}

/** The whole round once more, which also says what was changed at the desk meanwhile. */
export const refresh = () => known.round && asking(fetchRound);

async function askForNews(key) {
  const since = encodeURIComponent(known.phone.get("cursor") ?? "");
  const { sent } = known;
  const said = await call(`changes/?since=${since}`, { key });
  // It was asked before what has gone meanwhile: the next answer knows of that.
  if (sent !== known.sent) delete said.streets;
  const isBack = await inTurn(() => take(key, said));
  if (isBack) await fetchRound(key);
}

/** What is on the phone is good enough until there is a signal. */
async function asking(ask) {
  const key = known.phone.get("key");
  if (!key || !navigator.onLine) return;
  try {
    await ask(key);
  } catch (problem) {
    if (!(problem instanceof ServerSaysNo)) throw problem;
    if (problem.endsRound) await end(key, problem.code);
  }
}

/** The phone lets go by itself once its time is over, also with no signal. */
export async function expire() {
  if (known.round && now() >= Date.parse(known.round.expires_at)) await end(known.phone.get("key"), "expired");
}

/** Takes the news; true, and none taken, where somebody of age is back with whoever has
 *  this phone: they see no doors until the round has come once more, as its doors may have
 *  left the phone. */
async function take(key, said) {
  if (known.phone.get("key") !== key) return false;
  const wasAlone = Boolean(known.phone.get("left_alone"));
  if (isEnd(said.state)) await letGo(key, said.state);
  else if (said.left_alone) await leaveAlone(key, wasAlone);
  else if (wasAlone) return true;
  else await takeNews(key, said);
  return false;
}

/** Nobody of age is with whoever has this phone, who is under 18. */
async function leaveAlone(key, wasAlone) {
  if (wasAlone) return;
  await writeRound(key, ({ phone }) => phone.put(true, "left_alone"));
  await reload();
}

async function takeNews(key, said) {
  const contacts = said.contacts
    .filter((one) => !known.contacts.get(one.uuid)?.item)
    .map((one) => ({ ...one, at: Date.parse(one.at) }));
  const before = known.phone.get("round");
  let round = before;
  const isHere = await writeRound(key, ({ phone, contacts: kept }) => {
    phone.put(said.cursor, "cursor");
    changeRound(phone, (stands) => {
      const news = withChanges(stands, said);
      if (news !== stands) round = news;
      return news;
    });
    for (const one of contacts) kept.put(one, one.uuid);
  });
  if (!isHere) return;
  known.phone.set("cursor", said.cursor);
  if (contacts.length === 0 && round === before) return;
  known.phone.set("round", round);
  for (const one of contacts) known.contacts.set(one.uuid, one);
  changed();
}

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The round with what changed of it; itself where nothing did. */
function withChanges(round, { electors, doors, knockers, streets }) {
  if (streets) return isSame(streets, round.streets) ? round : { ...round, streets };
  const same = isSame(knockers, round.knockers);
  if (!electors && !doors && same) return round;
  const changed = round.doors.map((door) => withElectors(withDoorNews(door, doors), electors));
  return { ...round, doors: changed, knockers };
}

/** All doors with a note or a wish are told, so that the others have none. */
function withDoorNews(door, doors) {
  if (!doors) return door;
  const news = doors.find(({ address }) => address === door.address);
  return { ...door, note: news?.note, do_not_knock: news?.do_not_knock };
}

const MAY_CHANGE = { pledged: false, voted: false, do_not_knock: false, no_opinions: false, posted: false };

/** All who may be shown are told: whoever is not among them leaves the phone. */
function withElectors(door, electors) {
  if (!electors) return door;
  const news = new Map(electors.map((one) => [one.id, one]));
  const kept = door.electors.filter(({ id }) => news.has(id));
  return { ...door, electors: kept.map((one) => ({ ...one, ...MAY_CHANGE, ...news.get(one.id) })) };
}

/** And what is new since it was read: meanwhile this phone, or another, may have said so. */
async function fetchRound(key) {
  const round = await call("round/", { key });
  await inTurn(() => keep(key, round));
  await askForNews(key);
}

async function keep(key, round) {
  const offset = Date.parse(round.server_now) - Date.now();
  await writeRound(key, ({ phone }) => {
    phone.put(round, "round");
    phone.put(offset, "clock_offset");
    phone.put(Boolean(round.left_alone), "left_alone");
    phone.delete("ended");
    phone.put(round.cursor, "cursor");
  });
  await load();
}

/** Names and addresses leave the phone, because the round of this key is no longer out on
 *  it; what is not sent goes to the server as soon as it can. */
export const end = (key, state) => inTurn(() => letGo(key, state));

async function letGo(key, state) {
  await wipe(key, state);
  await reload();
  sendNow();
}
