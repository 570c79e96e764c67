// Joining: the secret behind `#` is posted, and the phone gets a key of its own.

import { ServerSaysNo, call } from "./api.js";
import { h, icon } from "./dom.js";
import { languageLink } from "./language.js";
import { known } from "./model.js";
import { sayNothing, sayProblem, start } from "./shell.js";
import { begin, joiningNonce } from "./store.js";
import { ages, field, isAdult, submit, tick } from "./wishes.js";
import { say } from "./words.js";

const TITLES = { doors: "join_for", leaflets: "join_leaflets", phones: "join_phones", stall: "join_stall" };
// What stays on the phone, in the place of what was there.
const ON_PHONE = new Set(["doors", "leaflets"]);
const secret = location.hash.slice(1);
let page = () => ({ title: say("join"), badge: false, content: [h("p.pad", {}, say("one_moment"))] });

export async function join() {
  await start({ "": () => page() });
  try {
    const asked = await call("join/look/", { body: { secret } });
    show(() => form(asked));
  } catch (problem) {
    if (!(problem instanceof ServerSaysNo)) throw problem;
    show(() => refused(problem));
  }
}

function show(next) {
  page = next;
  dispatchEvent(new Event("hashchange"));
}

const refused = ({ message }) => ({
  title: say("join"), badge: false,
  content: [h("p.notice.bad", {}, icon("warning"), h("span", {}, message || say("needs_signal")))],
});

function form(asked) {
  const { text } = asked.promise;
  return {
    title: say(TITLES[asked.kind], { campaign: asked.campaign }),
    badge: false,
    content: [
      languageLink("/field/join"),
      known.round && ON_PHONE.has(asked.kind) && h("p.notice.warn", {}, icon("warning"), h("span", {}, say("has_round", { round: known.round.round.name }))),
      h("form.card.stack", { onsubmit: (event) => submitted(event, asked) },
        h("p", {}, say(asked.kind === "leaflets" ? "join_what_leaflets" : "join_what", { organisation: asked.organisation })),
        field("name", say("your_name"), { required: true, maxlength: 200, autocomplete: "name" }),
        field("mobile", say("your_mobile"), { required: true, maxlength: 20, type: "tel", autocomplete: "tel" }, say("mobile_why")),
        asked.asks_code && field("code", say("code"), { required: true, inputmode: "numeric", maxlength: 6, autocomplete: "one-time-code" }, say("code_where")),
        h("h2", {}, say("promise")), h("blockquote", {}, text),
        tick("promised", say("i_promise"), { required: true }),
        ages(say("i_am_18"), say("i_am_younger"), asked.kind),
        submit(say("join_now"))),
      h("p.small.pad", {}, asked.controller, " ", asked.privacy_notice_url
        && h("a", { href: asked.privacy_notice_url, rel: "noopener noreferrer", target: "_blank" }, say("privacy_notice"))),
    ],
  };
}

async function submitted(event, asked) {
  event.preventDefault();
  const button = event.target.querySelector("[type=submit]");
  const said = Object.fromEntries(new FormData(event.target));
  button.disabled = true;
  clearFaults(event.target);
  try {
    const body = { secret, ...said, nonce: await joiningNonce(), promised: said.promised === "on", is_18: isAdult(said) };
    const { key, next } = await call("join/", { body });
    if (next) location.replace(next);
    else await take(key, asked.promise.text);
  } catch (problem) {
    button.disabled = false;
    if (!(problem instanceof ServerSaysNo)) throw problem;
    const wrong = event.target.elements[FIELDS[problem.code]];
    if (wrong) sayAt(wrong, problem.message);
    else sayProblem(problem.message || say("needs_signal"));
  }
}

// What the server refuses, by the field in which it stands.
const FIELDS = { wrong_code: "code", bad_mobile: "mobile", no_name: "name" };

/** At the field, which has the focus then and is in sight. */
function sayAt(input, words) {
  sayNothing();
  const id = `${input.id}e`;
  input.before(h("p.problem", { id, role: "alert" }, icon("warning"), " ", words));
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", [id, input.getAttribute("aria-describedby")].filter(Boolean).join(" "));
  input.focus();
}

function clearFaults(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    const id = `${input.id}e`;
    document.getElementById(id)?.remove();
    input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", input.getAttribute("aria-describedby").replace(id, "").trim());
  }
}

/** The round that was here before is gone; what it has not sent stays. The key is kept
 *  before the round is asked for, which the next page does until it has come. */
async function take(key, promise) {
  await begin(key, promise);
  location.replace("/field/");
}
