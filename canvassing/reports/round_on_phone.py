"""A round as a phone keeps it: its doors in walking order, who lives there, and words.

In a fixed number of queries, and small: what is false or empty is left out. No date of
birth, no elector number, no phone number.
"""
# ruff: noqa: S608 - the statements are put together from constants of ours

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, cast

from django.db import connection
from django.db.models import Count, F, Q

from campaigns.clock import day_of
from campaigns.models import Campaign, Candidate, ControllerKind
from campaigns.reports.imprints import shown_imprint
from campaigns.reports.polling_stations import stations_by_district
from canvassing.access import is_left_alone
from canvassing.models import (
    CanvassRound,
    FieldPhone,
    OutcomeCode,
    RoundIssue,
    RoundKnocker,
    Script,
)
from canvassing.reports.codes import answers_in_use, codes_of
from canvassing.reports.door_words import say_of
from canvassing.reports.phone_script import script_of
from canvassing.reports.round_changes import first_cursor
from canvassing.reports.round_people import DOORS, OBJECTS, OF_ROUND, SHOWN
from canvassing.reports.whom_to_see import parameters_of, to_see

PROTOCOL: Final = 1

HOUSES: Final = f"""
SELECT a.id AS address, dense_rank() OVER (ORDER BY a.building_key) AS building,
       a.street, a.number, a.flat, a.printed AS line, a.postcode,
       a.latitude, a.longitude, note.text AS note, wish.since, p.code AS station
FROM {DOORS}
LEFT JOIN campaigns_pollingdistrict p ON p.id = a.polling_district_id
WHERE {OF_ROUND}
ORDER BY d.position, a.id
"""
PEOPLE: Final = f"""
SELECT d.address_id AS address, e.id,
       concat_ws(' ', nullif(e.forename, ''), nullif(e.surname, '')) AS name,
       coalesce({{to_see}}, false) AS to_see,
       e.attains_on <= %(poll_on)s AS first_vote,
       s.votes_by IN (1, 3) AS postal, s.votes_by IN (2, 3) AS proxy,
       s.no_contact & 1 = 1 AS do_not_knock, s.pledged,
       s.voted_at IS NOT NULL AS voted, s.posted, {OBJECTS} AS no_opinions,
       c.uuid, c.effective_at, o.code AS outcome,
       CASE WHEN NOT {OBJECTS} THEN i.code END AS intention,
       coalesce(v.name, c.by_label) AS by
FROM {SHOWN}
LEFT JOIN canvassing_contact c ON c.id = s.last_contact_id
LEFT JOIN canvassing_outcomecode o ON o.id = c.outcome_id
LEFT JOIN canvassing_intentioncode i ON i.id = c.intention_id
LEFT JOIN volunteers_volunteer v ON v.id = c.spoke_id
WHERE {OF_ROUND}
ORDER BY d.position, e.id
"""
SAID_OF_PEOPLE: Final = (
    "id",
    "name",
    "to_see",
    "first_vote",
    "postal",
    "proxy",
    "do_not_knock",
    "pledged",
    "voted",
    "posted",
    "no_opinions",
)


def round_on_phone(phone: FieldPhone, *, at: datetime) -> dict[str, Any]:
    """What `GET /field/round/` answers (docs/field-protocol.md)."""
    issue, campaign = phone.issue, phone.campaign
    canvass_round = _round_of(phone)
    left_alone = is_left_alone(phone)
    theirs = Q(issue__phones__volunteer=F("volunteer"), issue__phones__closed_at=None)
    knockers = list(
        RoundKnocker.objects.filter(issue=issue, left_at=None)
        .select_related("volunteer")
        .annotate(phones=Count("issue__phones", filter=theirs))
        .order_by("pk")
    )
    return {
        "protocol": PROTOCOL,
        "server_now": at.isoformat(),
        "expires_at": issue.expires_at.isoformat(),
        "cursor": first_cursor(at),
        "issue": {
            "id": issue.pk,
            "kind": issue.kind,
            "issued_at": issue.issued_at.isoformat(),
        },
        "round": {
            "id": canvass_round.pk,
            "name": canvass_round.name,
            "ward": canvass_round.ward.name,
            "whom_to_see": canvass_round.whom_to_see,
        },
        "campaign": _campaign(campaign),
        "you": _you(phone, knockers),
        "knockers": [_knocker(one) for one in knockers],
        "codes": _codes(campaign, at=at),
        "script": script_of(campaign, chosen=_script_chosen(issue)),
        "say": say_of(campaign, at=at),
        "stations": _stations(campaign, phone),
        "left_alone": left_alone,
        "doors": [] if left_alone else _doors(phone),
    }


