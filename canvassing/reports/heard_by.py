"""What a wish came with that was sent beside a contact: who of us heard it, known again
by its row. Phones, helpers and callers may have the same number."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from canvassing.models import CallClaim, Channel, Contact


def with_phone(phone_id: int, said_at: datetime) -> UUID:
    """What this phone heard then: said again later, it is another."""
    moment = round(said_at.timestamp() * 1_000_000)
    return uuid5(NAMESPACE_OID, f"field phone {phone_id}, heard at {moment}")


def with_helper(elector_id: int, helper_id: int) -> UUID:
    """What this stall's helper heard of an elector."""
    return uuid5(NAMESPACE_OID, f"stall helper {helper_id}, elector {elector_id}")


def calls_with(contact: Contact) -> set[UUID]:
    """What the caller heard of whom they rang. One query, for a call."""
    if contact.channel != Channel.PHONE:
        return set()
    calls = CallClaim.objects.of(contact.organisation_id).filter(
        campaign=contact.campaign_id, elector=contact.elector_id
    )
    return set(calls.values_list("uuid", flat=True))
