"""Asking volunteers by e-mail: one, or a whole selection by a worker."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from campaigns.actions.jobs import retry_job, run_here
from campaigns.models import AuditEntry, Campaign, Job, JobState, User
from tests.cast import NOW, actor
from tests.volunteers.helpers import make_volunteer
from volunteers.actions.asking import AskingRefused, ask, start_asking
from volunteers.models import (
    AskedBy,
    Consent,
    Invitation,
    MailKind,
    Volunteer,
    VolunteerMail,
)


def make_agreed(campaign: Campaign, many: int) -> None:
    """So many who may be asked by e-mail."""
    organisation = campaign.organisation
    people = Volunteer.objects.bulk_create(
        Volunteer(
            organisation=organisation,
            name=f"Helper {number}",
            email=f"agreed{number}@example.org",
            joined_on=NOW.date(),
        )
        for number in range(many)
    )
    Consent.objects.bulk_create(
        Consent(
            organisation=organisation,
            volunteer=person,
            channel="email",
            source="Sign-up page",
            given_at=NOW,
        )
        for person in people
    )


def start(campaign: Campaign, by: User) -> Job:
    everybody = Volunteer.objects.order_by("name", "pk")
    return start_asking(everybody, campaign=campaign, by=actor(by), at=NOW)


def test_everybody_of_a_selection_is_asked_however_many_they_are(
    campaign: Campaign, organiser: User
) -> None:
    make_agreed(campaign, 401)
    make_volunteer(campaign.organisation)

    job = run_here(start(campaign, organiser))

    assert job.state == JobState.DONE
    assert job.result == {"asked": 401, "lately": 0, "not_agreed": 1}
    assert job.total == 3
    assert VolunteerMail.objects.filter(kind=MailKind.ASKED).count() == 401
    assert Invitation.objects.values("volunteer").distinct().count() == 401
    assert AuditEntry.objects.filter(verb="volunteers.asked").count() == 3


def test_the_same_selection_sent_twice_is_one_job_and_later_asks_nobody_twice(
    campaign: Campaign, organiser: User
) -> None:
    make_agreed(campaign, 3)
    job = start(campaign, organiser)
    assert start(campaign, organiser) == job
    run_here(job)

    again = run_here(start(campaign, organiser))

    assert again != job
    assert again.result == {"asked": 0, "lately": 3, "not_agreed": 0}
    assert Invitation.objects.count() == 3


def test_nobody_is_asked_twice_by_a_part_that_runs_twice(
    campaign: Campaign, organiser: User
) -> None:
    make_agreed(campaign, 3)
    job = run_here(start(campaign, organiser))
    job.parts.update(state=JobState.FAILED)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)

    retry_job(job, by=actor(organiser), at=NOW)
    job = run_here(job)

    assert job.state == JobState.DONE
    assert Invitation.objects.count() == 3
    assert VolunteerMail.objects.count() == 3


def test_whoever_cannot_be_asked_is_counted_and_not_asked(
    campaign: Campaign, organiser: User
) -> None:
    make_agreed(campaign, 3)
    gone, silent, _ = Volunteer.objects.order_by("pk")
    gone.stood_down_at = NOW
    gone.save()
    silent.consents.update(withdrawn_at=NOW)

    job = run_here(start(campaign, organiser))

    assert job.result == {"asked": 1, "lately": 0, "not_agreed": 2}


def test_a_selection_of_nobody_is_refused(campaign: Campaign, organiser: User) -> None:
    with pytest.raises(AskingRefused):
        start(campaign, organiser)
    assert not Job.objects.exists()


def test_somebody_asked_by_two_at_once_is_asked_once(
    campaign: Campaign, organiser: User, transactional_db: None
) -> None:
    make_agreed(campaign, 1)
    person, by = Volunteer.objects.get(), actor(organiser)

    def race(_: int) -> str:
        try:
            ask(person, how=AskedBy.EMAIL, campaign=campaign, by=by, at=NOW)
        except AskingRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "asked"

    with ThreadPoolExecutor(6) as threads:
        told = sorted(threads.map(race, range(6)))

    assert told == ["asked"] + ["lately"] * 5
    assert VolunteerMail.objects.count() == 1
