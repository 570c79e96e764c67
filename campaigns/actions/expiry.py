"""Remove what was only kept for a time."""

from datetime import timedelta
from typing import Final

from django.db.models.functions import Now

from campaigns.actions.files import remove_expired_files, remove_strays
from campaigns.clock import now
from campaigns.models import IdempotentReply, Organisation

STRAY_AFTER: Final = timedelta(days=1)  # far longer than any part takes to commit


def purge_expired() -> dict[str, int]:
    """Remove files whose day has come by their organisation's clock, old replies, and
    what killed workers left in the storage."""
    files = strays = 0
    for organisation in Organisation.objects.all():
        files += remove_expired_files(organisation=organisation, at=now(organisation))
        strays += remove_strays(organisation=organisation, before=now() - STRAY_AFTER)
    replies, _ = IdempotentReply.objects.filter(expires_at__lte=Now()).delete()
    return {"files": files, "replies": replies, "strays": strays}
