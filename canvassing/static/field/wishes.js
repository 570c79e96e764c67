// What somebody wishes of us, and what is noted: in two taps, and said in plain words.

import { button, h, icon } from "./dom.js";
import { wished } from "./doing.js";
import { known, mayApplyForPost, outcomeOfKind, told } from "./model.js";
import { isWritten } from "./shell.js";
import { say } from "./words.js";

/** Closed again by what is tapped in it. */
export const folded = (key, sign, words, ...content) =>
  h("details.fold", { "data-key": key }, h("summary", {}, icon(sign), words), h("div.stack", { onclick: close }, ...content));

function close({ target, currentTarget }) {
  if (target.closest("button[type=button]")) fold(currentTarget);
}

function fold(inside) {
  const details = inside.closest("details");
  if (!details) return;
  details.open = false;
  details.querySelector("summary").focus({ preventScroll: true });
}

const ofPerson = ({ id }) => ({ scope: "person", elector: id });

const wish = (whom, channel, until) => () =>
  wished({ kind: "wish", ...whom, channel, until }, say("wish_saved"));

/** Off the list altogether, or no knock until the poll or for good. */
const ways = (whom) => [
  button(".wide", wish(whom, "", ""), say("off_for_good")),
  button(".wide", wish(whom, "door", "election"), say("no_knock_election")),
  button(".wide", wish(whom, "door", ""), say("no_knock_good")),
];

/** "Take me off your list." */
const leaveAlone = (elector) => folded(`off${elector.id}`, "stop", say("take_me_off"), ways(ofPerson(elector)));

/** "Take us all off your list", or one of several, whoever comes to the door. */
export function leaveUsAlone(door) {
  const several = door.electors.filter((one) => !one.do_not_knock);
  return folded(`off${door.address}`, "stop", say(several.length > 1 ? "take_one_or_all_off" : "take_all_off"),
    several.length > 1 && several.map((one) => button(".wide", wish(ofPerson(one), "", ""), say("off_for_good_only", { name: one.name }))),
    several.length > 1 && h("p", {}, say("all_here")),
    ways({ scope: "household", address: door.address }));
}

/** A short note that helps at a building's door; an empty one takes it away. */
export function buildingNote(door) {
  return folded(`note${door.address}`, "plus", say(door.note ? "change_door_note" : "add_door_note"),
    h("form.stack.kept", { "data-key": `text${door.address}`, onsubmit: (event) => {
      const text = written(event).get("note").trim();
      wished({ kind: "building_note", address: door.address, text });
    } }, field("note", say("door_note"), { maxlength: 120, value: door.note }, say("they_can_see")), submit()));
}

