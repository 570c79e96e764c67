"""What beat does, at once and as often as a test needs it; and time that passes."""

from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.db.utils import InterfaceError, OperationalError

from campaigns.actions.jobs import resend_waiting_parts
from campaigns.models import Job, JobPart
from tests.embedded.clients import eventually
from tests.workers.own_servers import PATIENCE

LONG = timedelta(minutes=5)


def time_passes() -> None:
    """Every lease and every wait for a message is over."""
    JobPart.objects.update(
        lease_until=F("lease_until") - LONG, sent_at=F("sent_at") - LONG
    )


def beat() -> None:
    try:
        resend_waiting_parts()
    except (OperationalError, InterfaceError):  # the database is away
        connection.close()


def ends(job: Job) -> Job:
    """The job as it ended, under a beat that never tires."""

    def over() -> bool:
        beat()
        job.refresh_from_db()
        return not job.is_open

    assert eventually(over, patience=PATIENCE), f"{job} is still {job.state}"
    return job
