// One door: nobody in, its people, and what is wished of us here.

import { button, h, icon } from "./dom.js";
import { nobodyIn, recorded, undoLast } from "./doing.js";
import { flatOf, isStopped, known, knockers, mayBeNotIn, nameOf, nextDoor, saidOf, toSee, told } from "./model.js";
import { lastTapped } from "./outbox.js";
import { personCard } from "./person.js";
import { say, since } from "./words.js";
import { buildingNote, howToVote, howYouGotIt, leaveUsAlone } from "./wishes.js";

export function doorPage(address) {
  const door = known.door.get(Number(address));
  if (!door) return { title: say("no_such_door"), back: "", content: [h("p.pad", {}, say("no_such_door_why"))] };
  const open = toSee(door);
  const others = door.electors.filter((one) => !open.includes(one));
  return {
    title: nameOf(door),
    back: "",
    content: [
      door.note && h("p.note", {}, `“${door.note}”`),
      isStopped(door) ? stopped(door) : [whoIsHere(door), notIn(door)],
      open.map((elector) => personCard(door, elector, open.length === 1)),
      others.map(quietly),
      h("section.card.stack", {}, h("h2", {}, say("about_door")), where(door), leaveUsAlone(door), buildingNote(door), howToVote(), howYouGotIt()),
    ],
    bar: under(door),
  };
}

function where(door) {
  const station = known.round.stations?.[door.station];
  const isAskedForId = door.electors.some(({ postal }) => !postal);
  const words = [door.postcode, station && say("votes_at", { station }), isAskedForId && told("photo_id")];
  return h("p.small", {}, words.filter(Boolean).join(" · "));
}

function stopped(door) {
  const words = door.do_not_knock ? [say("do_not_knock"), " ", since(door.do_not_knock)] : [say("nobody_to_see_why")];
  const isWished = door.do_not_knock || door.electors.some((one) => one.do_not_knock);
  return h("div.notice.bad", {}, icon("stop"), h("div", {}, h("strong", {}, ...words), isWished && h("p.small", {}, say("by_mistake"))));
}

/** With several who knock: who was sent here, and so whose answers these are. */
function whoIsHere(door) {
  if (knockers().length < 2) return "";
  return h("fieldset.chips", {}, h("legend.small", {}, say("who_is_here")),
    knockers().map((one) => h("button.button.slim", {
      type: "button", "data-key": `k${one.uuid}`, "aria-pressed": String(one.address === door.address),
      onclick: () => recorded({ kind: "sent_to", knocker: one.uuid, address: door.address }),
    }, one.name)));
}

function notIn(door) {
  if (!mayBeNotIn(door).length) return "";
  const words = toSee(door).some(saidOf) ? "nobody_else_in" : "nobody_in";
  return button(".big.wide", () => nobodyIn([door]), icon("dash"), say(words));
}

/** Who lives here as well, and is not to be asked. */
function quietly(elector) {
  const why = elector.do_not_knock ? "do_not_knock" : elector.voted ? "has_voted" : "not_to_see";
  return h("section.card.row", {}, h("h2", {}, elector.name), h("span.small", {}, say(why)));
}

function under(door) {
  const next = nextDoor(door);
  const last = lastTapped([door]);
  return [
    h("button.button", {
      type: "button", onclick: () => undoLast([door]), disabled: !last, "data-key": "undo",
    }, icon("undo"), say("undo")),
    next
      ? h("a.button.primary.big.grow", { href: `#/door/${next.address}`, "data-key": "next" }, say("next_door", { door: shortName(next, door) }), icon("go"))
      : h("a.button.primary.big.grow", { href: "#/", "data-key": "next" }, say("back_to_round"), icon("go")),
  ];
}

/** "10" in the same street, else with its street. */
const shortName = (next, door) =>
  next.street === door.street ? next.flat ? `${next.number}, ${flatOf(next.flat)}` : next.number : nameOf(next);
