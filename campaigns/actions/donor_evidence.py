"""What was looked at to find a donor permissible: written down one by one."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.donations import DonationRefused, open_donation, record_of
from campaigns.clock import UK
from campaigns.models import Donation, DonationEvidence
from campaigns.rules.donor_evidence import EVIDENCE
from campaigns.rules.permissible_donations import DonorKind as LawfulDonor

LONGEST = 300


def record_evidence(
    donation: Donation,
    *,
    found: Mapping[str, str],
    looked_on: date,
    by: Actor,
    at: datetime,
) -> Donation:
    """Keep what each look-up said, by its code; one that was kept before is corrected.

    What is empty was not looked at. Audited as `donation.checked`, with the codes.
    Refused: nothing found, more than 300 letters, a code that is not asked of this
    kind of donor, a day to come, a donation that is decided on or voided.
    """
    said = {code: text.strip() for code, text in found.items() if text.strip()}
    if not said:
        raise DonationRefused("no_evidence", "Say what you looked at and found.")
    if max(map(len, said.values())) > LONGEST:
        raise DonationRefused("too_long", f"Say each in at most {LONGEST} letters.")
    if looked_on > at.astimezone(UK).date():
        raise DonationRefused("not_looked", "The day of the check is still to come.")
    with transaction.atomic(durable=True):
        donation = open_donation(donation)
        _refuse_unasked(donation, said)
        DonationEvidence.objects.bulk_create(
            [
                _row(donation, code, text, looked_on=looked_on, by=by, at=at)
                for code, text in said.items()
            ],
            update_conflicts=True,
            unique_fields=["donation", "code"],
            update_fields=[
                "found",
                "looked_on",
                "recorded_at",
                "by_kind",
                "by_id",
                "by_label",
            ],
        )
        record_of("donation.checked", donation, by=by, at=at, codes=sorted(said))
    return donation


def _row(
    donation: Donation,
    code: str,
    text: str,
    *,
    looked_on: date,
    by: Actor,
    at: datetime,
) -> DonationEvidence:
    row = DonationEvidence(
        organisation_id=donation.organisation_id,
        donation=donation,
        code=code,
        found=text,
        looked_on=looked_on,
        recorded_at=at,
    )
    row.recorded_by(by)
    return row


def _refuse_unasked(donation: Donation, said: Mapping[str, str]) -> None:
    kind = LawfulDonor[donation.donor_kind.upper()]
    unasked = said.keys() - {asked.code for asked in EVIDENCE[kind]}
    if unasked:
        raise DonationRefused(
            "unknown_evidence",
            f"{sorted(unasked)[0]!r} is not asked of this kind of donor.",
        )
