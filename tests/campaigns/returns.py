"""A return that is ready to be made, for every test about it."""

from datetime import date, datetime
from typing import Any

from campaigns.actions.returns import file_return, make_return, sign_return
from campaigns.models import Campaign, Declarant, ReturnDeclaration, ReturnVersion, User
from campaigns.reports.campaign_deadlines import campaign_deadlines
from campaigns.reports.return_checks import Check, return_checks
from campaigns.reports.return_form import SpendingReturn
from tests.campaigns.purchases import commit, notice
from tests.cast import UK, actor

# The result was declared on 4 May 2024; the return is due on 10 June.
MADE_AT = datetime(2024, 6, 4, 10, 0, tzinfo=UK)
FILED_AT = datetime(2024, 6, 5, 15, 0, tzinfo=UK)


def ready_books(campaign: Campaign) -> Campaign:
    """One expense of £900.00, an agent, and the day of the result."""
    notice(campaign)
    commit(campaign, "900.00")
    campaign.agent_name = "Agnes Agent"
    campaign.result_declared_on = date(2024, 5, 4)
    campaign.save()
    return campaign


def checks_of(
    campaign: Campaign, made: SpendingReturn, *, at: datetime
) -> tuple[Check, ...]:
    """What a page would say is to be looked at."""
    return return_checks(campaign, made, at=at, deadlines=campaign_deadlines(campaign))


def make(
    campaign: Campaign, agent: User, *, at: datetime = MADE_AT, **said: Any
) -> ReturnVersion:
    return make_return(campaign=campaign, by=actor(agent), at=at, **said)


def sign(
    version: ReturnVersion,
    user: User,
    declarant: str = Declarant.AGENT,
    **said: Any,
) -> ReturnDeclaration:
    said.setdefault(
        "name", "Agnes Agent" if declarant == Declarant.AGENT else "Rowan Ash"
    )
    said.setdefault("at", FILED_AT)
    return sign_return(version, declarant=declarant, by=actor(user), **said)


def file(version: ReturnVersion, agent: User, **said: Any) -> ReturnVersion:
    said.setdefault("filed_on", date(2024, 6, 5))
    said.setdefault("filed_how", "The returning officer, by hand")
    said.setdefault("at", FILED_AT)
    return file_return(version, by=actor(agent), **said)
