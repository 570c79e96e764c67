"""Scripts: written, published, given a new version, retired."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.rules.refusals import Refusal
from canvassing.models import Question, QuestionKind, Script, ScriptChannel
from canvassing.reports.scripts import rule_of
from canvassing.rules.scripts import OWN_ANSWERS, branches_backwards

LONGEST_CODE: Final = 40


class ScriptRefused(Refusal):
    """The script is published and stays as it is, or a question cannot be asked so."""


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as it is written. `options` are the words of its answers; it is asked
    where `show_if` was answered with one of `show_if_answers`, codes of that one."""

    text: str
    kind: str
    options: Sequence[str] = ()
    show_if: Question | None = None
    show_if_answers: Sequence[str] = field(default_factory=tuple)


@transaction.atomic
def write_script(
    *, campaign: Campaign, name: str, channel: str, by: Actor, at: datetime
) -> Script:
    """An empty one, not yet published. Refused: a name that is taken. Audit verb:
    `script.written`."""
    if Script.objects.filter(campaign=campaign, name=name).exists():
        raise ScriptRefused("name_taken", f"There is a script called {name} already.")
    script = Script.objects.create(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        name=name,
        channel=channel,
        opening=OPENINGS[ScriptChannel(channel)],
    )
    _record("script.written", script, by=by, at=at)
    return script


@transaction.atomic
def change_words(
    script: Script, *, opening: str, closing: str, by: Actor, at: datetime
) -> None:
    """Refused: a published one. Audit verb: `script.changed`."""
    _refuse_published(script)
    script.opening, script.closing = opening, closing
    script.save(update_fields=["opening", "closing"])
    _record("script.changed", script, by=by, at=at)


@transaction.atomic
def add_question(
    script: Script, draft: QuestionDraft, *, by: Actor, at: datetime
) -> Question:
    """At the end. Refused: a published script, answers that are missing, one that
    hangs on a later question. Audit verb: `script.changed`."""
    _refuse_published(script)
    last = script.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question(
        organisation_id=script.organisation_id,
        script=script,
        key=_free_key(script, draft.text),
        position=last + 1,
    )
    _write(question, draft)
    _record("script.changed", script, by=by, at=at)
    return question


@transaction.atomic
def change_question(
    question: Question, draft: QuestionDraft, *, by: Actor, at: datetime
) -> None:
    """Refused as above. Audit verb: `script.changed`."""
    _refuse_published(question.script)
    _write(question, draft)
    _record("script.changed", question.script, by=by, at=at)


@transaction.atomic
def remove_question(question: Question, *, by: Actor, at: datetime) -> None:
    """Refused: a published script, a question on which another one hangs. Audit verb:
    `script.changed`."""
    _refuse_published(question.script)
    if Question.objects.filter(show_if=question).exists():
        raise ScriptRefused("others_hang_on_it", "Another question depends on it.")
    question.delete()
    _record("script.changed", question.script, by=by, at=at)


@transaction.atomic
def move_up(question: Question, *, by: Actor, at: datetime) -> None:
    """Ask it before the one that now comes before it; the first stays. Refused: a
    published script, a question that would come before the one it hangs on. Audit
    verb: `script.changed`."""
    _refuse_published(question.script)
    before = (
        question.script.questions.filter(position__lt=question.position)
        .order_by("-position")
        .first()
    )
    if before is None:
        return
    question.position, before.position = before.position, question.position
    for moved in (question, before):
        moved.save(update_fields=["position"])
    _refuse_backward_branches(question.script)
    _record("script.changed", question.script, by=by, at=at)


@transaction.atomic
def publish_script(script: Script, *, by: Actor, at: datetime) -> None:
    """From now on it is asked, and stays as it is; the version before is retired.

    Refused: one without questions, one that is published. Audit verb:
    `script.published`.
    """
    _refuse_published(script)
    if not script.questions.exists():
        raise ScriptRefused("no_questions", "There is nothing to ask in it yet.")
    _refuse_backward_branches(script)
    Script.objects.filter(
        campaign=script.campaign_id, name=script.name, retired_at=None
    ).exclude(pk=script.pk).update(retired_at=at)
    script.published_at = at
    script.save(update_fields=["published_at"])
    _record("script.published", script, by=by, at=at)


@transaction.atomic
def new_version(script: Script, *, by: Actor, at: datetime) -> Script:
    """The same once more, to be changed; the one that stands is asked meanwhile.

    One that is being changed already is that version. Audit verb: `script.written`.
    """
    versions = Script.objects.select_for_update().filter(
        campaign=script.campaign_id, name=script.name
    )
    if draft := versions.filter(published_at=None).first():
        return draft
    questions = list(script.questions.order_by("position"))
    last = max(version.version for version in versions)
    copy = Script.objects.create(
        organisation_id=script.organisation_id,
        campaign_id=script.campaign_id,
        name=script.name,
        version=last + 1,
        channel=script.channel,
        opening=script.opening,
        closing=script.closing,
    )
    copies: dict[int | None, Question | None] = {None: None}
    for question in questions:
        earlier = copies[question.show_if_id]
        pk, question.pk = question.pk, None
        question.script, question.show_if = copy, earlier
        question.save(force_insert=True)
        copies[pk] = question
    _record("script.written", copy, by=by, at=at)
    return copy


