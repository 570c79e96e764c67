// One person at a door: who they are to us, what the script asks, what came of it.

import { h, icon, tag } from "./dom.js";
import { answered as recordedAnswer } from "./doing.js";
import { known, now, outcomeOfKind, questions, saidOf, told } from "./model.js";
import { standing } from "./outbox.js";
import { consent, questionField } from "./questions.js";
import { asked, mayAsk, tapped } from "./script.js";
import { redraw } from "./shell.js";
import { contactTag, whenAndWho } from "./signs.js";
import { more } from "./wishes.js";
import { date, isoDay, say } from "./words.js";

let openPerson = null;

/** Open where they are the only one to see, or were tapped. */
export function personCard(door, elector, isAlone) {
  const isOpen = openPerson === elector.id || (isAlone && !saidOf(elector));
  return h("section.card.stack", { "aria-labelledby": `p${elector.id}` },
    h("div.row", {}, h("h2", { id: `p${elector.id}`, tabindex: -1 }, elector.name), tags(elector)),
    before(elector),
    isOpen ? panel(door, elector) : opener(elector));
}

function tags(elector) {
  const said = saidOf(elector);
  return h("span.tags", {},
    said && contactTag(said),
    !said && elector.pledged && tag("pledge", "star", known.round.campaign.pledge_word),
    elector.postal && tag("voted", "letter", say(hasPosted(elector) ? "has_posted" : "postal_voter")),
    elector.proxy && tag("info", "people", say("proxy_voter")),
    elector.first_vote && tag("info", "star", say("first_vote")));
}

/** What was said before this round, and on it. */
function before(elector) {
  const said = saidOf(elector);
  if (said) return h("p.small", {}, whenAndWho(said));
  const { last } = elector;
  if (!last) return h("p.small", {}, say("not_asked_yet"));
  const label = (known.intention.get(last.intention) ?? known.outcome.get(last.outcome))?.label;
  return h("p.small", {}, say("last_time", { date: date(last.at), said: label ?? "" }));
}

const opener = (elector) =>
  h("button.button.wide", { type: "button", "data-key": `ask${elector.id}`, onclick: () => open(elector) },
    saidOf(elector) ? say("change") : say("ask", { name: elector.name.split(" ")[0] }), icon("go"));

/** Whoever answers stays open, for what else they say. */
function answered(door, elector, change) {
  openPerson = elector.id;
  return recordedAnswer(door, elector, change);
}

/** The volunteer has left the door. */
export const closePerson = () => (openPerson = null);

function open(elector) {
  openPerson = elector.id;
  redraw();
  document.getElementById(`p${elector.id}`)?.focus();
}

/** Has said, on this round or before, that their postal vote is on its way back. */
const hasPosted = (elector) => elector.posted || saidOf(elector)?.item?.posted;

function panel(door, elector) {
  const item = standing(elector)?.item ?? {};
  const { script, campaign } = known.round;
  const may = mayAsk(questions(), {
    elector, posted: hasPosted(elector), today: isoDay(now()), packsGoOutOn: known.round.say?.packs_go_out_on,
    keepsOpinions: campaign.may_keep_opinions || Boolean(item.consent),
  });
  const tapOn = (question, code) => answered(door, elector, (before) => spoken(tapped(may, before, question, code)));
  return h("div.stack", {},
    elector.postal && h("p.notice.warn", {}, icon("letter"), h("span", {}, told("postal_do_not_touch"))),
    elector.postal && hasPosted(elector) && h("p", {}, say("posted_so_no_more")),
    elector.no_opinions && h("p.notice", {}, icon("speech"), h("span", {}, say("no_opinions_here"), " ", say("by_mistake"))),
    !campaign.may_keep_opinions && !elector.no_opinions && consent(item, (version) => answered(door, elector, spoken({ consent: version }))),
    script?.opening && may.length > 0 && h("p.opening", {}, filledIn(script.opening, elector)),
    asked(may, item).map((question) => questionField(question, item, elector, (code) => tapOn(question, code))),
    outcomes(door, elector, item, may.length > 0),
    script?.closing && may.length > 0 && h("p.opening", {}, filledIn(script.closing, elector)),
    more(door, elector, item, (change) => answered(door, elector, change)));
}

const filledIn = (text, elector) =>
  text.replaceAll("{elector}", elector.name).replaceAll("{volunteer}", known.round.you.name);

const spoken = (item) => ({ ...item, outcome: outcomeOfKind("spoken") });

const ELSEWHERE = new Set(["moved", "deceased"]);

/** What came of it, where they answered no question. */
function outcomes(door, elector, item, isAsked) {
  const codes = known.round.codes.outcomes.filter(({ kind }) => !ELSEWHERE.has(kind));
  return h("fieldset.choices", {}, h("legend", {}, say(isAsked ? "or_else" : "what_came")),
    codes.map((one) => h("button.button.choice.k-plain", {
      type: "button", "data-key": `o${elector.id}-${one.code}`, "aria-pressed": String(item.outcome === one.code && !item.intention),
      onclick: () => answered(door, elector, withoutAnswers(one.code)),
    }, icon(OUTCOME_SIGNS[one.kind]), one.label)));
}

const OUTCOME_SIGNS = {
  spoken: "speech", not_in: "dash", refused: "cross", no_access: "stop", language: "speech",
};

/** Another outcome takes the place of what they were taken to have answered. */
const withoutAnswers = (outcome) => ({
  outcome, intention: undefined, second_preference: undefined, last_time: undefined, pledge: undefined, posted: undefined, answers: undefined,
});

