// The round: its doors in walking order by street, and the next one under the thumb.

import { button, h, icon } from "./dom.js";
import { undoLast } from "./doing.js";
import { flatOf, isBuilding, isStopped, isVisited, known, lastAt, nameOf, nextDoor, progress, toSee } from "./model.js";
import { lastTapped } from "./outbox.js";
import { goTo } from "./shell.js";
import { doorTag, whenAndWho, whoIsThere } from "./signs.js";
import { spanOf } from "./span.js";
import { say, since } from "./words.js";

export function roundPage() {
  const next = nextDoor();
  return {
    title: known.round.round.name,
    below: head(),
    content: [streets().map(street), undoRow(), next ? "" : allDone(), foot()],
    bar: [
      next && h("a.button.primary.big.wide", { href: `#/door/${next.address}`, "data-key": "next" },
        say("next_door", { door: nameOf(next) }), icon("go")),
      place("run", "dash"),
      place("map", "map"),
      place("team", "people"),
    ],
  };
}

const place = (name, sign) => h("a.button.place", { href: `#/${name}`, "data-key": name }, icon(sign), say(name));

function head() {
  const { doors, done, spoken, pledges, minutes } = progress();
  const words = [say("doors_done", { n: done, of: doors }), say("spoken_n", { n: spoken }), say("pledges_n", { n: pledges })];
  return [
    h("p.row.small.num", {}, h("span", {}, words.join(" · ")), minutes > 0 && h("span", {}, say("minutes_left", { n: minutes }))),
    h("progress", { value: done, max: doors || 1, "aria-label": words[0] }),
  ];
}

/** Doors in their order, cut where the street changes. */
function streets() {
  const cut = [];
  for (const door of known.doors) {
    if (cut.at(-1)?.[0].street !== door.street) cut.push([]);
    cut.at(-1).push(door);
  }
  return cut;
}

function street(doors) {
  const id = `street-${doors[0].address}`;
  return h("section", { "aria-labelledby": id },
    h("h2.street", { id }, doors[0].street, " ", h("small", {}, spanOf(doors))),
    h("ul.doors", {}, buildings(doors).map((group) => h("li", {}, group.length > 1 ? building(group) : row(group[0])))));
}

/** Flats of one building that follow each other are one row that opens. */
function buildings(doors) {
  const groups = [];
  for (const door of doors) {
    const before = groups.at(-1);
    if (isBuilding(door) && before?.[0].building === door.building) before.push(door);
    else groups.push([door]);
  }
  return groups;
}

function building(doors) {
  const [first] = doors;
  const done = doors.filter(isVisited).length;
  const flats = say("from_to", { from: flatOf(first.flat ?? ""), to: flatOf(doors.at(-1).flat ?? "") });
  return h("details", { open: doors.includes(nextDoor()), "data-key": `b${first.building}` },
    h("summary.door", {},
      h("span.no", {}, first.number),
      h("span.names", {}, flats, first.note && h("small", {}, `“${first.note}”`)),
      h("span.small", {}, say("doors_done", { n: done, of: doors.length }))),
    h("ul.doors.flats", {}, doors.map((door) => h("li", {}, row(door)))));
}

function row(door) {
  const done = isVisited(door) ? ".done" : "";
  return h(`a.door${done}`, { href: `#/door/${door.address}`, "data-key": `d${door.address}` },
    h("span.no", {}, door.flat || door.number),
    h("span.names", {}, title(door), h("small", {}, about(door))),
    doorTag(door));
}

function title(door) {
  if (isStopped(door)) return say(door.do_not_knock || door.electors.some((one) => one.do_not_knock) ? "do_not_knock" : "nobody_to_see");
  return namesOf(toSee(door));
}

/** "Harbhajan and Simran Gill", "Wayne Johnston, Ada Marsh" */
function namesOf(electors) {
  const parts = electors.map(({ name }) => name.split(" "));
  const surnames = new Set(parts.map((words) => words.at(-1)));
  const firsts = parts.map((words) => words.slice(0, -1).join(" "));
  if (surnames.size > 1 || firsts.length === 1) return electors.map(({ name }) => name).join(", ");
  const last = firsts.pop();
  return `${firsts.join(", ")} ${say("and")} ${last} ${[...surnames][0]}`;
}

function about(door) {
  const said = lastAt(door);
  if (door.do_not_knock) return since(door.do_not_knock);
  if (said) return whenAndWho(said);
  const there = whoIsThere(door);
  const words = [
    there && say("is_there", { name: there }),
    door.note && !door.flat && `“${door.note}”`,
    toSee(door).some((one) => one.postal) && say("postal_voter"),
    toSee(door).some((one) => one.first_vote) && say("first_vote"),
    toSee(door).some((one) => one.pledged) && known.round.campaign.pledge_word,
  ];
  return words.filter(Boolean).join(" · ");
}

/** What was tapped last can be taken back here as well. */
function undoRow() {
  return lastTapped(known.doors) && h("p.pad", {}, button(".plain", () => undoLast(known.doors), icon("undo"), say("undo_last")));
}

function allDone() {
  return h("section.card.stack", {},
    h("h2", {}, say("all_done")), h("p", {}, say("all_done_what")),
    button(".primary.wide", () => goTo("phone"), say("to_hand_back")));
}

function foot() {
  const { imprint } = known.round.campaign;
  return h("p.small.pad", {}, h("a", { href: "#/phone", "data-key": "phone" }, say("about_phone")), imprint && h("br"), imprint);
}
