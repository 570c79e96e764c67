// A leaflet round: its streets in their order, ticked one by one, and nobody's name.

import { button, h, icon, tag } from "./dom.js";
import { saving } from "./doing.js";
import { isStreetDone, known, leafletProgress, nextStreet, numbersOf } from "./model.js";
import { record } from "./outbox.js";
import { goTo, saySaved } from "./shell.js";
import { folded } from "./wishes.js";
import { say } from "./words.js";

const MISSES = ["locked", "no_box", "dog", "unsafe", "ran_out", "other"];

const nameOf = (street) => [street.street, numbersOf(street)].filter(Boolean).join(" ");

export function leafletsPage() {
  const next = nextStreet();
  return {
    title: known.round.round.name,
    below: head(),
    content: [
      h("ul.doors.streets", {}, known.round.streets.map((street) => h("li", {}, row(street)))),
      next ? "" : allDone(), foot(),
    ],
    bar: next && [toStreet(next)],
  };
}

const toStreet = (street) =>
  h("a.button.primary.big.wide", { href: `#/street/${street.id}`, "data-key": "next" }, say("next_street", { street: nameOf(street) }), icon("go"));

function head() {
  const { streets, done, toTake, through } = leafletProgress();
  const words = say("streets_done", { n: done, of: streets });
  return [
    h("p.row.small.num", {}, h("span", {}, words), h("span", {}, toTake ? say("copies_to_take", { n: toTake }) : say("copies_through", { n: through }))),
    h("progress", { value: done, max: streets || 1, "aria-label": words }),
  ];
}

function row(street) {
  const done = isStreetDone(street);
  return h(`div.street-row${done ? ".done" : ""}`, {},
    h("a.names", { href: `#/street/${street.id}`, "data-key": `s${street.id}` }, h("strong", {}, street.street),
      h("small", {}, [numbersOf(street), say("boxes", { n: street.boxes }), street.not_at && say("not_at", { numbers: street.not_at })].filter(Boolean).join(" · "))),
    done ? state(street) : button(".tick-off", () => told(street, { copies: street.boxes }), icon("tick"), h("span.hidden-words", {}, say("street_done", { street: nameOf(street) }))));
}

function state({ copies, missed }) {
  return h("span.tags", {},
    copies && tag("good", "tick", say("copies", { n: copies })),
    missed && tag("maybe", "warning", say(`missed_${missed}`)));
}

/** All that is said of a street takes the place of what was said of it before; what is
 *  undone on a later day leaves its copies on theirs. */
async function told({ id, copies, missed, on }, change) {
  const before = { kind: "street", street: id, copies, missed, on: copies && on };
  if (await saving(() => record([{ ...before, ...change }]))) {
    saySaved(say("saved"), () => saving(() => record([before]), say("undone")));
    return true;
  }
}

export function streetPage(id) {
  const street = known.round.streets?.find((one) => String(one.id) === id);
  if (!street) return { title: say("no_such_street"), back: "", content: [] };
  const isDone = isStreetDone(street);
  return {
    title: nameOf(street),
    back: "",
    content: [
      street.not_at && h("p.notice.warn", {}, icon("warning"), h("strong", {}, say("not_at_what", { numbers: street.not_at }))),
      h("section.card.stack", {}, h("p", {}, say("boxes", { n: street.boxes })),
        isDone && standing(street), !street.copies && throughForm(street)),
      h("section.card", {}, missed(street)),
    ],
    bar: [isDone ? onwards(nextStreet(street)) : putThroughButton(".primary.big")],
  };
}

const onwards = (next) =>
  (next ? toStreet(next) : h("a.button.primary.big.wide", { href: "#/", "data-key": "back-to-round" }, icon("back"), say("back_to_round")));

const putThroughButton = (kind) =>
  h(`button.button.wide${kind}`, { type: "submit", form: "through", "data-key": "done" }, icon("tick"), say("put_through"));

function throughForm(street) {
  const id = `copies-${street.id}`;
  return h("form.stack", { id: "through", "data-key": `through${street.id}`, onsubmit: (event) => putThrough(event, street) },
    h("div.field", {}, h("label", { for: id }, say("copies_put_through")),
      h("input", { id, name: "copies", type: "number", inputmode: "numeric", min: 1, max: 99999, required: true, value: street.boxes })),
    // Of some of it, it was said already why none went through.
    street.missed && putThroughButton(""));
}

function putThrough(event, street) {
  event.preventDefault();
  return told(street, { copies: Number(new FormData(event.target).get("copies")) });
}

const standing = (street) => [
  h("p", {}, state(street)),
  button(".wide", () => told(street, { copies: undefined, missed: undefined }), icon("undo"), say("street_not_done")),
];

const missed = (street) => folded(`missed${street.id}`, "stop", say("could_not"),
  h("p.small", {}, say("could_not_what")),
  MISSES.map((reason) => h("button.button.wide", {
    type: "button", "aria-pressed": String(street.missed === reason), onclick: () => told(street, { missed: reason }),
  }, say(`missed_${reason}`))));

function allDone() {
  return h("section.card.stack", {},
    h("h2", {}, say("all_streets_done")), h("p", {}, say("all_streets_done_what")),
    button(".primary.wide", () => goTo("phone"), say("to_hand_back")));
}

function foot() {
  const { leaflet, campaign } = known.round;
  return h("p.small.pad", {}, leaflet.name, h("br"), h("a", { href: "#/phone", "data-key": "phone" }, say("about_phone")), campaign.imprint && h("br"), campaign.imprint);
}
