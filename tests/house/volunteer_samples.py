"""One of each thing about volunteers that addresses name, all of one campaign."""

from datetime import timedelta
from typing import Any

from campaigns.models import Campaign, Job, Ward
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers import personal_links
from volunteers.actions.asking import JOB_KIND
from volunteers.models import PersonalLink, Team


def volunteer_samples(
    campaign: Campaign, ward: Ward, *, team: str = "The early birds"
) -> dict[str, Any]:
    """With somebody on a shift that is to come, and on one that is over."""
    organisation = campaign.organisation
    volunteer = make_volunteer(organisation, home_ward=ward)
    link = PersonalLink.objects.create(
        organisation=organisation,
        volunteer=volunteer,
        issued_at=NOW,
        expires_at=NOW + timedelta(days=9999),
    )
    shift = make_shift(campaign, ward=ward)
    give_place(shift, volunteer)
    over = make_shift(campaign, ward=ward, starts_at=NOW - timedelta(days=3))
    give_place(over, volunteer, came=True)
    made = Team.objects.create(organisation=organisation, name=team)
    made.members.add(volunteer)
    job = Job.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind=JOB_KIND,
        title="Ask 2 volunteers by e-mail",
        asked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    return {
        "volunteers-job.job": job.pk,
        "slug": campaign.slug,
        "volunteer": volunteer.pk,
        "shift": shift.pk,
        "volunteer-detail.pk": volunteer.pk,
        "shift-detail.pk": shift.pk,
        "shift-call-off.pk": shift.pk,
        "team": made.pk,
        "field-open.token": personal_links.written(link),
    }