export function howYouGotIt() {
  const link = known.round.say?.privacy_notice_url;
  return folded("how", "speech", say("how_you_got_it"), h("p", {}, told("how_you_got_my_details")),
    link && h("p", {}, h("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, say("privacy_notice"))));
}

/** What can still be applied for, until when and where: for whoever asks. */
export function howToVote() {
  const ways = known.round.say?.ways_to_vote ?? [];
  if (!ways.length) return "";
  return folded("vote", "letter", say("how_to_vote"), h("ul.plain", {}, ways.map(({ what, until, is_sure: isSure, link }) =>
    h("li", {}, h("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, what),
      h("p.small", {}, say("postal_vote_until", { until }), !isSure && ` ${say("day_not_sure")}`)))));
}

/** What is seldom said of a person; `onChange` gets what is new of their contact. */
export function more(door, elector, item, onChange) {
  return h("div", {},
    personNote(elector, item, onChange),
    folded(`gone${elector.id}`, "cross", say("moved_or_died"), ["moved", "deceased"].map((kind) => gone(kind, onChange))),
    (elector.pledged || item.pledge === false) && !elector.no_opinions && known.round.campaign.may_keep_opinions
      && folded(`pledge${elector.id}`, "star", say("no_longer_pledges"),
        button(".wide", () => onChange({ outcome: outcomeOfKind("spoken"), pledge: false }), say("no_longer_pledges"))),
    postalVote(elector),
    reachThem(elector),
    leaveAlone(elector),
    !elector.no_opinions && folded(`views${elector.id}`, "stop", say("no_opinions"), h("p.small", {}, say("no_opinions_what")),
      button(".wide", () => wished({ kind: "no_opinions", elector: elector.id }, say("wish_saved")), say("no_opinions"))));
}

function gone(kind, onChange) {
  const outcome = outcomeOfKind(kind);
  return outcome && button(".wide", () => onChange({ outcome }), known.outcome.get(outcome).label);
}

function personNote(elector, item, onChange) {
  return folded(`pnote${elector.id}`, "plus", say(item.note ? "change_note" : "add_note"),
    h("form.stack.kept", { "data-key": `ptext${elector.id}`, onsubmit: (event) => {
      const note = written(event).get("note").trim();
      onChange({ outcome: item.outcome ?? outcomeOfKind("spoken"), note });
    } }, field("note", say("note"), { maxlength: 280, value: item.note }, say("they_can_see")), submit()));
}

/** The official page and the last day, and nothing that we would collect. */
function postalVote(elector) {
  const { postal_vote_link: link, postal_vote_deadline_words: words } = known.round.say ?? {};
  if (elector.postal || !link) return "";
  return folded(`post${elector.id}`, "letter", say("wants_postal_vote"), !mayApplyForPost(elector) ? h("p", {}, say("postal_too_late")) : [
    h("p", {}, say("postal_vote_how"), " ", h("a", { href: link, rel: "noopener noreferrer", target: "_blank" }, link)),
    words && h("p", {}, say("postal_vote_until", { until: words })),
  ]);
}

const REACHED_BY = { phone: ["call", "text"], email: ["email"] };

/** A number or an address that they give, and what they agree it is used for. */
function reachThem(elector) {
  const asked = known.round.say?.contact_consent;
  if (!asked) return "";
  return folded(`reach${elector.id}`, "letter", say("leaves_number"),
    h("form.stack", { "data-key": `detail${elector.id}`, onsubmit: (event) => {
      const said = written(event);
      const value = said.get("value").trim();
      const what = value.includes("@") ? "email" : "phone";
      const channels = said.getAll("channels").filter((one) => REACHED_BY[what].includes(one));
      wished({ kind: "contact_detail", elector: elector.id, what, value, channels, consent: asked.version });
    } }, field("value", say("number_or_email"), { maxlength: 200, required: true, inputmode: "email", autocomplete: "off" }),
    h("fieldset.ticks", {}, h("legend", {}, asked.text), ["call", "text", "email"].map((channel) => tick("channels", say(`channel_${channel}`), { value: channel }))), submit()));
}

/** What was written, as form data. The form is empty then, and closed. */
export function written(event) {
  event.preventDefault();
  const said = new FormData(event.target);
  event.target.reset();
  fold(event.target);
  return said;
}

/** Notes that were written and not saved are saved, for the volunteer goes on or puts
 *  the phone away. */
export function saveNotes() {
  for (const form of document.querySelectorAll("form.kept")) {
    if (isWritten(form)) form.dispatchEvent(new Event("submit", { cancelable: true }));
  }
}

let fields = 0;

export function field(name, label, attributes, help) {
  const id = `f${(fields += 1)}`;
  return h("div.field", {}, h("label", { for: id }, label),
    help && h("p.small", { id: `${id}h` }, help),
    h("input", { id, name, type: "text", "aria-describedby": help ? `${id}h` : undefined, ...attributes }));
}

export function tick(name, label, attributes) {
  return h("label.tickbox", {}, h("input", { type: "checkbox", name, ...attributes }), h("span", {}, label));
}

/** Eighteen or not: somebody younger is told that they are welcome too. */
export const ages = (older, younger, kind = "doors") =>
  h("fieldset.ticks", {}, h("legend", {}, say("age")),
    [["adult", older], ["younger", younger]].map(([value, words]) => h("label.tickbox", {},
      h("input", { type: "radio", name: "age", value, required: true }), h("span", {}, words))),
    h("p.small", {}, say(`under_18_${kind}`)));

export const isAdult = ({ age }) => age === "adult";

export const submit = (words = say("save")) => h("button.button.primary.wide", { type: "submit" }, words);
