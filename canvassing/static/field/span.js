// The numbers of a street's doors, as one walks them: "2 to 48, even".

import { say } from "./words.js";

const legOf = (doors) => say("from_to", { from: doors[0].number, to: doors.at(-1).number });

/** Up one side and down the other: "1 to 51, back 50 to 2". One side alone: "2 to 48, even".
 *  However else one goes, from the lowest to the highest. Nothing of fewer than two. */
export function spanOf(doors) {
  const counted = doors.filter(({ number }) => Number.isFinite(valueOf(number)));
  if (counted.length < 2) return "";
  const legs = legsOf(counted);
  if (!legs.every(isOneWay) || legs.length > 2) {
    return legOf([...counted].sort((a, b) => valueOf(a.number) - valueOf(b.number)));
  }
  const [there, back] = legs.map((leg) => (leg.length > 1 ? legOf(leg) : leg[0].number));
  if (back) return say(isUp(legs[0]) === isUp(legs[1]) ? "span_too" : "span_back", { there, back });
  return `${there}, ${say(sideOf(counted[0]) ? "odd" : "even")}`;
}

const valueOf = (number) => parseInt(number, 10);

const sideOf = ({ number }) => valueOf(number) % 2;

/** Cut where one crosses the street. */
function legsOf(doors) {
  const legs = [];
  for (const door of doors) {
    if (!legs.length || sideOf(legs.at(-1)[0]) !== sideOf(door)) legs.push([]);
    legs.at(-1).push(door);
  }
  return legs;
}

const isUp = (leg) => valueOf(leg.at(-1).number) > valueOf(leg[0].number);

function isOneWay(leg) {
  const way = isUp(leg) ? 1 : -1;
  return leg.slice(1).every(({ number }, i) => (valueOf(number) - valueOf(leg[i].number)) * way >= 0);
}
