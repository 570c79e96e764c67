"""Voted marks: this elector has voted today, for every campaign polling today."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.roles import Capability
from campaigns.rules.refusals import Refusal

SOURCE = "typed"


class VotedMarkRefused(Refusal):
    """The sender may not mark who has voted in this campaign."""


# Only electors of the campaign, and of the sender's wards, can be marked by it.
MARK = """
INSERT INTO canvassing_votedmark
    (organisation_id, poll_on, elector_id, marked_at, source, by_kind, by_id, by_label)
SELECT s.organisation_id, %(poll_on)s, s.elector_id, %(at)s, %(source)s,
       %(by_kind)s, %(by_id)s, %(by_label)s
FROM canvassing_electorstanding s
WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
  AND s.elector_id = ANY(%(electors)s::bigint[])
  AND (%(wards)s::bigint[] IS NULL OR s.ward_id = ANY(%(wards)s::bigint[]))
ON CONFLICT DO NOTHING
RETURNING elector_id
"""
WITHDRAW = """
UPDATE canvassing_votedmark v
SET withdrawn_at = %(at)s
FROM canvassing_electorstanding s
WHERE v.organisation_id = %(organisation)s AND v.poll_on = %(poll_on)s
  AND v.elector_id = ANY(%(electors)s::bigint[]) AND v.withdrawn_at IS NULL
  AND s.organisation_id = v.organisation_id AND s.campaign_id = %(campaign)s
  AND s.elector_id = v.elector_id
  AND (%(wards)s::bigint[] IS NULL OR s.ward_id = ANY(%(wards)s::bigint[]))
RETURNING v.elector_id
"""
# The mark that stands, on the rows of every campaign of the organisation that polls
# that day.
SHOW = """
WITH shown AS MATERIALIZED (
    SELECT s.campaign_id, s.elector_id, v.marked_at
    FROM canvassing_electorstanding s
    JOIN campaigns_campaign c ON c.id = s.campaign_id
    JOIN campaigns_election p ON p.id = c.election_id AND p.poll_on = %(poll_on)s
    LEFT JOIN canvassing_votedmark v ON v.organisation_id = s.organisation_id
         AND v.poll_on = %(poll_on)s AND v.elector_id = s.elector_id
         AND v.withdrawn_at IS NULL
    WHERE s.organisation_id = %(organisation)s
      AND c.organisation_id = s.organisation_id
      AND s.elector_id = ANY(%(electors)s::bigint[])
    ORDER BY s.elector_id, s.campaign_id
    FOR NO KEY UPDATE OF s
)
UPDATE canvassing_electorstanding s
SET voted_at = shown.marked_at
FROM shown
WHERE s.organisation_id = %(organisation)s
  AND s.campaign_id = shown.campaign_id AND s.elector_id = shown.elector_id
"""


@transaction.atomic
def mark_voted(
    electors: Collection[int],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    source: str = SOURCE,
) -> set[int]:
    """Mark electors of the campaign as having voted at its poll.

    Returns those newly marked; who is marked already, or is not in a ward of the
    sender's, is passed over. Audit verb: `voted.marked`.
    """
    return _change(
        MARK, "voted.marked", electors, by=by, at=at, campaign=campaign, source=source
    )


@transaction.atomic
def withdraw_voted(
    electors: Collection[int], *, by: Actor, at: datetime, campaign: Campaign
) -> set[int]:
    """Take marks back that were made in error; returns whose were. The rows stay.

    Audit verb: `voted.withdrawn`.
    """
    return _change(
        WITHDRAW, "voted.withdrawn", electors, by=by, at=at, campaign=campaign
    )


def _change(
    statement: str,
    verb: str,
    electors: Collection[int],
    *,
    by: Actor,
    at: datetime,
    campaign: Campaign,
    **values: str,
) -> set[int]:
    poll_on: date = campaign.election.poll_on
    parameters = {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "poll_on": poll_on,
        "at": at,
        "electors": sorted(electors),
        "wards": _reach(by, campaign),
        "by_kind": by.kind,
        "by_id": by.id,
        "by_label": by.label,
        **values,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        changed = {elector for (elector,) in cursor.fetchall()}
        cursor.execute(SHOW, parameters | {"electors": sorted(changed)})
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        electors=len(changed),
    )
    return changed


def _reach(by: Actor, campaign: Campaign) -> list[int] | None:
    """The wards in which `by` may mark; None for all. Refused: none at all."""
    if not by.can(
        Capability.MARK_VOTED,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    ):
        raise VotedMarkRefused("not_allowed", "You may not mark who has voted here.")
    wards = by.ward_ids(Capability.MARK_VOTED, campaign=campaign)
    return None if wards is None else sorted(wards)
