"""The four people at one campaign's money: each at a desk of their own."""

from dataclasses import dataclass

from campaigns.models import Campaign, User
from campaigns.roles import Role
from tests.cast import give_role, make_user
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
    """The candidate by the name on the ballot paper, and three who may serve another
    campaign as well."""
    ours = campaign.candidates.filter(is_ours=True).order_by("position")
    known: dict[str, str] = {}  # what one found, the others need not look for

    def desk(name: str, role: Role) -> Desk:
        user = User.objects.filter(name=name).first() or make_user(name)
        give_role(user, role, campaign)
        return Desk(user, campaign, known)

    return Team(
        campaign,
        organiser=desk("Olive Organiser", Role.ORGANISER),
        treasurer=desk("Trudy Treasurer", Role.TREASURER),
        agent=desk("Agnes Agent", Role.AGENT),
        candidate=desk(ours[0].name, Role.CANDIDATE),
    )
