// The way to another language, which is another page of the server's.

import { h } from "./dom.js";
import { sayProblem } from "./shell.js";
import { isThereASignal } from "./signal.js";
import { say } from "./words.js";

/** Back to `next` afterwards, with the secret that stands behind its `#`, which browsers
 *  carry along and send to nobody. Without a signal one stays, and is told why. */
export const languageLink = (next) =>
  h("p.pad", {}, h("a.language", { href: `/field/language/?next=${next}${location.hash}`, onclick: go, "data-key": "language" }, "Cymraeg / English"));

async function go(event) {
  event.preventDefault();
  const { href } = event.currentTarget;
  if (await isThereASignal()) location.assign(href);
  else sayProblem(say("needs_signal"));
}
