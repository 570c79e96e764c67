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
    what killed workers left in the storage. Of a key that holds for good only what was
    replied is removed."""
    files = strays = 0
    for organisation in Organisation.objects.all():
        files += remove_expired_files(organisation=organisation, at=now(organisation))
        strays += remove_strays(organisation=organisation, before=now() - STRAY_AFTER)
    old = IdempotentReply.objects.filter(expires_at__lte=Now())
    told = old.filter(is_for_good=True, status__isnull=False)
    replies = told.update(status=None, body=None)
    replies += old.filter(is_for_good=False).delete()[0]
    return {"files": files, "replies": replies, "strays": strays}
