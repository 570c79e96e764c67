"""The text of a personal link: the link's number, signed, so that none can be guessed.

What is signed is kept nowhere: whoever reads the database cannot open a page with it.
"""

from datetime import datetime
from typing import Final

from django.core.signing import BadSignature, Signer

from campaigns.clock import now
from volunteers.models import PersonalLink

SIGNER: Final = Signer(salt="volunteers.personal-link")


def written(link: PersonalLink) -> str:
    return SIGNER.sign(str(link.pk))


def read(text: str) -> PersonalLink | None:
    """The link, with its volunteer; None where it is forged, expired or taken
    back, or they help no more."""
    try:
        pk = int(SIGNER.unsign(text))
    except (BadSignature, ValueError):
        return None
    links = PersonalLink.objects.filter(
        pk=pk, revoked_at__isnull=True, volunteer__stood_down_at__isnull=True
    )
    link = links.select_related("volunteer__organisation").first()
    return link if link and link.expires_at > _now(link) else None


def _now(link: PersonalLink) -> datetime:
    return now(link.volunteer.organisation)
