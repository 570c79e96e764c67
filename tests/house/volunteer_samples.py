"""One of each thing about volunteers that addresses name, all of them of one campaign."""

from datetime import timedelta
from typing import Any

from campaigns.models import Campaign, Ward
from tests.cast import NOW
from tests.volunteers.helpers import make_shift, make_volunteer
from volunteers import personal_links
from volunteers.models import PersonalLink, Team


def volunteer_samples(campaign: Campaign, ward: Ward) -> dict[str, Any]:
    organisation = campaign.organisation
    volunteer = make_volunteer(organisation, home_ward=ward)
    link = PersonalLink.objects.create(
        organisation=organisation,
        volunteer=volunteer,
        issued_at=NOW,
        expires_at=NOW + timedelta(days=9999),
    )
    team = Team.objects.create(organisation=organisation, name="The early birds")
    return {
        "slug": campaign.slug,
        "volunteer": volunteer.pk,
        "shift": make_shift(campaign, ward=ward).pk,
        "team": team.pk,
        "field-open.token": personal_links.written(link),
    }
