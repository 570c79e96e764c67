"""A street in a ward, its rounds, and a round that is out."""

from datetime import timedelta
from itertools import count
from typing import Any

from campaigns.access import system
from campaigns.models import Address, Campaign, Elector, Street, Ward
from campaigns.rules.addresses import doorstep
from canvassing.actions.rounds import Cut, cut_rounds
from canvassing.models import CanvassRound, RoundDoor, RoundIssue
from tests.canvassing.list_helpers import stand
from tests.cast import NOW, make_address, make_district

_secrets = count(1)


def house(
    campaign: Campaign,
    ward: Ward,
    number: int,
    street: str = "Quarry Lane",
    flat: str = "",
    **fields: Any,
) -> Address:
    """A dwelling where the register would put it in the walk."""
    district = make_district(campaign.organisation, ward)
    its_street, _ = Street.objects.get_or_create(
        organisation=campaign.organisation,
        council=ward.council,
        key=street.upper(),
        name=street,
    )
    step = doorstep(str(number), flat, "")
    return make_address(
        district,
        street=street,
        number=str(number),
        flat=flat,
        walk_position=(its_street.pk << 41) + step,
        **fields,
    )


def home(
    campaign: Campaign, ward: Ward, number: int, street: str = "Quarry Lane", **who: Any
) -> Elector:
    """Somebody, a pledge unless it is said otherwise, in a house of their own."""
    place = {name: who.pop(name) for name in ("latitude", "longitude") if name in who}
    address = house(campaign, ward, number, street, **place)
    return stand(campaign, ward, address=address, **who)


def cut_ward(campaign: Campaign, ward: Ward, **options: Any) -> Cut:
    options.setdefault("by", system(campaign.organisation))
    return cut_rounds(campaign=campaign, ward=ward, at=NOW, **options)


def live_rounds(campaign: Campaign) -> list[CanvassRound]:
    rounds = CanvassRound.objects.filter(campaign=campaign, retired_at__isnull=True)
    return list(rounds.order_by("pk"))


def numbers(round_: CanvassRound) -> list[str]:
    """The house numbers of its doors as they are walked."""
    doors = RoundDoor.objects.filter(round=round_).order_by("position")
    return list(doors.values_list("address__number", flat=True))


def hand_out(round_: CanvassRound, **fields: Any) -> RoundIssue:
    return RoundIssue.objects.create(
        organisation=round_.organisation,
        campaign=round_.campaign,
        round=round_,
        kind="meeting_point",
        secret_hash=f"{next(_secrets):064x}",
        short_code="483920",
        issued_at=NOW,
        expires_at=NOW + timedelta(hours=3),
        by_kind="system",
        by_label="Committee Room",
        **fields,
    )
