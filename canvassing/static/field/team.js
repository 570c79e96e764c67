// One phone for several who knock: who is at which door, and whom to send where.

import { button, h, icon, tag } from "./dom.js";
import { nobodyIn, recorded, undoWaiting, wished } from "./doing.js";
import { isStopped, isVisited, known, knockers, knockersAt, mayBeNotIn, nameOf, nextDoor } from "./model.js";
import { openEntries } from "./outbox.js";
import { say } from "./words.js";
import { ages, field, isAdult, submit, tick, written } from "./wishes.js";

export function teamPage() {
  return {
    title: say("team"),
    back: "",
    content: [h("p.pad", {}, say("team_what")), knockers().map(knocker), whoLeft(), addSomebody()],
  };
}

function knocker(one) {
  const door = known.door.get(one.address);
  const isThere = door && knockersAt(door).includes(one);
  const isMe = one.uuid === known.round.you.knocker;
  return h("section.card.stack", { "aria-label": one.name },
    h("div.row", {}, h("h2", {}, one.name, isMe && ` (${say("you")})`, one.under_18 && [" ", tag("maybe", "", say("is_under_18"))]),
      h("span.small", {}, isThere ? say("at_door", { door: nameOf(door) }) : say("is_free"))),
    isThere && h("div.row", {}, mayBeNotIn(door).length > 0 && button(".grow", () => nobodyIn([door]), icon("dash"), say("nobody_in")),
      h("a.button.grow", { href: `#/door/${door.address}`, "data-key": `at${one.uuid}` }, say("record"), icon("go"))),
    knockers().length > 1 && sendOn(one, isThere ? door : undefined),
    !isMe && button(".plain", () => wished({ kind: "left", knocker: one.uuid }), say("has_left")));
}

/** It waits while one looks at this page, to be taken back. */
function whoLeft() {
  return openEntries().filter(([, { item }]) => item.kind === "left").map(([place, { item }]) => {
    const { name } = known.round.knockers.find(({ uuid }) => uuid === item.knocker) ?? {};
    return name && h("p.notice", { "data-key": `left${item.knocker}` }, h("span.grow", {}, say("name_has_left", { name })),
      button(".slim", () => undoWaiting(place), icon("undo"), say("undo")));
  });
}

/** To the next door that nobody is at; or to any that is still to do. */
function sendOn(one, door) {
  const next = nextDoor(door);
  if (!next) return "";
  const send = (address) => recorded({ kind: "sent_to", knocker: one.uuid, address });
  const open = known.doors.filter((other) => other !== door && !isStopped(other) && !isVisited(other));
  return h("div.stack", {},
    button(".primary.wide", () => send(next.address), say("send_to", { door: nameOf(next) }), icon("go")),
    h("label.field", {}, h("span.small", {}, say("or_to")),
      h("select", { "data-key": `to${one.uuid}`, onchange: (event) => send(Number(event.target.value)) },
        h("option", { value: "" }, say("choose_door")),
        open.map((other) => h("option", { value: other.address }, nameOf(other))))));
}

function addSomebody() {
  return h("section.card", {}, h("form.stack", { "data-key": "add", onsubmit: add },
    h("h2", {}, say("add_somebody")),
    field("name", say("their_name"), { required: true, maxlength: 200, autocomplete: "off" }),
    field("mobile", say("their_mobile"), { required: true, maxlength: 20, type: "tel", autocomplete: "off" }),
    h("blockquote", {}, known.phone.get("promise")),
    tick("promised", say("they_promise"), { required: true }),
    ages(say("they_are_18"), say("they_are_younger")),
    submit(say("add"))));
}

function add(event) {
  const { name, mobile, ...said } = Object.fromEntries(written(event));
  return recorded({ kind: "knocker", name: name.trim(), mobile: mobile.trim(), promised: true, is_18: isAdult(said) });
}
