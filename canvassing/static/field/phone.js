// This phone: what is not sent, what an organiser has to see, and giving the round back.

import { ServerSaysNo, call } from "./api.js";
import { end, pull } from "./changes.js";
import { sendWhatWaits } from "./doing.js";
import { button, h, icon } from "./dom.js";
import { known, leafletProgress, nameOf, numbersOf, onServer, otherPhones, progress, unsent } from "./model.js";
import { languageLink } from "./language.js";
import { seal } from "./outbox.js";
import { sayProblem } from "./shell.js";
import { sendAll } from "./sync.js";
import { clock, date, say } from "./words.js";

export function phonePage() {
  return {
    title: say("about_phone"),
    back: known.round ? "" : undefined,
    content: [waiting(), held(), known.round && leaving(), known.round && until(), language()],
  };
}

function waiting() {
  const items = unsent();
  return h("section.card.stack", {}, h("h2", {}, items.length ? say("not_sent", { n: items.length }) : say("all_sent")),
    h("p", {}, say(items.length ? "not_sent_what" : "all_sent_what")),
    items.length > 0 && button(".wide", sendWhatWaits, icon("up"), say("send_now")),
    items.length > 0 && h("ul.plain", {}, items.map(line)));
}

const line = (item) => h("li.small", {}, `${clock(onServer(item.said_at))} · ${say(`item_${item.kind}`)}${about(item)}`);

/** Whom it is about, while the phone still may know. */
function about({ elector, address, street }) {
  const place = known.round?.streets?.find(({ id }) => id === street);
  if (place) return ` · ${[place.street, numbersOf(place)].join(" ")}`;
  const door = known.door.get(address);
  const name = known.elector.get(elector)?.name ?? (door && nameOf(door));
  return name ? ` · ${name}` : "";
}

function held() {
  if (!known.held.size) return "";
  return h("section.card.stack", {}, h("h2", {}, say("held")), h("p", {}, say("held_what")),
    h("ul.plain", {}, [...known.held.values()].map(({ item, reason }) => h("li", {}, line(item), h("p", {}, reason)))));
}

function leaving() {
  const others = otherPhones();
  // Of leaflets there is nobody to go on beside whoever has them.
  const isLast = others === 0 || Boolean(known.round.streets);
  const signOut = [h("p", {}, say(known.round.streets ? "sign_out_leaflets" : "sign_out_what")), button(`${isLast ? "" : ".primary"}.wide`, () => leave("sign-out"), say("sign_out"))];
  return h("section.card.stack", {}, h("h2", {}, say("finish")), isLast ? "" : signOut, handingBack(others, isLast), isLast ? signOut : "");
}

/** It ends the round for everybody: the first tap says for whom, and what is left to do. */
function handingBack(others, isLast) {
  const stop = others ? say("hand_back_others", { n: others }) : others === 0 && say("hand_back_what");
  const told = [stop, whatIsLeft()].filter(Boolean).join(" ");
  return h("details.fold", { "data-key": "hand-back" }, h("summary", {}, icon("back"), say("hand_back")),
    h("div.stack", {}, told && h("p.notice.warn", {}, icon("warning"), h("span", {}, told)),
      button(`${isLast ? ".primary" : ""}.wide`, () => leave("hand-back"), say("hand_back_now"))));
}

function whatIsLeft() {
  if (known.round.streets) {
    const { streets, done } = leafletProgress();
    return streets > done && say("streets_left", { n: streets - done });
  }
  const { doors, done } = progress();
  return doors > done && say("doors_left", { n: doors - done });
}

const language = () => languageLink("/field/");

function until() {
  const at = new Date(known.round.expires_at);
  return h("p.small.pad", {}, say("until", { date: date(at), time: clock(at) }));
}

/** Everything is sent first; names and addresses go once the server has heard. */
async function leave(how) {
  const key = known.phone.get("key");
  await seal();
  await sendAll();
  try {
    const { state } = await call(`${how}/`, { key, body: {} });
    await end(key, state);
  } catch (problem) {
    if (!(problem instanceof ServerSaysNo)) throw problem;
    if (problem.endsRound) return end(key, problem.code);
    sayProblem(problem.message || say("needs_signal"));
  }
}

/** Where whoever has the phone is under 18, and no adult is with them any more. */
export const alonePage = () => ({
  title: say("alone"),
  content: [
    h("section.card.stack", {},
      h("p.notice.bad", {}, icon("warning"), h("span", {}, say("alone_what"))),
      h("p", {}, say("alone_until")), button(".wide", pull, say("look_again"))),
    waiting(), held(), leaving(), language(),
  ],
});

async function tryAgain() {
  await pull();
  if (known.phone.has("key") && !known.round) sayProblem(say("needs_signal"));
}

/** Where the phone has joined, and its round has not come yet. */
export const arrivingPage = () => ({
  title: say("arriving"),
  badge: false,
  content: [h("section.card.stack", {}, h("p", {}, say("arriving_what")), button(".primary.wide", tryAgain, say("try_again")))],
});

/** Where the round is no longer on this phone. */
export function endedPage() {
  const how = known.phone.get("ended");
  return {
    title: say(how ? `ended_${how}` : "no_round"),
    badge: false,
    content: [
      h("p.card", {}, say(how ? "ended_what" : "no_round_what")),
      (how || known.outbox.size > 0) && [waiting(), held()],
      language(),
    ],
  };
}
