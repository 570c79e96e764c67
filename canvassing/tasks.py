"""What the workers run for each part of this app's jobs: load, and call one thing."""

from collections.abc import Callable

from campaigns.clock import now
from campaigns.models import Job, JobPart
from canvassing.actions import gotv_lists, letter_runs
from canvassing.exporters import ward_files
from canvassing.importers import contact_detail_jobs, contact_jobs

Progress = Callable[[int, int], None]


def build_ward_of_list(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_ward_of_list(part, at=now(part.job.organisation))


def freeze_list(job_id: int) -> dict[str, object]:
    job = Job.objects.select_related("organisation").get(pk=job_id)
    return gotv_lists.freeze(job_id, at=now(job.organisation))


def make_list_files(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_list_files(part, at=now(part.job.organisation))


def make_canvass_cards(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_canvass_cards(part, at=now(part.job.organisation))


def make_letters(part: JobPart, progress: Progress) -> dict[str, object]:
    return ward_files.make_letters(part, at=now(part.job.organisation))


def finish_letters(job_id: int) -> dict[str, object]:
    job = Job.objects.select_related("organisation").get(pk=job_id)
    return letter_runs.finish_printing(job_id, at=now(job.organisation))


def check_contacts_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return contact_jobs.run_contacts_check(part, progress)


def load_contacts_file(part: JobPart, progress: Progress) -> dict[str, object]:
    return contact_jobs.run_contacts_import(part, progress)


def read_contact_details(part: JobPart, progress: Progress) -> dict[str, object]:
    return contact_detail_jobs.run_details_job(part, progress)
