"""What was answered as a table: a row for each contact, a column for each question."""
# ruff: noqa: S608 - the statements are put together from constants of ours

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from campaigns.models import Campaign
from campaigns.rules.spreadsheets import safe_sql
from canvassing.models import Question, Script
from canvassing.rules.scripts import OWN_ANSWERS

# Contacts that nothing took the place of, of people who can be seen: nobody who left,
# was hidden or erased, or objected to our keeping what they think.
ROWS: Final = """
canvassing_contact c
JOIN canvassing_electorstanding s ON s.organisation_id = c.organisation_id
     AND s.campaign_id = c.campaign_id AND s.elector_id = c.elector_id
WHERE c.organisation_id = %(organisation)s AND c.campaign_id = %(campaign)s
  AND c.outcome_id IS NOT NULL AND c.erased_at IS NULL
  AND s.is_current AND NOT s.is_anonymous
  AND (%(ward)s::bigint IS NULL OR s.ward_id = %(ward)s)
  AND c.id IN (SELECT a.contact_id FROM canvassing_answer a
               WHERE a.organisation_id = %(organisation)s
                 AND a.question_id = ANY(%(questions)s::bigint[]))
  AND NOT EXISTS (SELECT FROM canvassing_contact later
                  WHERE later.organisation_id = c.organisation_id
                    AND later.corrects = c.uuid)
  AND NOT EXISTS (SELECT FROM canvassing_viewsobjection o
                  WHERE o.organisation_id = c.organisation_id
                    AND o.elector_id = c.elector_id AND o.lifted_at IS NULL)
"""
TABLE: Final = f"""
SELECT {{columns}}
FROM (SELECT c.*, s.ward_id, s.polling_district_id, s.address_id FROM {ROWS}) c
JOIN campaigns_elector e ON e.organisation_id = c.organisation_id
     AND e.id = c.elector_id
LEFT JOIN campaigns_address h ON h.id = c.address_id
LEFT JOIN campaigns_pollingdistrict d ON d.id = c.polling_district_id
JOIN campaigns_ward w ON w.id = c.ward_id
JOIN canvassing_outcomecode outcome ON outcome.id = c.outcome_id
LEFT JOIN canvassing_intentioncode i ON i.id = c.intention_id
LEFT JOIN canvassing_intentioncode l ON l.id = c.voted_last_time_id
LEFT JOIN campaigns_candidate p ON p.id = c.second_preference_id
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(one.place, one.labels) AS labels
    FROM (
        SELECT asked.place, string_agg(
            coalesce(option.value ->> 'label', a.code), '; ' ORDER BY option.place
        ) AS labels
        FROM canvassing_answer a
        JOIN unnest(%(questions)s::bigint[], %(places)s::int[])
             AS asked (question, place) ON asked.question = a.question_id
        JOIN canvassing_question q ON q.id = a.question_id
        LEFT JOIN LATERAL jsonb_array_elements(q.options)
             WITH ORDINALITY AS option (value, place)
             ON option.value ->> 'code' = a.code
        WHERE a.organisation_id = c.organisation_id AND a.contact_id = c.id
        GROUP BY asked.place
    ) one
) given
ORDER BY c.effective_at, c.id
"""
YES_NO: Final = "CASE {0} WHEN true THEN 'yes' WHEN false THEN 'no' END"
# What a row says beside the answers: what each is called, and the SQL of it.
COLUMNS: Final = {
    "contact": "c.uuid",
    "said_at": """to_char(c.effective_at AT TIME ZONE 'Europe/London',
                          'YYYY-MM-DD HH24:MI')""",
    "channel": "c.channel",
    "elector": "c.elector_id",
    "ward": "w.gss",
    "ward_name": safe_sql("w.name"),
    "polling_district": safe_sql("d.code"),
    "elector_number": safe_sql("e.elector_number"),
    "forename": safe_sql("e.forename"),
    "surname": safe_sql("e.surname"),
    "postcode": safe_sql("h.postcode"),
    "outcome": safe_sql("outcome.label"),
    "intention": safe_sql("i.label"),
    "pledge": YES_NO.format("coalesce(c.pledge, i.counts_as_pledge)"),
    "second_preference": safe_sql("p.name"),
    "voted_last_time": safe_sql("l.label"),
    "postal_vote_sent": YES_NO.format("c.posted"),
}


@dataclass(frozen=True, slots=True)
class AnswersTable:
    """The query of a table and its columns; `rows` is what it reads from."""

    query: str
    columns: tuple[str, ...]
    parameters: dict[str, Any]

    def people(self) -> int:
        """How many electors it shows."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(DISTINCT c.elector_id) FROM {ROWS}", self.parameters
            )
            return int(cursor.fetchone()[0])


def scripts_asked(campaign: Campaign) -> list[str]:
    """The names of scripts that have or had questions of their own, in order."""
    asked = Script.objects.filter(
        campaign=campaign, questions__kind__in=OWN_ANSWERS
    ).exclude(published_at=None)
    return list(asked.order_by("name").values_list("name", flat=True).distinct())


def answers_table(
    campaign: Campaign, *, script: str = "", ward_id: int | None = None
) -> AnswersTable:
    """Of all versions of the script of that name, or of every script; of one ward, or
    of all. A question that several versions ask is one column, by its newest words."""
    questions = _questions(campaign, script)
    places: dict[tuple[str, str], int] = {}
    for one in questions:
        places.setdefault(_column(one), len(places))
    answers = [safe_sql(f"(given.labels ->> '{place}')") for place in places.values()]
    return AnswersTable(
        query=TABLE.format(columns=", ".join([*COLUMNS.values(), *answers])),
        columns=(*COLUMNS, *_headings(questions)),
        parameters={
            "organisation": campaign.organisation_id,
            "campaign": campaign.pk,
            "ward": ward_id,
            "questions": [one.pk for one in questions],
            "places": [places[_column(one)] for one in questions],
        },
    )


def _questions(campaign: Campaign, script: str) -> Sequence[Question]:
    """The newest first, as they are asked."""
    found = Question.objects.filter(
        script__campaign=campaign, kind__in=OWN_ANSWERS
    ).exclude(script__published_at=None)
    if script:
        found = found.filter(script__name=script)
    return list(
        found.select_related("script").order_by(
            "-script__published_at", "-script_id", "position"
        )
    )


def _column(question: Question) -> tuple[str, str]:
    """Versions of a script ask the same question under the same key."""
    return question.script.name, question.key


def _headings(questions: Sequence[Question]) -> list[str]:
    """The newest words of each question, and where two scripts ask the same, which."""
    texts: dict[tuple[str, str], str] = {}
    for one in questions:
        texts.setdefault(_column(one), one.text)
    words = [*COLUMNS, *texts.values()]
    return [
        text if words.count(text) == 1 else f"{text} ({script}: {key})"
        for (script, key), text in texts.items()
    ]
