"""A street to walk in a browser test: doors with one or two people, and its round."""

from typing import Any

from campaigns.clock import now
from campaigns.models import Campaign, ControllerKind, Ward
from tests.canvassing.contact_helpers import prepare
from tests.canvassing.field_helpers import Street, make_round
from tests.cast import NOW, make_address, make_district, make_elector

# Forenames of those who live behind the doors, again and again.
HOMES = (("Suzanne",), ("Charles", "Iain"), ("Harbhajan",), ("Siân",))
SURNAMES = ("Rose", "Stevens", "Gill", "Pritchard-Martin")
NORTH, EAST = 52.58, -2.07


def on_the_day(campaign: Campaign) -> None:
    """The organisation's clock stands at NOW, as the demo's does."""
    organisation = campaign.organisation
    organisation.clock_offset = NOW - now()
    organisation.controller_kind = ControllerKind.PARTY
    organisation.save(update_fields=["clock_offset", "controller_kind"])
    campaign.refresh_from_db()


def make_homes(campaign: Campaign, ward: Ward, *, doors: int, **fields: Any) -> Street:
    """Even numbers of Alamein Road, from south to north."""
    on_the_day(campaign)
    district = make_district(campaign.organisation, ward)
    addresses, electors = [], []
    for place in range(doors):
        address = make_address(
            district,
            street="Alamein Road",
            number=str(2 * place + 2),
            latitude=NORTH + place * 0.0002,
            longitude=EAST + place % 2 * 0.0003,
        )
        addresses.append(address)
        electors += [
            make_elector(
                district, address=address, forename=name, surname=SURNAMES[place % 4]
            )
            for name in HOMES[place % 4]
        ]
    prepare(campaign)
    fields.setdefault("name", "Bushbury 4, even side")
    return Street(make_round(campaign, ward, *addresses, **fields), addresses, electors)
