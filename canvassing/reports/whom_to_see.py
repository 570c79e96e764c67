"""Whom a round is to see: the SQL that says so of `canvassing_electorstanding s`."""

from typing import Any, Final

from campaigns.models import Campaign
from canvassing.models import Channel, IntentionKind, VotesBy, WhomToSee
from canvassing.reports.gotv_selection import may_contact

# Nobody is called on who has left or is hidden, is anonymous, may not vote in this
# poll, has voted, or asked, as a person or a household, for nobody to come.
AT_THE_DOOR: Final = """s.is_current AND NOT s.is_anonymous AND s.eligible <> 0
    AND s.voted_at IS NULL AND s.address_id IS NOT NULL
    AND s.no_contact = ANY(%(may_contact)s)
    AND s.household_no_contact = ANY(%(may_contact)s)"""
BY_POST: Final = f"s.votes_by IN ({VotesBy.POST}, {VotesBy.POSTAL_PROXY})"
# Nobody is asked again about a postal vote that they said is sent.
# Paper knows only the day: what came of a call counts from the day of the cut.
SINCE_CUT: Final = "date_trunc('day', r.made_at, 'Europe/London')"
CHOSEN: Final = {
    WhomToSee.ALL: "true",
    WhomToSee.NOT_SPOKEN: "s.last_spoken_at IS NULL",
    WhomToSee.PLEDGES: "s.pledged",
    WhomToSee.UNDECIDED: """NOT s.pledged AND s.intention_id IN (
        SELECT i.id FROM canvassing_intentioncode i
        WHERE i.campaign_id = s.campaign_id AND i.kind = %(undecided)s)""",
    WhomToSee.POSTAL: f"{BY_POST} AND NOT s.posted",
    WhomToSee.POSTAL_PLEDGES: f"s.pledged AND {BY_POST} AND NOT s.posted",
}


def to_see(whom: str) -> str:
    """True of an elector whom a round of this kind is to see, by now."""
    return f"({AT_THE_DOOR} AND {CHOSEN[WhomToSee(whom)]})"


def to_see_of_round() -> str:
    """The same beside `canvassing_canvassround r`, as that round was cut."""
    cases = (f"WHEN '{whom.value}' THEN {sql}" for whom, sql in CHOSEN.items())
    return f"({AT_THE_DOOR} AND CASE r.whom_to_see {' '.join(cases)} END)"


def parameters_of(campaign: Campaign) -> dict[str, Any]:
    """What the conditions name."""
    return {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "may_contact": may_contact(Channel.DOOR),
        "undecided": IntentionKind.UNDECIDED.value,
    }
