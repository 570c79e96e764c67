"""Is a donor on our register? Asked by whole name and postcode, and written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from campaigns.access import Actor
from campaigns.actions.donations import DonationRefused, open_donation, record_of
from campaigns.actions.supply import copies_in_use, refuse_locked_copies
from campaigns.clock import day_of
from campaigns.models import AuditEntry, Campaign, Donation, DonorKind, Elector
from campaigns.roles import Capability
from campaigns.rules.names import letters, name_key
from campaigns.rules.permissible_donations import is_controlled
from campaigns.rules.postcodes import tidy_postcode

VERB: Final = "donor.looked_up"
AN_HOUR: Final = timedelta(hours=1)
MOST_AN_HOUR: Final = 20
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class LookUp:
    """The whole answer: `entries` are elector numbers with their council, none for no.

    `registers` says what was looked at.
    """

    entries: tuple[str, ...]
    registers: tuple[str, ...]

    @property
    def is_found(self) -> bool:
        return bool(self.entries)


def look_up_donor(
    donation: Donation,
    *,
    forename: str,
    surname: str,
    postcode: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> LookUp:
    """Yes with the elector number, or no: of the registers of the campaign's councils.

    `forename` may hold middle names; those that are not typed are not compared. Audited
    as `donor.looked_up` whatever the answer, with the reason and never a name.
    Refused: whoever may not enter donations; a donation that is decided on, of £50 or
    less, or of no individual; a part of the name or the postcode missing; no reason;
    more than 20 an hour by one person; a register that may not be used.
    """
    _refuse_whoever_may_not(donation, by)
    key, whole_postcode = _key(forename, surname), tidy_postcode(postcode)
    if not key or whole_postcode is None:
        raise DonationRefused(
            "not_exact", "Give forename, surname and the whole postcode."
        )
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST:
        raise DonationRefused("no_reason", f"Say why, in at most {LONGEST} letters.")
    with transaction.atomic(durable=True):
        donation = open_donation(donation)
        _refuse_needless(donation)
        _refuse_too_many(donation, by)
        refuse_locked_copies(donation.campaign, on=day_of(at))
        found = LookUp(
            tuple(_entries(donation.campaign, key, whole_postcode)),
            tuple(str(edition) for edition in copies_in_use(donation.campaign)),
        )
        record_of(VERB, donation, by=by, at=at, reason=reason, found=len(found.entries))
    return found


def _refuse_whoever_may_not(donation: Donation, by: Actor) -> None:
    if not by.can(
        Capability.RECORD_DONATIONS,
        organisation_id=donation.organisation_id,
        campaign_id=donation.campaign_id,
    ):
        raise DonationRefused(
            "not_allowed", "Only whoever keeps the donations looks up a donor."
        )


def _key(forename: str, surname: str) -> str:
    if not letters(forename) or not letters(surname):
        return ""
    return name_key(surname, forename)


def _refuse_needless(donation: Donation) -> None:
    """The register is looked at only to check what the law wants checked."""
    needed = donation.donor_kind == DonorKind.INDIVIDUAL and is_controlled(
        donation.amount
    )
    if not needed:
        raise DonationRefused(
            "no_need",
            "The register is looked at only for an individual who gave more than £50.",
        )


def _refuse_too_many(donation: Donation, by: Actor) -> None:
    lately = AuditEntry.objects.of(donation.organisation_id).filter(
        verb=VERB, by_kind=by.kind, by_id=by.id, recorded_at__gt=Now() - AN_HOUR
    )
    if lately.count() >= MOST_AN_HOUR:
        raise DonationRefused(
            "too_many",
            f"{MOST_AN_HOUR} donors were looked up within the hour: wait a while.",
        )


def _entries(campaign: Campaign, key: str, postcode: str) -> Iterable[str]:
    """Of whoever is on the register now, but for anonymous entries and the hidden."""
    same = Elector.objects.filter(
        Q(name_key=key) | Q(name_key__startswith=f"{key} "),
        organisation_id=campaign.organisation_id,
        council__in=campaign.councils.all(),
        address__organisation_id=campaign.organisation_id,
        address__postcode=postcode,
        on_register=True,
        is_anonymous=False,
        hidden_at__isnull=True,
        merged_into__isnull=True,
    )
    for elector in same.select_related("council").order_by("pk"):
        yield f"{elector.elector_number}, {elector.council.name}"
