"""Polling day as told at the stations: who has voted by a moment of the day."""

from datetime import datetime, time, timedelta
from random import Random

from campaigns.clock import UK
from campaigns.models import Campaign, Organisation
from canvassing.actions.voted_marks import mark_voted
from canvassing.models import ElectorStanding, VotesBy
from config.demo import cast
from config.demo.calendar import POLL
from config.demo.helpers import actor_of

OPENS = datetime.combine(POLL, time(7), UK)
CLOSES = datetime.combine(POLL, time(22), UK)
SLIP = timedelta(minutes=30)
# What tellers catch of a thousand who vote in person, hour by hour from 7 o'clock.
TOLD_AN_HOUR = (22, 30, 27, 18, 14, 12, 15, 14, 12, 14, 19, 26, 29, 24, 14)
TOLD_BY = {
    cast.FRIAR_PARK: (cast.BY_ELECTION, cast.TELLER),
    cast.SHARD_END: (cast.MAYOR, cast.ORGANISER),
    cast.BLAKENALL: (cast.MAYOR, cast.ORGANISER),
}


def mark_those_told(organisation: Organisation, *, now: datetime) -> None:
    """Type in the slips of each half hour that is over; again changes nothing."""
    campaigns = {found.slug: found for found in Campaign.objects.of(organisation)}
    for ward, (slug, helper) in TOLD_BY.items():
        coming = voters_in_turn(campaigns[slug], ward)
        thousands = len(coming) / 1000
        at = OPENS + SLIP
        while at <= min(now, CLOSES):
            hour = (at - OPENS - SLIP) // timedelta(hours=1)
            told = round(TOLD_AN_HOUR[hour] / 2 * thousands)
            slip, coming = coming[:told], coming[told:]
            by = actor_of(helper, at=at)
            mark_voted(slip, by=by, at=at, campaign=campaigns[slug], source="teller")
            at += SLIP


def voters_in_turn(campaign: Campaign, ward: str) -> list[int]:
    """Who votes in person, in the order in which they come: pledges come more often."""
    rows = list(
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__gss=ward, is_current=True)
        .filter(is_anonymous=False, votes_by=VotesBy.IN_PERSON, eligible=1)
        .order_by("walk_position", "elector_id")
        .values_list("elector_id", "pledged")
    )
    dice = Random(ward)  # noqa: S311 - must repeat
    turn = {elector: dice.random() / (6 if pledged else 1) for elector, pledged in rows}
    return sorted(turn, key=lambda elector: turn[elector])
