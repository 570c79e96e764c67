"""What a side printed at the mayor’s committee room costs in the demo."""

from datetime import datetime
from decimal import Decimal
from typing import Final

from campaigns.actions.printing import set_printing_price
from campaigns.clock import UK
from campaigns.models import Campaign, Organisation
from config.demo import cast
from config.demo.helpers import actor_of

SET_AT: Final = datetime(2024, 4, 16, 9, 30, tzinfo=UK)


def price_prints(organisation: Organisation, now: datetime) -> None:
    """Once; what was typed over it since stays."""
    campaign = Campaign.objects.of(organisation).get(slug=cast.MAYOR)
    if now < SET_AT or campaign.printing_supplier:
        return
    set_printing_price(
        campaign=campaign,
        price=Decimal("0.04"),
        supplier="Inkwell Stationers",
        supplier_address="9 Inkwell Yard, Birmingham BM3 0AA",
        by=actor_of(cast.AGENTS[cast.MAYOR], at=SET_AT),
        at=SET_AT,
    )
