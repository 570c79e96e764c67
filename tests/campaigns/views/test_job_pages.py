"""Jobs: followed by whoever sees the campaign, steered by a few."""

import pytest

from campaigns.models import Campaign, Job, JobPart, JobState, Organisation, User
from tests.cast import NOW
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(campaign: Campaign, organisation: Organisation) -> Job:
    job = Job.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind="letters",
        title="Letters to pledges",
        state=JobState.RUNNING,
        done=111,
        total=192,
        asked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    JobPart.objects.create(organisation=organisation, job=job, key="all")
    return job


def test_a_running_job_is_followed_until_it_ends(
    campaign: Campaign, job: Job, agent: User
) -> None:
    client = signed_in(agent)
    address = f"/{campaign.slug}/jobs/{job.pk}/progress/"

    running = client.get(address).content.decode()
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE)
    done = client.get(address).content.decode()

    assert "111 of 192" in running
    assert f'data-follow="{address}"' in running
    assert "data-follow" not in done


def test_an_organiser_cancels_a_job_of_somebody_else(
    campaign: Campaign, job: Job, organiser: User
) -> None:
    signed_in(organiser).post(f"/{campaign.slug}/jobs/{job.pk}/cancel/")

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_whoever_did_not_ask_for_it_cannot_stop_it(
    campaign: Campaign, job: Job, agent: User
) -> None:
    page = signed_in(agent).post(f"/{campaign.slug}/jobs/{job.pk}/cancel/", follow=True)

    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert "for who asked for it" in page.content.decode()


def test_a_job_of_another_campaign_does_not_exist(
    other_campaign: Campaign, campaign: Campaign, job: Job, agent: User
) -> None:
    Job.objects.filter(pk=job.pk).update(campaign=other_campaign)

    response = signed_in(agent).get(f"/{campaign.slug}/jobs/{job.pk}/")

    assert response.status_code == 404
