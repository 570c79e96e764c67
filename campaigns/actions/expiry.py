"""Remove what was only kept for a time."""

from django.db.models.functions import Now

from campaigns.actions.files import remove_expired_files
from campaigns.clock import now
from campaigns.models import IdempotentReply, Organisation


def purge_expired() -> dict[str, int]:
    """Remove files whose day has come by their organisation's clock, and old replies."""
    files = sum(
        remove_expired_files(organisation=organisation, at=now(organisation))
        for organisation in Organisation.objects.all()
    )
    replies, _ = IdempotentReply.objects.filter(expires_at__lte=Now()).delete()
    return {"files": files, "replies": replies}
