"""What people say: how often each answer of a campaign's scripts was given."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from campaigns.access import Actor
from campaigns.models import Campaign
from canvassing.models import (
    Answer,
    Contact,
    ElectorStanding,
    Question,
    ViewsObjection,
)
from canvassing.reports.elector_search import reachable_electors
from canvassing.rules.scripts import OWN_ANSWERS


@dataclass(frozen=True)
class QuestionAnswers:
    """A question, how many answered it, and for each answer its code, its words and
    how many gave it. Somebody asked twice counts by what they said each time that
    stands."""

    question: Question
    people: int
    answers: list[tuple[str, str, int]]


def answers_to_questions(*, by: Actor, campaign: Campaign) -> list[QuestionAnswers]:
    """Questions of scripts that are or were asked, newest script first."""
    questions = list(
        Question.objects.filter(script__campaign=campaign, kind__in=OWN_ANSWERS)
        .exclude(script__published_at=None)
        .select_related("script")
        .order_by("-script__published_at", "script_id", "position")
    )
    standing = _that_stand(by, campaign)
    given = {
        (question, code): people
        for question, code, people in standing.values_list("question", "code").annotate(
            people=Count("elector", distinct=True)
        )
    }
    asked = dict(
        standing.values_list("question").annotate(
            people=Count("elector", distinct=True)
        )
    )
    return [
        QuestionAnswers(
            question,
            asked.get(question.pk, 0),
            [
                (one["code"], one["label"], given.get((question.pk, one["code"]), 0))
                for one in question.options
            ],
        )
        for question in questions
    ]


def who_answered(
    question: Question, code: str, *, by: Actor, campaign: Campaign
) -> QuerySet[ElectorStanding]:
    """Electors whose answer it is, ward by ward in walking order."""
    given = _that_stand(by, campaign).filter(question=question, code=code)
    return (
        reachable_electors(by=by, campaign=campaign)
        .filter(elector_id__in=given.values("elector_id"))
        .order_by("ward_id", "polling_district_id", "walk_position", "elector_id")
    )


def _that_stand(by: Actor, campaign: Campaign) -> QuerySet[Answer]:
    """Answers of contacts that nothing took the place of, by people who can be seen."""
    replaced = Contact.objects.filter(
        organisation=OuterRef("organisation"), corrects=OuterRef("contact__uuid")
    )
    objects = ViewsObjection.objects.filter(
        organisation=OuterRef("organisation"),
        elector=OuterRef("elector"),
        lifted_at=None,
    )
    seen = reachable_electors(by=by, campaign=campaign).values("elector_id")
    return Answer.objects.of(campaign.organisation_id).filter(
        ~Q(Exists(replaced)),
        ~Q(Exists(objects)),
        campaign=campaign,
        elector_id__in=seen,
    )


def answers_of(contact: Contact) -> tuple[int | None, dict[str, list[str]]]:
    """The script that was followed, and the codes chosen by the key of the question;
    no script where nothing of it was answered."""
    given = Answer.objects.of(contact.organisation_id).filter(contact=contact)
    rows = list(given.values_list("question__script_id", "question__key", "code"))
    answers: dict[str, list[str]] = {}
    for _, key, code in rows:
        answers.setdefault(key, []).append(code)
    return (rows[0][0] if rows else None), answers
