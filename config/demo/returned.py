"""A draft of the mayor's return, for which nobody has signed yet."""

from datetime import datetime

from campaigns.actions.returns import make_return
from campaigns.models import Campaign, Organisation, ReturnVersion
from config.demo import cast
from config.demo.helpers import actor_of


def draft_return(organisation: Organisation, now: datetime) -> None:
    """Once; later versions are made on the page."""
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    if not ReturnVersion.objects.filter(campaign=campaign).exists():
        agent = actor_of(cast.AGENTS[cast.MAYOR], at=now)
        make_return(campaign=campaign, by=agent, at=now)
