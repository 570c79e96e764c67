"""What the workers run, by the clock or for a part of a job: load, call one thing."""

from collections.abc import Callable

from celery import shared_task

from campaigns.access import system
from campaigns.clock import now
from campaigns.models import Job, JobPart, Organisation
from canvassing.actions import (
    gotv_lists,
    join_guesses,
    letter_runs,
    opinions,
    printing,
    queue_jobs,
    round_issues,
    rounds,
)
from canvassing.exporters import (
    answer_files,
    opt_out_files,
    round_cards,
    ward_files,
)
from canvassing.importers import checked_files, contact_jobs

Progress = Callable[[int, int], None]


@shared_task
def release_rounds() -> int:
    """Close the rounds whose time is over, by the clock of each organisation."""
    join_guesses.forget_old_guesses()
    return sum(
        round_issues.release_expired(
            organisation=organisation, by=system(organisation), at=now(organisation)
        )
        for organisation in Organisation.objects.all()
    )


@shared_task
def erase_views_objected_to() -> int:
    """Views of those who objected a week ago, by the clock of each organisation."""
    return sum(
        opinions.erase_what_was_objected_to(
            organisation_id=organisation.pk, at=now(organisation)
        )
        for organisation in Organisation.objects.all()
    )


def build_wards_of_list(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_wards_of_list(part, at=now(part.job.organisation))


def freeze_list(job_id: int) -> dict[str, object]:
    job = Job.objects.select_related("organisation").get(pk=job_id)
    frozen = gotv_lists.freeze(job_id, at=now(job.organisation))
    return frozen | printing.finish_prints(job_id)


def finish_prints(job_id: int) -> dict[str, object]:
    return printing.finish_prints(job_id)


def make_list_files(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_list_files(part, at=now(part.job.organisation))


def make_canvass_cards(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_canvass_cards(part, at=now(part.job.organisation))


def make_round_cards(part: JobPart, progress: Progress) -> dict[str, object]:
    return round_cards.make_round_cards(part, progress, at=now(part.job.organisation))


def make_answers_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return answer_files.make_answers_file(part, at=now(part.job.organisation))


def make_opt_outs_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return opt_out_files.make_opt_outs_file(part, at=now(part.job.organisation))


def make_letters(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_letters(part, at=now(part.job.organisation))


def finish_letters(job_id: int) -> dict[str, object]:
    job = Job.objects.select_related("organisation").get(pk=job_id)
    return letter_runs.finish_printing(job_id, at=now(job.organisation))


def cut_ward(part: JobPart, progress: Progress) -> dict[str, object]:
    return rounds.cut_part(part, at=now(part.job.organisation))


def fill_queue(part: JobPart, progress: Progress) -> dict[str, object]:
    return queue_jobs.fill_part(part, progress)


def open_filled(job_id: int) -> dict[str, object]:
    return queue_jobs.finish_filling(job_id)


def check_contacts_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return contact_jobs.run_contacts_check(part, progress)


def load_contacts_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return contact_jobs.run_contacts_import(part, progress)


def read_checked_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return checked_files.run_checked_file(part, progress)
