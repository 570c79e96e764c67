"""A leaflet round goes out by a link, with the copies for it, to somebody's phone."""

from datetime import datetime

from django.db import transaction

from campaigns.access import Actor
from canvassing.actions.leaflet_rounds import refuse_closed
from canvassing.actions.leaflet_stock import hand_out_leaflets, refuse_deliverer
from canvassing.actions.round_issues import put_out
from canvassing.models import IssueKind, LeafletRound, RoundIssue
from canvassing.reports.leaflets import with_deliverer
from volunteers.models import Volunteer


@transaction.atomic
def issue_leaflet_round(
    leaflet_round: LeafletRound,
    *,
    volunteer: Volunteer | None,
    copies: int,
    by: Actor,
    at: datetime,
    expires_at: datetime,
) -> RoundIssue:
    """Send a leaflet round out by a link, to one volunteer or, with none, to whoever
    has it, and hand out so many copies with it: none where enough are with it already.

    Refused: as `put_out`, `hand_out_leaflets`, whose audits it has, and
    `refuse_deliverer`; a closed campaign; no copies where none are with it.
    """
    refuse_closed(leaflet_round.campaign)
    if volunteer:
        refuse_deliverer(leaflet_round, volunteer)
    kind = IssueKind.VOLUNTEER if volunteer else IssueKind.MEETING_POINT
    # Before its leaflet: a phone that sends locks the issue first, too.
    issue = put_out(
        RoundIssue(leaflet_round=leaflet_round, kind=kind),
        volunteer=volunteer,
        by=by,
        at=at,
        expires_at=expires_at,
    )
    if copies or with_deliverer(leaflet_round) == 0:
        hand_out_leaflets(
            leaflet_round, deliverer=volunteer, copies=copies, by=by, at=at
        )
    return issue
