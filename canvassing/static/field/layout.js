// Where the doors of a round are drawn: each where it is, and doors of one spot, of which
// only the postcode is known, in a block of their own, with the street's name above them.
// Blocks that lay over each other are pushed apart, the same way each time.

// One door's share of the drawing, the height of a street's name with what is free above
// it, and how wide a letter of it is, in the drawing's own units; and the edge of all.
export const CELL = 100;
const NAME = 80;
const BASELINE = 66;
const LETTER = 20;
const EDGE = 40;
// So many spots can be told apart on the width of a phone, which is so many cells.
const AT_ONCE = 12;
export const ACROSS = 7;
const TURNS = 60;

/** `{width, height, doors: [{door, x, y}], names: [{name, x, y}]}` of doors with a
 *  latitude and longitude; north is up, and no two things lie over each other. */
export function layout(doors) {
  const spots = spotsOf(doors);
  placeOnTheGround(spots);
  const blocks = spots.map(blockOf);
  nameOnce(blocks);
  pushApart(blocks);
  const [left, top] = [Math.min(...blocks.map(({ x }) => x)), Math.min(...blocks.map(({ y }) => y))];
  for (const block of blocks) Object.assign(block, { x: block.x - left + EDGE, y: block.y - top + EDGE });
  return {
    width: Math.ceil(Math.max(ACROSS * CELL, ...blocks.map(({ x, wide }) => x + wide + EDGE))),
    height: Math.ceil(Math.max(...blocks.map(({ y, high }) => y + high + EDGE))),
    doors: blocks.flatMap(doorsOf),
    names: blocks.filter(({ name }) => name).map(({ name, x, y, wide }) => ({ name, x: x + wide / 2, y: y + BASELINE })),
  };
}

/** Doors of one street at one spot, in walking order. */
function spotsOf(doors) {
  const spots = new Map();
  for (const door of doors) {
    const key = `${door.latitude} ${door.longitude} ${door.street}`;
    if (!spots.has(key)) spots.set(key, []);
    spots.get(key).push(door);
  }
  return [...spots.values()].map((there) => ({ doors: there }));
}

function placeOnTheGround(spots) {
  const lats = spots.map(({ doors: [{ latitude }] }) => latitude);
  const narrow = Math.cos((lats[0] * Math.PI) / 180);
  const across = spots.map(({ doors: [{ longitude }] }) => longitude * narrow);
  const [left, top] = [Math.min(...across), Math.max(...lats)];
  const [wide, high] = [Math.max(...across) - left, top - Math.min(...lats)];
  const room = ACROSS * CELL * Math.max(1, Math.sqrt(spots.length / AT_ONCE));
  // As wide as that, unless that made it more than half as high again.
  const scale = room / (Math.max(wide, high / 1.5) || Infinity);
  spots.forEach((spot, i) => Object.assign(spot, { x: (across[i] - left) * scale, y: (top - lats[i]) * scale }));
}

/** As square as may be, around its spot. */
function blockOf({ doors, x, y }) {
  const columns = Math.ceil(Math.sqrt(doors.length));
  const block = { doors, columns, name: "", wide: columns * CELL, high: Math.ceil(doors.length / columns) * CELL };
  return Object.assign(block, { x: x - block.wide / 2, y: y - block.high / 2 });
}

/** Above each block of several doors; where a street has none, above its northernmost. */
function nameOnce(blocks) {
  const streets = new Map();
  for (const block of blocks) {
    const { street } = block.doors[0];
    streets.set(street, [...(streets.get(street) ?? []), block]);
  }
  for (const [street, theirs] of streets) {
    if (!street) continue;
    const several = theirs.filter(({ doors }) => doors.length > 1);
    const named = several.length ? several : [theirs.reduce((a, b) => (b.y < a.y ? b : a))];
    for (const block of named) nameBlock(block, street);
  }
}

function nameBlock(block, name) {
  const wide = Math.max(block.wide, name.length * LETTER);
  Object.assign(block, { name, x: block.x - (wide - block.wide) / 2, y: block.y - NAME, wide, high: block.high + NAME });
}

/** Each pair by half of what they have in common, along the shorter way; after some turns
 *  whatever still lies over another goes below it. */
function pushApart(blocks) {
  for (let turn = 0; turn < TURNS; turn += 1) {
    let isDone = true;
    for (let i = 0; i < blocks.length; i += 1) {
      for (let j = i + 1; j < blocks.length; j += 1) {
        if (!lieOver(blocks[i], blocks[j])) continue;
        isDone = false;
        push(blocks[i], blocks[j]);
      }
    }
    if (isDone) return;
  }
  const settled = [];
  for (const block of [...blocks].sort((a, b) => a.y - b.y)) {
    for (let under; (under = settled.find((other) => lieOver(block, other)));) block.y = under.y + under.high;
    settled.push(block);
  }
}

// Blocks that touch lie beside each other, whatever sums of fractions say; and somewhat
// more than needed is pushed, so that it comes to an end.
const TOUCH = 0.01;
const MORE = 2;

const shared = (from, size, one, other) =>
  Math.min(one[from] + one[size], other[from] + other[size]) - Math.max(one[from], other[from]);

const lieOver = (one, other) => shared("x", "wide", one, other) > TOUCH && shared("y", "high", one, other) > TOUCH;

function push(one, other) {
  const [x, y] = [shared("x", "wide", one, other), shared("y", "high", one, other)];
  const [axis, by] = x < y ? ["x", x + MORE] : ["y", y + MORE];
  const size = axis === "x" ? "wide" : "high";
  const isBefore = one[axis] + one[size] / 2 <= other[axis] + other[size] / 2;
  one[axis] += isBefore ? -by / 2 : by / 2;
  other[axis] += isBefore ? by / 2 : -by / 2;
}

function doorsOf({ doors, columns, name, x, y, wide }) {
  const left = x + (wide - columns * CELL) / 2;
  const top = y + (name ? NAME : 0);
  return doors.map((door, i) => ({
    door, x: left + ((i % columns) + 0.5) * CELL, y: top + (Math.floor(i / columns) + 0.5) * CELL,
  }));
}
