"""Which shifts a volunteer is offered, and in which order."""

from datetime import timedelta

from campaigns.models import Campaign, Ward
from tests.cast import NOW
from tests.volunteers.helpers import make_shift, make_volunteer
from volunteers.reports.own_page import open_shifts

HOUR = timedelta(hours=1)


def test_their_own_ward_comes_first_then_anywhere_then_the_nearest_wards(
    campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    far_ward = Ward.objects.create(gss="E05014003", name="Sutton", council=ward.council)
    for place, north in ((ward, 52.5), (other_ward, 52.6), (far_ward, 53.5)):
        place.latitude, place.longitude = north, -2.0
        place.save()
    far = make_shift(campaign, ward=far_ward, starts_at=NOW + HOUR)
    next_door = make_shift(campaign, ward=other_ward, starts_at=NOW + 2 * HOUR)
    anywhere = make_shift(campaign, starts_at=NOW + 3 * HOUR)
    late = make_shift(campaign, ward=ward, starts_at=NOW + 5 * HOUR)
    soon = make_shift(campaign, ward=ward, starts_at=NOW + 4 * HOUR)

    at_home = make_volunteer(campaign.organisation, home_ward=ward)
    unsaid = make_volunteer(campaign.organisation)

    offered = list(open_shifts(at_home, at=NOW))
    assert offered == [soon, late, anywhere, next_door, far]
    assert list(open_shifts(unsaid, at=NOW)) == [far, next_door, anywhere, soon, late]


def test_a_shift_that_has_begun_is_not_offered(campaign: Campaign) -> None:
    make_shift(campaign, starts_at=NOW)
    to_come = make_shift(campaign, starts_at=NOW + HOUR)

    offered = open_shifts(make_volunteer(campaign.organisation), at=NOW)

    assert list(offered) == [to_come]
