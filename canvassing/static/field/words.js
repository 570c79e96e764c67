// The translated words of the page, and dates and times as one says them.

const page = JSON.parse(document.getElementById("words").textContent);

/** `say("not_sent", {n: 3})`: "3 not sent". With n = 1 the words of `not_sent_one`. */
export function say(key, values = {}) {
  const words = (values.n === 1 && page[`${key}_one`]) || page[key];
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// The browser is asked for figures alone: Chromium has no Welsh.
const figures = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London", hourCycle: "h23",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

/** The year, month, day, hour and minute in the United Kingdom at that instant. */
const inTheKingdom = (at) =>
  Object.fromEntries(figures.formatToParts(at).map(({ type, value }) => [type, value]));

/** "6.42 pm", "5 pm", "midday" */
export function clock(at) {
  const said = inTheKingdom(at);
  const [hour, minute] = [Number(said.hour), Number(said.minute)];
  if (!minute && hour % 12 === 0) return say(hour ? "midday" : "midnight");
  const time = minute ? `${hour % 12 || 12}.${said.minute}` : hour % 12;
  return say(hour < 12 ? "am" : "pm", { time });
}

/** "2 May", of an instant or of "2024-05-02" */
export function date(at) {
  const { day, month } = inTheKingdom(new Date(at));
  return `${Number(day)} ${say(`month_${Number(month)}`)}`;
}

/** "since 2 May", of a day as the server says it; a round that came before it said days
 *  has the words already. */
export const since = (said) => (/^\d{4}-/.test(said) ? say("since", { date: date(said) }) : said);

/** "2024-05-02", as it is in the United Kingdom at that instant */
export function isoDay(at) {
  const { year, month, day } = inTheKingdom(at);
  return `${year}-${month}-${day}`;
}
