// The way in: what the phone keeps is read, shown, sent, and kept up with the others.

import { expire, follow, pull, refresh } from "./changes.js";
import { doorPage } from "./door.js";
import { h, icon } from "./dom.js";
import { join } from "./join.js";
import { leafletsPage, streetPage } from "./leaflets.js";
import { mapPage } from "./map.js";
import { known, load, onChange } from "./model.js";
import { seal } from "./outbox.js";
import { closePerson } from "./person.js";
import { alonePage, arrivingPage, endedPage, phonePage } from "./phone.js";
import { roundPage } from "./round.js";
import { runPage } from "./run.js";
import { endWriting, redraw, sayNothing, start } from "./shell.js";
import { tryStorage } from "./store.js";
import { sendNow } from "./sync.js";
import { teamPage } from "./team.js";
import { saveNotes } from "./wishes.js";
import { say } from "./words.js";

const ofRound = (page) => (...path) => (isShown() ? page(...path) : withoutRound());

/** Nobody under 18 is shown doors while no adult is with them. */
const isShown = () => known.round && !known.phone.get("left_alone");

function withoutRound() {
  if (known.round) return alonePage();
  return known.phone.has("key") ? arrivingPage() : endedPage();
}

const firstPage = () => (known.round.streets ? leafletsPage() : roundPage());

const PAGES = {
  "": ofRound(firstPage), door: ofRound(doorPage), run: ofRound(runPage), map: ofRound(mapPage),
  street: ofRound(streetPage), team: ofRound(teamPage), phone: ofRound(phonePage),
};

const cannotKeep = () => ({
  title: say("cannot_keep"), badge: false,
  content: [h("p.notice.bad", {}, icon("warning"), h("span", {}, say("cannot_keep_what")))],
});

async function open() {
  try {
    await tryStorage();
  } catch {
    return start({ "": cannotKeep });
  }
  await load();
  if (location.pathname === "/field/join") return join();
  await seal();
  await expire();
  await start(PAGES, (from) => /^(door|team)/.test(from) && leave());
  onChange(draw);
  performance.measure("opened");
  keepUp();
}

/** Where the round has left the phone its page goes at once, also from whoever writes. */
function draw() {
  if (!isShown()) {
    endWriting();
    sayNothing();
  }
  redraw();
}

/** What waits while one is at a door, or looks at the team, waits no longer. */
function leave() {
  saveNotes();
  closePerson();
  return sealAndSend();
}

function putAway() {
  saveNotes();
  return sealAndSend();
}

async function sealAndSend() {
  await seal();
  sendNow();
}

/** Sends and asks at once, and whenever there is a signal or somebody looks again. */
function keepUp() {
  addEventListener("online", () => (sendNow(), pull()));
  document.addEventListener("visibilitychange", () => (document.hidden ? putAway() : (sendNow(), pull())));
  follow();
  refresh();
  navigator.storage?.persist?.();
}

navigator.serviceWorker?.register("/field/sw.js", { scope: "/field/" }).catch(console.info);
open();
