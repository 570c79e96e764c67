// The translated words of the page, and dates and times as one says them.

const page = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;

/** `say("not_sent", {n: 3})`: "3 not sent". With n = 1 the words of `not_sent_one`. */
export function say(key, values = {}) {
  const words = (values.n === 1 && page[`${key}_one`]) || page[key];
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const time = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "Europe/London" });
const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "Europe/London" });

/** 18:42 */
export const clock = (at) => time.format(at);

/** 2 May, of an instant or of "2024-05-02" */
export const date = (at) => day.format(new Date(at));

/** "since 2 May", of a day as the server says it; a round that came before it said days
 *  has the words already. */
export const since = (said) => (/^\d{4}-/.test(said) ? say("since", { date: date(said) }) : said);

/** "2024-05-02", as it is in the United Kingdom at that instant */
export const isoDay = (at) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(at);
