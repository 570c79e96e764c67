// The sign and the colour of each state: never the colour alone.

import { h, icon, tag } from "./dom.js";
import { isStopped, kindOf, known, lastAt, knockersAt, nextDoor, saidOf, unsentCount, wordsOf } from "./model.js";
import { clock, say } from "./words.js";

const SIGNS = {
  pledge: "tick", leaning: "plus", maybe: "query", against: "cross", spoken: "speech", gone: "cross",
  notin: "dash", stop: "stop", todo: "go",
};

export const signOf = (kind) => SIGNS[kind];

/** What a contact said, in the campaign's words. */
export const contactTag = (contact) => tag(kindOf(contact), SIGNS[kindOf(contact)], wordsOf(contact));

/** What stands at the end of a door's row. */
export function doorTag(door) {
  if (isStopped(door)) return tag("stop", "stop", say("skip"));
  const said = lastAt(door);
  if (said) return contactTag(telling(door));
  if (nextDoor() === door) return h("span.tag.info", {}, say("next"), icon("go"));
  return icon("go");
}

const TELLING = ["pledge", "leaning", "maybe", "against", "spoken", "gone", "notin"];

function telling(door) {
  const said = door.electors.map(saidOf).filter(Boolean);
  return said.sort((a, b) => TELLING.indexOf(kindOf(a)) - TELLING.indexOf(kindOf(b)))[0];
}

/** "6.44 pm · Priya" */
export const whenAndWho = (contact) =>
  [clock(contact.at), contact.by === known.round.you.name ? "" : contact.by].filter(Boolean).join(" · ");

export const whoIsThere = (door) => knockersAt(door).map(({ name }) => name).join(", ");

/** The badge of the outbox, which leads to what is in it. */
export function outboxBadge() {
  const n = unsentCount();
  const shown = n ? tag("maybe", "up", say("not_sent", { n })) : tag("good", "tick", say("all_sent"));
  return h("a.badge", { href: "#/phone", "data-key": "badge" }, shown);
}
