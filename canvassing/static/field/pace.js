// How long the doors that are left will take: from the pace so far, once there is one.

const USUAL_MINUTES = 1.5;
const ENOUGH_DOORS = 5;
const LEAST_MINUTES = 0.3;
const MOST_MINUTES = 6;

/** Minutes from one door to the next. `times` are those at which the doors were recorded,
 *  by everybody on the round, so that their pace is already that of all who knock; the
 *  usual one is that of one person, and is shared by so many `knockers`. What was recorded
 *  in the same second is a run, and no door of it says how long a door takes. */
export function minutesEach(times, knockers) {
  const seconds = times.map((at) => Math.floor(at / 1000)).sort((a, b) => a - b);
  const moments = [...new Set(seconds)];
  const isAlone = (at) => seconds.indexOf(at) === seconds.lastIndexOf(at);
  const gaps = moments.slice(1).flatMap((at, i) => (isAlone(at) ? [at - moments[i]] : []));
  if (gaps.length < ENOUGH_DOORS - 1) return USUAL_MINUTES / Math.max(1, knockers);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / 60;
  return Math.min(MOST_MINUTES, Math.max(LEAST_MINUTES, mean));
}
