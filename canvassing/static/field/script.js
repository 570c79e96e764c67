// What the script asks of a person, by what they have answered so far. Pure logic.

const OF_THE_VOTE = new Set(["intention", "second_preference", "last_time"]);

/** The answers that an item holds to a question, as codes. */
export function answersTo({ kind, key }, item) {
  if (kind === "posted") return item.posted === undefined ? [] : [item.posted ? "yes" : "no"];
  if (OF_THE_VOTE.has(kind)) return item[kind] ? [String(item[kind])] : [];
  return item.answers?.[key] ?? [];
}

/** The questions to ask now, in order: those whose branch was taken. */
export function asked(questions, item) {
  const shown = new Map();
  for (const question of questions) {
    const { show_if: branch, key } = question;
    const before = branch && shown.get(branch.key);
    const taken = !branch || (before && answersTo(before, item).some((code) => branch.answers.includes(code)));
    if (taken) shown.set(key, question);
  }
  return [...shown.values()];
}

/** The item once `code` was tapped: chosen, or no longer. */
export function tapped(questions, item, question, code) {
  const before = answersTo(question, item);
  const others = question.kind === "several" ? before.filter((one) => one !== code) : [];
  const codes = before.includes(code) ? others : [...others, code];
  return pruned(questions, withAnswer(item, question, codes));
}

function withAnswer(item, { kind, key }, codes) {
  if (kind === "posted") return { ...item, posted: codes.length ? codes[0] === "yes" : undefined };
  if (kind === "second_preference") return { ...item, second_preference: codes[0] && Number(codes[0]) };
  if (OF_THE_VOTE.has(kind)) return { ...item, [kind]: codes[0] };
  return { ...item, answers: { ...item.answers, [key]: codes } };
}

/** Without answers to questions that are no longer asked. */
function pruned(questions, item) {
  const kept = new Set(asked(questions, item));
  const gone = questions.filter((one) => !kept.has(one) && answersTo(one, item).length);
  if (!gone.length) return item;
  return pruned(questions, gone.reduce((before, one) => withAnswer(before, one, []), item));
}

/**
 * Which questions may be put to somebody at all, on `today` ("2024-04-23").
 *
 * Whoever votes by post is asked nothing from the day the packs go out but whether they
 * have sent it back, and then nothing about the vote. Who objects to views being kept,
 * or has not agreed where agreement is needed, is asked none.
 */
export function mayAsk(questions, { elector, today, packsGoOutOn, posted, keepsOpinions }) {
  const packsAreOut = Boolean(elector.postal && packsGoOutOn && today >= packsGoOutOn);
  if (packsAreOut) return posted ? [] : questions.filter(({ kind }) => kind === "posted").map(withoutBranch);
  if (elector.no_opinions || !keepsOpinions) return [];
  return questions.filter(({ kind }) => kind !== "posted");
}

/** It is asked whatever was said before: what it depends on is not asked any more. */
const withoutBranch = (question) => ({ ...question, show_if: null });
