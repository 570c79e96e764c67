// The fields of a script's questions, consent, and how to get a postal vote.

import { button, h, icon } from "./dom.js";
import { known, mayApplyForPost } from "./model.js";
import { answersTo } from "./script.js";
import { say } from "./words.js";

/** A question with big choices; `onTap` gets the code of the one that was tapped. */
export function questionField(question, item, elector, onTap) {
  const chosen = answersTo(question, item);
  return h("fieldset.choices", {}, h("legend", {}, question.text),
    optionsOf(question, elector, item).map(({ code, label, kind }) => h(`button.button.choice.k-${kind}`, {
      type: "button", "data-key": `q${elector.id}-${question.key}-${code}`,
      "aria-pressed": String(chosen.includes(String(code))), onclick: () => onTap(String(code)),
    }, SIGNS[kind] && icon(chosen.includes(String(code)) ? "tick" : SIGNS[kind]), label)));
}

const SIGNS = { pledge: "tick", leaning: "plus", maybe: "query", against: "cross", plain: "", chosen: "" };

// What the usual script calls the wish for one.
const POSTAL_VOTE = "postal-vote";

/** Answers are the campaign's codes or candidates, or those of the question itself. */
function optionsOf({ kind, options }, elector, item) {
  const { codes } = known.round;
  if (kind === "intention" || kind === "last_time") return codes.intentions.map((one) => ({ ...one, kind: feeling(one) }));
  if (kind === "second_preference") {
    const isOursFirst = codes.intentions.some(({ code, ours }) => ours && code === item.intention);
    return codes.candidates.filter(({ ours }) => !(ours && isOursFirst)).map(({ id, name, party }) => ({ code: id, label: party ? `${name} (${party})` : name, kind: "plain" }));
  }
  if (kind === "posted") return ["yes", "no"].map((code) => ({ code, label: say(`posted_${code}`), kind: "plain" }));
  return options.filter(({ code }) => code !== POSTAL_VOTE || mayApplyForPost(elector)).map((one) => ({ ...one, kind: "plain" }));
}

function feeling({ kind, pledge, ours }) {
  if (pledge) return "pledge";
  if (kind === "undecided") return "maybe";
  if (kind === "not_voting") return "against";
  if (kind !== "intention") return "plain";
  return ours ? "leaning" : "against";
}

/** Views are kept only of who agreed, in these words. */
export function consent(item, onAgree) {
  const asked = known.round.say?.consent;
  if (!asked) return h("p.notice", {}, say("no_consent_words"));
  if (item.consent) return h("p.notice.good", {}, icon("tick"), h("span", {}, say("has_agreed")));
  return h("section.notice.stack", {}, h("p", {}, say("consent_first")), h("blockquote", {}, asked.text),
    button(".wide", () => onAgree(asked.version), icon("tick"), say("they_agree")));
}
