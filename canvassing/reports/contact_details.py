"""How one elector can be reached, as their page says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from campaigns.phone_numbers import as_written
from canvassing.models import EmailAddress, PhoneNumber
from canvassing.rules.contact_details import CALLS, EMAIL, EMAILS, PHONE, TEXTS

Ways = tuple[tuple[str, str, str], ...]

# Channel, the beginning of its fields, and its word.
OF_NUMBERS: Ways = ((CALLS, "calls", "calls"), (TEXTS, "texts", "text messages"))
OF_EMAILS: Ways = ((EMAILS, "emails", "e-mails"),)


@dataclass(frozen=True)
class ConsentThatStands:
    channel: str
    label: str
    given_at: datetime


@dataclass(frozen=True)
class DetailOnPage:
    """`what` is phone or email; `consents` are those that were not withdrawn."""

    what: str
    value: str
    detail: PhoneNumber | EmailAddress
    consents: list[ConsentThatStands]


def details_of(elector_id: int, *, organisation_id: int) -> list[DetailOnPage]:
    """Two queries."""
    numbers = PhoneNumber.objects.of(organisation_id).filter(elector=elector_id)
    emails = EmailAddress.objects.of(organisation_id).filter(elector=elector_id)
    return [
        *(
            DetailOnPage(PHONE, as_written(n.number), n, list(_standing(n, OF_NUMBERS)))
            for n in numbers.order_by("-obtained_on", "pk")
        ),
        *(
            DetailOnPage(EMAIL, one.email, one, list(_standing(one, OF_EMAILS)))
            for one in emails.order_by("-obtained_on", "pk")
        ),
    ]


def _standing(
    detail: PhoneNumber | EmailAddress, ways: Ways
) -> Iterator[ConsentThatStands]:
    for channel, field, label in ways:
        given_at = getattr(detail, f"{field}_given_at")
        if given_at and getattr(detail, f"{field}_withdrawn_at") is None:
            yield ConsentThatStands(channel, label, given_at)
