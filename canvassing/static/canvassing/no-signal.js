// With no signal a form or a link of these pages would end on the browser's own page, and
// what was tapped with it: one stays, with all that was chosen, and is told.

import { isThereASignal } from "../field/signal.js";

const words = document.querySelector("[data-no-signal]");
let isAsking = false;
let isSure = false;

addEventListener("submit", (event) => {
  // An old browser cannot send it once more.
  if (isSure || !HTMLFormElement.prototype.requestSubmit) return;
  event.preventDefault();
  goOn(event.submitter ?? event.target, () => event.target.requestSubmit(event.submitter));
});

addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !leavesHere(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goOn(link, () => location.assign(link.href));
});

/** To another page of ours, in the place of this one. */
const leavesHere = (link) =>
  !link.target && link.origin === location.origin && !link.getAttribute("href").startsWith("#");

/** `go` where there is a signal; a second tap meanwhile does nothing. */
async function goOn(tapped, go) {
  if (isAsking) return;
  isAsking = true;
  words.hidden = true;
  try {
    if (!(await isThereASignal())) return stay(tapped);
    isSure = true;
    go();
  } finally {
    isAsking = isSure = false;
  }
}

/** Said where one has just tapped. */
function stay(tapped) {
  tapped.before(words);
  words.hidden = false;
  words.scrollIntoView({ block: "nearest" });
}
