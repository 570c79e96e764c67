"""Files about money between their upload and their loading."""

from datetime import datetime, timedelta
from typing import IO, Final

from campaigns.actions.files import still_kept, store_file
from campaigns.importers.money_columns import MoneyFileRefused
from campaigns.models import Campaign, Job, JobState, StoredFile
from campaigns.roles import Capability

# The upload itself; what it says is in the books.
KEPT_FOR: Final = timedelta(days=2)


def keep_upload(
    upload: IO[bytes], file_name: str, campaign: Campaign, *, at: datetime
) -> StoredFile:
    return store_file(
        upload,
        name=file_name,
        kind="upload",
        capability=Capability.RECORD_PAYMENTS,
        organisation=campaign.organisation,
        campaign=campaign,
        at=at,
        kept_for=KEPT_FOR,
    )


def is_kept(check: Job, *, at: datetime) -> bool:
    file = StoredFile.objects.filter(pk=check.parameters["file"])
    return still_kept(file, at=at).exists()


def ready_check(check: Job, kind: str, *, at: datetime) -> Campaign:
    """The campaign of a check that came to its end.

    Refused: one that did not, and a file that is no longer kept.
    """
    if check.kind != kind or check.state != JobState.DONE or check.campaign is None:
        raise MoneyFileRefused("not_checked", "This file has not been looked at yet.")
    if not is_kept(check, at=at):
        raise MoneyFileRefused(
            "file_gone", "The file is no longer kept: choose it again."
        )
    return check.campaign
