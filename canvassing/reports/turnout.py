"""Who voted at earlier polls of the organisation, as far as voted marks tell."""
# ruff: noqa: S608 - the statements are put together from constants of this module

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Max

from campaigns.models import Campaign
from canvassing.models import VotedMark
from canvassing.rules.gotv import RuleRefused
from canvassing.rules.gotv_sentences import day

MARKED: Final = """EXISTS (
    SELECT FROM canvassing_votedmark v
    WHERE v.organisation_id = s.organisation_id AND v.poll_on = ANY({polls}::date[])
      AND v.elector_id = s.elector_id AND v.withdrawn_at IS NULL)"""
# No mark says that somebody stayed at home only where others of their district are
# marked, and they were old enough by then, and on our register where we hold one of
# that time.
STAYED_AT_HOME: Final = """(s.polling_district_id = ANY({marked}::bigint[])
    AND NOT {is_marked}
    AND NOT EXISTS (SELECT FROM campaigns_elector young
        WHERE young.id = s.elector_id AND young.attains_on > {poll})
    AND (s.polling_district_id <> ALL({registered}::bigint[]) OR EXISTS (
        SELECT FROM campaigns_registerentry r
        JOIN campaigns_registeredition o ON o.id = r.from_edition_id
        WHERE r.organisation_id = s.organisation_id AND r.elector_id = s.elector_id
          AND o.published_on <= {poll})))"""
# The campaign's districts in which somebody is marked, and whether we hold a register
# of their council from before the poll.
DISTRICTS: Final = f"""
SELECT d.id, EXISTS (
    SELECT FROM campaigns_registeredition o
    WHERE o.organisation_id = d.organisation_id AND o.council_id = d.council_id
      AND o.published_on <= %(poll)s)
FROM campaigns_pollingdistrict d
JOIN campaigns_campaign_wards w ON w.ward_id = d.ward_id
     AND w.campaign_id = %(campaign)s
WHERE d.organisation_id = %(organisation)s AND EXISTS (
    SELECT FROM canvassing_electorstanding s
    WHERE s.organisation_id = d.organisation_id AND s.campaign_id = %(campaign)s
      AND s.ward_id = d.ward_id AND s.polling_district_id = d.id
      AND {MARKED.format(polls="ARRAY[%(poll)s]")})
"""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Conditions on `canvassing_electorstanding s`, and the parameters they name."""

    conditions: tuple[str, ...]
    parameters: dict[str, Any]


def earlier_polls(campaign: Campaign) -> list[date]:
    """Days of polls before the campaign's of which we hold marks, the latest first."""
    marks = VotedMark.objects.of(campaign.organisation_id).filter(withdrawn_at=None)
    polls: list[date] = []
    poll: date | None = campaign.election.poll_on
    while poll := marks.filter(poll_on__lt=poll).aggregate(at=Max("poll_on"))["at"]:
        polls.append(poll)
    return polls


def turnout(
    campaign: Campaign, *, voted_on: Sequence[date], not_voted_on: Sequence[date]
) -> Turnout:
    """Marked at one of the polls of `voted_on`, known to have stayed at home at one of
    `not_voted_on`. Refused: a day that is no earlier poll of which we hold marks."""
    for poll in (*voted_on, *not_voted_on):
        _refuse_unknown(campaign, poll)
    conditions = []
    parameters: dict[str, Any] = {}
    if voted_on:
        parameters["voted_on"] = list(voted_on)
        conditions.append(MARKED.format(polls="%(voted_on)s"))
    if not_voted_on:
        at_home = (
            _stayed_at_home(campaign, poll, f"poll_{n}", parameters)
            for n, poll in enumerate(not_voted_on)
        )
        conditions.append(f"({' OR '.join(at_home)})")
    return Turnout(tuple(conditions), parameters)


def _stayed_at_home(
    campaign: Campaign, poll: date, name: str, parameters: dict[str, Any]
) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            DISTRICTS,
            {
                "organisation": campaign.organisation_id,
                "campaign": campaign.pk,
                "poll": poll,
            },
        )
        districts = dict(cursor.fetchall())
    parameters |= {
        name: poll,
        f"{name}_marked": list(districts),
        f"{name}_registered": [pk for pk, is_held in districts.items() if is_held],
    }
    return STAYED_AT_HOME.format(
        is_marked=MARKED.format(polls=f"ARRAY[%({name})s]"),
        poll=f"%({name})s",
        marked=f"%({name}_marked)s",
        registered=f"%({name}_registered)s",
    )


def _refuse_unknown(campaign: Campaign, poll: date) -> None:
    if poll >= campaign.election.poll_on:
        raise RuleRefused("poll", f"{day(poll)} is not the day of an earlier poll.")
    marks = VotedMark.objects.of(campaign.organisation_id)
    if not marks.filter(poll_on=poll, withdrawn_at=None).exists():
        raise RuleRefused("poll", f"We do not know who voted on {day(poll)}.")
