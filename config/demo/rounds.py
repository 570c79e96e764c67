"""The rounds of the two wards in which the demo knocks on doors."""

from datetime import datetime
from typing import Final

from campaigns.clock import UK
from campaigns.models import Campaign, Organisation, Ward
from canvassing.actions.rounds import cut_rounds
from canvassing.models import CanvassRound
from config.demo import cast
from config.demo.helpers import actor_of

CUT_AT: Final = datetime(2024, 4, 22, 18, 0, tzinfo=UK)
CUT_UP: Final = (
    (cast.MAYOR, cast.FRIAR_PARK),
    (cast.MAYOR, cast.SHARD_END),
    (cast.BY_ELECTION, cast.FRIAR_PARK),
)


def cut_wards(organisation: Organisation) -> None:
    """Once: a second load finds them."""
    if CanvassRound.objects.of(organisation).exists():
        return
    for slug, gss in CUT_UP:
        cut_rounds(
            campaign=Campaign.objects.get(slug=slug),
            ward=Ward.objects.get(gss=gss),
            by=actor_of(cast.ORGANISER, at=CUT_AT),
            at=CUT_AT,
        )