def _round_of(phone: FieldPhone) -> CanvassRound:
    return cast(CanvassRound, phone.issue.round)


def _script_chosen(issue: RoundIssue) -> Script | None:
    return issue.session.script if issue.session else None


def _campaign(campaign: Campaign) -> dict[str, Any]:
    ours = Candidate.objects.filter(campaign=campaign, is_ours=True).order_by(
        "position"
    )
    candidate = ours.first()
    organisation = campaign.organisation
    return {
        "name": campaign.name,
        "candidate": candidate.name if candidate else "",
        "organisation": organisation.name,
        "poll_on": campaign.election.poll_on.isoformat(),
        "pledge_word": campaign.pledge_word,
        "asks_second_preference": campaign.asks_second_preference,
        "may_keep_opinions": organisation.controller_kind == ControllerKind.PARTY,
        "imprint": shown_imprint(campaign),
    }


def _you(phone: FieldPhone, knockers: Iterable[RoundKnocker]) -> dict[str, Any]:
    own = (one for one in knockers if one.volunteer_id == phone.volunteer_id)
    return {
        "volunteer": phone.volunteer_id,
        "name": phone.volunteer.name,
        "knocker": next((str(one.uuid) for one in own), ""),
    }


def _knocker(knocker: Any) -> dict[str, Any]:
    """With `phones`, which the query counted."""
    sent_at = knocker.sent_at
    return _said(
        {
            "uuid": str(knocker.uuid),
            "name": knocker.volunteer.name,
            "address": knocker.address_id,
            "sent_at": sent_at.isoformat() if sent_at else None,
            "under_18": knocker.volunteer.is_under_18,
            "phones": knocker.phones,
        }
    )


def _codes(campaign: Campaign, *, at: datetime) -> dict[str, Any]:
    """Those in use, outcomes in the campaign's own order."""
    meanings = codes_of(campaign)
    outcomes = OutcomeCode.objects.filter(campaign=campaign, retired_at=None)
    candidates = Candidate.objects.filter(campaign=campaign)
    return {
        "outcomes": [
            {
                "code": one.code,
                "label": one.label,
                "kind": one.kind,
                "spoken": one.counts_as_spoken,
            }
            for one in outcomes.order_by("position", "code")
        ],
        "intentions": [
            {
                "code": one.code,
                "label": one.label,
                "kind": one.kind,
                "pledge": one.counts_as_pledge,
                "spoken": one.counts_as_spoken,
                "ours": meanings.intentions[one.code].names_us,
            }
            for one in answers_in_use(campaign)
        ],
        "candidates": [
            {
                "id": one.pk,
                "name": one.name,
                "party": one.party,
                "ours": one.is_ours,
            }
            for one in candidates.order_by("position", "name")
        ],
    }


def _stations(campaign: Campaign, phone: FieldPhone) -> dict[str, str]:
    """Where the people of each polling district of the ward's council vote."""
    return stations_by_district(
        organisation_id=campaign.organisation_id,
        election_id=campaign.election_id,
        council_id=_round_of(phone).ward.council_id,
    )


def _doors(phone: FieldPhone) -> list[dict[str, Any]]:
    of_round = parameters_of(phone.campaign) | {"round": phone.issue.round_id}
    people: dict[int, list[dict[str, Any]]] = {}
    statement = PEOPLE.format(to_see=to_see(_round_of(phone).whom_to_see))
    poll_on = phone.campaign.election.poll_on
    for row in _rows(statement, **of_round, poll_on=poll_on):
        people.setdefault(row["address"], []).append(_person(row))
    return [
        _door(row, people.get(row["address"], [])) for row in _rows(HOUSES, **of_round)
    ]


def _door(row: dict[str, Any], people: list[dict[str, Any]]) -> dict[str, Any]:
    since = row.pop("since")
    wish = day_of(since).isoformat() if since else ""
    return _said({**row, "do_not_knock": wish}) | {"electors": [] if wish else people}


def _person(row: dict[str, Any]) -> dict[str, Any]:
    last = row["uuid"] and _said(
        {
            "uuid": str(row["uuid"]),
            "at": row["effective_at"].isoformat(),
            "outcome": row["outcome"],
            "intention": row["intention"],
            "by": row["by"],
        }
    )
    return _said({**{name: row[name] for name in SAID_OF_PEOPLE}, "last": last})


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is false or empty."""
    return {name: value for name, value in values.items() if value}


def _rows(statement: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))
