"""How many doors each volunteer has knocked on."""

from datetime import timedelta

from campaigns.models import Campaign, Organisation, Ward
from canvassing.reports.doors_knocked import doors_knocked
from tests.canvassing.contact_helpers import prepare, record, said
from tests.cast import NOW, make_address, make_district, make_elector
from tests.volunteers.helpers import make_volunteer
from volunteers.registry import registry


def test_a_door_counts_once_for_whoever_spoke_there_however_many_live_behind_it(
    campaign: Campaign, organisation: Organisation, ward: Ward
) -> None:
    district = make_district(organisation, ward)
    home = make_address(district)
    ivy, tom = (make_elector(district, address=home) for _ in range(2))
    una, old = make_elector(district), make_elector(district)
    vera, sam = (make_volunteer(organisation) for _ in range(2))
    prepare(campaign)
    record(
        campaign,
        said(ivy, spoke_id=vera.pk),
        said(tom, spoke_id=vera.pk),
        said(una, spoke_id=vera.pk),
        said(una, spoke_id=sam.pk, said_at=NOW - timedelta(hours=3)),
        said(ivy, spoke_id=sam.pk, channel="phone"),
        said(old, spoke_id=sam.pk, said_at=NOW - timedelta(days=40)),
    )

    asked = (campaign, [vera.pk, sam.pk], NOW - timedelta(days=28))

    assert doors_knocked(*asked) == {vera.pk: 2, sam.pk: 1}
    assert doors_knocked in registry.doors
