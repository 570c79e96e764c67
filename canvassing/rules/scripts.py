"""Scripts: which questions are asked, given the answers, and which answers they allow.

The phone asks by the same rule. In words, with examples: docs/rules/scripts.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CHOICE, SEVERAL, POSTED = "choice", "several", "posted"
OWN_ANSWERS = (CHOICE, SEVERAL)
# What the usual scripts call the wish for a postal vote.
POSTAL_VOTE = "postal-vote"
Answers = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """A question as far as its answers go.

    `options` are the codes of its answers. It is shown where the question `shown_if`
    was answered with one of `shown_if_answers`; always, where `shown_if` is empty.
    """

    id: int
    key: str
    kind: str
    options: Collection[str] = ()
    shown_if: str = ""
    shown_if_answers: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class ScriptRule:
    """The questions of a script by their keys, in the order in which they are asked."""

    id: int
    questions: dict[str, QuestionRule]


def packs_are_out(
    *, votes_by_post: bool, packs_go_out_on: date | None, today: date
) -> bool:
    """Whether somebody has their ballot paper at home: from the day on which the packs
    go out; nobody, while that day is not known."""
    return votes_by_post and packs_go_out_on is not None and packs_go_out_on <= today


def may_be_asked(
    kind: str, *, packs_are_out: bool, has_posted: bool, keeps_views: bool
) -> bool:
    """Whether a question of this kind may be put to somebody at all.

    `packs_are_out`: they vote by post, and the packs have gone out. From then on they
    are asked only whether it is sent back, and once it is, nothing about the vote.
    """
    if packs_are_out:
        return kind == POSTED and not has_posted
    return kind != POSTED and keeps_views


def may_apply_by_post(
    *, votes_by_post: bool, last_day: date | None, today: date
) -> bool:
    """Whether the answer `POSTAL_VOTE` may be offered: who has no postal vote, while
    one can still be applied for, or nothing is known of until when."""
    return not votes_by_post and (last_day is None or today <= last_day)


def questions_shown(
    script: ScriptRule, given: Mapping[str, Collection[str]]
) -> list[str]:
    """Keys of the questions to ask, `given` the answers so far by key.

    A question hangs on earlier ones alone, and on none that is not shown itself.
    """
    shown: list[str] = []
    for key, question in script.questions.items():
        earlier = given.get(question.shown_if, ()) if question.shown_if in shown else ()
        if not question.shown_if or set(earlier) & set(question.shown_if_answers):
            shown.append(key)
    return shown


def wrong_answer(script: ScriptRule | None, answers: Answers) -> str:
    """Why the answers cannot be kept: a reason of `rules.contacts`; empty if they can.

    An answer is not refused because its question would not have been shown: what was
    said is kept.
    """
    if script is None:
        return "unknown_script" if answers else ""
    for key, codes in answers:
        question = script.questions.get(key)
        if question is None or question.kind not in OWN_ANSWERS:
            return "unknown_question"
        if not set(codes) <= set(question.options):
            return "unknown_answer"
        if question.kind == CHOICE and len(codes) > 1:
            return "one_answer"
    return ""


def branches_backwards(questions: Sequence[QuestionRule]) -> list[str]:
    """Keys of the questions that hang on one that does not come before them."""
    seen: set[str] = set()
    wrong: list[str] = []
    for question in questions:
        if question.shown_if and question.shown_if not in seen:
            wrong.append(question.key)
        seen.add(question.key)
    return wrong