@transaction.atomic
def retire_script(script: Script, *, by: Actor, at: datetime) -> None:
    """It is asked no more; its answers stay. Again: no harm. Audit verb:
    `script.retired`."""
    if Script.objects.filter(pk=script.pk, retired_at=None).update(retired_at=at):
        _record("script.retired", script, by=by, at=at)


# What a campaign begins with: a key, a kind, the words, and its answers by code.
OPENINGS: Final = {
    ScriptChannel.DOOR: "Hello, I’m {volunteer}, a volunteer for {candidate}.",
    ScriptChannel.PHONE: (
        "Hello, is that {elector}? I’m {volunteer}, a volunteer for {candidate}."
    ),
}
ISSUES: Final = {
    "cost-of-living": "Cost of living",
    "health": "Health and care",
    "transport": "Buses, trains and roads",
    "crime": "Crime and safety",
    "housing": "Housing",
    "schools": "Schools",
    "environment": "Clean air and parks",
    "other": "Something else",
}
WANTS: Final = {
    "poster": "A poster",
    "help": "To help the campaign",
    "postal-vote": "A vote by post",
}
WANTS_AT_THE_PHONE: Final = {"help", "postal-vote"}


@transaction.atomic
def default_scripts(*, campaign: Campaign, by: Actor, at: datetime) -> int:
    """Give the campaign a script for the door and one for the phone, if it has none of
    that channel; returns how many were made. Audit verb: `script.published`."""
    lacking = set(ScriptChannel) - set(
        Script.objects.filter(campaign=campaign).values_list("channel", flat=True)
    )
    for channel in sorted(lacking):
        script = write_script(
            campaign=campaign, name=channel.label, channel=channel, by=by, at=at
        )
        questions = _usual_questions(script, campaign)
        Question.objects.bulk_create(questions)
        script.closing = "Thank you for your time."
        script.save(update_fields=["closing"])
        publish_script(script, by=by, at=at)
    return len(lacking)


def _usual_questions(script: Script, campaign: Campaign) -> list[Question]:
    day = campaign.election.poll_on
    vote = f"Will you vote for {{candidate}} on {day.day} {day:%B}?"
    wants = {
        code: label
        for code, label in WANTS.items()
        if script.channel == ScriptChannel.DOOR or code in WANTS_AT_THE_PHONE
    }
    asked: list[tuple[str, QuestionKind, str, dict[str, str]]] = [
        ("intention", QuestionKind.INTENTION, vote, {}),
        (
            "second_preference",
            QuestionKind.SECOND_PREFERENCE,
            "Who would be your second choice?",
            {},
        ),
        (
            "posted",
            QuestionKind.POSTED,
            "Have you sent your postal vote back yet?",
            {},
        ),
        (
            "issues",
            QuestionKind.SEVERAL,
            "What matters most to you round here?",
            ISSUES,
        ),
        ("wants", QuestionKind.SEVERAL, "Would you like any of these?", wants),
    ]
    return [
        Question(
            organisation_id=script.organisation_id,
            script=script,
            key=key,
            position=position,
            kind=kind,
            text=text,
            options=[{"code": code, "label": label} for code, label in options.items()],
        )
        for position, (key, kind, text, options) in enumerate(asked, start=1)
        if kind is not QuestionKind.SECOND_PREFERENCE or campaign.asks_second_preference
    ]


def _refuse_published(script: Script) -> None:
    found = Script.objects.select_for_update().get(pk=script.pk)
    if found.published_at is not None:
        raise ScriptRefused(
            "published", "It is published and stays as it is: make a new version."
        )


def _refuse_backward_branches(script: Script) -> None:
    questions = script.questions.select_related("show_if").order_by("position")
    if branches_backwards([rule_of(question) for question in questions]):
        raise ScriptRefused(
            "asked_too_early", "A question would come before the one it depends on."
        )


def _write(question: Question, draft: QuestionDraft) -> None:
    question.text, question.kind = draft.text, draft.kind
    question.options = _options(draft, question.options)
    question.show_if = draft.show_if
    question.show_if_answers = list(draft.show_if_answers) if draft.show_if else []
    if question.show_if and not question.show_if_answers:
        raise ScriptRefused("no_answers_named", "Say for which answers it is asked.")
    question.save()
    _refuse_backward_branches(question.script)


def _options(
    draft: QuestionDraft, before: list[dict[str, str]]
) -> list[dict[str, str]]:
    """Codes of the words; words that stay keep their code."""
    if draft.kind not in OWN_ANSWERS:
        return []
    words = list(dict.fromkeys(word.strip() for word in draft.options if word.strip()))
    if len(words) < 2:
        raise ScriptRefused("no_answers", "Write two answers or more, one on a line.")
    codes = {option["label"]: option["code"] for option in before}
    options: list[dict[str, str]] = []
    for number, word in enumerate(words, start=1):
        code = codes.get(word) or slugify(word)[:LONGEST_CODE] or f"answer-{number}"
        if code in {option["code"] for option in options}:
            code = f"{code[: LONGEST_CODE - 3]}-{number}"
        options.append({"code": code, "label": word})
    return options


def _free_key(script: Script, text: str) -> str:
    wanted = slugify(text)[: LONGEST_CODE - 4] or "question"
    taken = set(script.questions.values_list("key", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _record(verb: str, script: Script, *, by: Actor, at: datetime) -> None:
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=script.organisation_id,
        campaign_id=script.campaign_id,
        target=script,
    )
