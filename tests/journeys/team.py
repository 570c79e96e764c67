"""The four people at one campaign's money: each at a desk of their own."""

from dataclasses import dataclass

from campaigns.models import Campaign, Candidate
from campaigns.roles import Role
from tests.cast import member
from tests.journeys.agents_desk import Desk, stand_on


@dataclass(frozen=True)
class Team:
    campaign: Campaign
    organiser: Desk
    treasurer: Desk
    agent: Desk
    candidate: Desk

    @property
    def desks(self) -> tuple[Desk, ...]:
        return self.organiser, self.treasurer, self.agent, self.candidate

    def on(self, day: str, hour: int = 10) -> None:
        """Everybody lives this day from now on."""
        stand_on(self.campaign.organisation, day, hour)


def team_of(campaign: Campaign) -> Team:
    """Four people with a role each, the candidate by the name on the ballot paper."""
    candidate = Candidate.objects.get(campaign=campaign, is_ours=True)
    people = {
        Role.ORGANISER: "Olive Organiser",
        Role.TREASURER: "Trudy Treasurer",
        Role.AGENT: "Agnes Agent",
        Role.CANDIDATE: candidate.name,
    }
    known: dict[str, str] = {}  # what one found, the others need not look for
    desks = {
        role: Desk(member(name, role, campaign), campaign, known)
        for role, name in people.items()
    }
    return Team(
        campaign,
        desks[Role.ORGANISER],
        desks[Role.TREASURER],
        desks[Role.AGENT],
        desks[Role.CANDIDATE],
    )
