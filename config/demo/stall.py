"""This morning's street stall, with a link for helpers who have no account."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from campaigns.models import Campaign, Organisation, Ward
from canvassing.access import actor_of_helper
from canvassing.actions.joining import Newcomer, invitation_of, join
from canvassing.actions.stall_finds import Visit
from canvassing.actions.stall_links import link_secret, open_link
from canvassing.actions.stall_talks import StallSaid, file_at_stall
from canvassing.actions.stalls import open_stall
from canvassing.models import ElectorStanding, OutcomeKind, StallHelper, StallLink
from canvassing.reports.codes import outcome_of_kind
from config.demo import cast
from config.demo.helpers import actor_of
from config.demo.talk import Speaker
from volunteers.models import Volunteer

NAME: Final = "Market stall, Friar Park"
BEGAN: Final = timedelta(minutes=50)
# The link of the tour goes on working as the demo's clock runs.
OPEN_FOR: Final = timedelta(days=9)
MET: Final = 5


def open_market_stall(organisation: Organisation, *, now: datetime) -> None:
    """Once: the stall, its link, and a helper who has met a few people."""
    if StallLink.objects.of(organisation).exists():
        return
    campaign = Campaign.objects.select_related("organisation", "election").get(
        slug=cast.MAYOR
    )
    began, by = now - BEGAN, actor_of(cast.ORGANISER, at=now)
    stall = open_stall(
        campaign=campaign,
        name=NAME,
        meeting_point="Outside the library",
        by=by,
        at=began,
    )
    link = open_link(
        stall,
        wards=[Ward.objects.get(gss=cast.FRIAR_PARK)],
        expires_at=now + OPEN_FOR,
        by=by,
        at=began,
    )
    _meet(_helper(link, at=began), Speaker(campaign), at=began)


def _helper(link: StallLink, *, at: datetime) -> StallHelper:
    """One of those who gave a mobile number, and is not on the doors today."""
    volunteers = Volunteer.objects.of(link.organisation_id).exclude(mobile="")
    helper = volunteers.filter(is_under_18=False, stood_down_at=None).latest("pk")
    newcomer = Newcomer(
        name=helper.name,
        mobile=helper.mobile,
        promised=True,
        is_18=True,
        code=link.session.short_code,
        caller="127.0.0.1",
    )
    joined = join(invitation_of(link_secret(link)), newcomer, at=at)
    return StallHelper.objects.select_related(
        "link__session__campaign", "volunteer"
    ).get(link=link, volunteer=joined.volunteer)


def _meet(helper: StallHelper, speaker: Speaker, *, at: datetime) -> None:
    """Some come up and talk, every eight minutes."""
    campaign = helper.link.session.campaign
    spoken = outcome_of_kind(OutcomeKind.SPOKEN, campaign_id=campaign.pk)
    there = (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, ward__gss=cast.FRIAR_PARK, last_contact=None)
        .filter(is_current=True, is_anonymous=False, eligible=1, no_contact=0)
        .order_by("elector_id")
    )
    answers = [speaker.pledged, speaker.leaning, "U", speaker.pledged, ""]
    electors = there.values_list("elector_id", flat=True)[:MET]
    for nth, (elector, answer) in enumerate(zip(electors, answers, strict=False)):
        met = at + timedelta(minutes=8 * nth + 6)
        file_at_stall(
            Visit.of(elector),
            StallSaid(spoken, intention=answer),
            helper=helper,
            by=actor_of_helper(helper),
            at=met,
        )


class StallsLink(NamedTuple):
    """The address by which one joins the stall, and its code."""

    path: str
    code: str


def stalls_link() -> StallsLink | None:
    link = StallLink.objects.filter(session__name=NAME, closed_at=None)
    found = link.select_related("session").first()
    if found is None:
        return None
    return StallsLink(f"/field/join#{link_secret(found)}", found.session.short_code)
