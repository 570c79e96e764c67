"""The return's schedules of donations over £50, kept and given back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from campaigns.models import Campaign, Donation, DonationEvidence, MoneyDocument
from campaigns.reports.return_form import (
    DAY,
    NOTHING,
    POUNDS,
    Column,
    Line,
    Section,
    in_words,
    numbered,
)
from campaigns.rules.donor_evidence import EVIDENCE
from campaigns.rules.permissible_donations import DonorKind, is_controlled, return_by

DONOR = (
    Column("number", "No."),
    Column("donor", "Donor"),
    Column("address", "Address", under="donor"),
    Column("kind", "Kind of donor"),
    Column("nature", "What was given"),
    Column("receipts", "Papers", under="nature"),
    Column("received", "Received", DAY),
)
AMOUNT = Column("amount", "Amount or value", POUNDS, is_summed=True)
ACCEPTED = (
    *DONOR,
    Column("accepted_on", "Accepted", DAY),
    Column("kept", "Kept", under="accepted_on"),
    Column("checked", "Looked at", under="kind"),
    AMOUNT,
)
RETURNED = (
    *DONOR,
    Column("returned", "Returned", DAY),
    Column("how", "How", under="returned"),
    Column("checked", "Looked at", under="kind"),
    AMOUNT,
)

Papers = Sequence[MoneyDocument]


def donations_of(campaign: Campaign) -> list[Donation]:
    """All that came and were not voided. Two queries."""
    return list(
        Donation.objects.filter(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            voided_at__isnull=True,
            received_on__isnull=False,
        ).prefetch_related("evidence")
    )


def small_sum(donations: list[Donation], *, on: date) -> Decimal:
    """The kept ones of £50 or less, which need not be named."""
    return sum(
        (
            donation.amount
            for donation in donations
            if donation.is_kept(on) and not is_controlled(donation.amount)
        ),
        NOTHING,
    )


def waiting_sums(donations: list[Donation], *, on: date) -> tuple[Decimal, Decimal]:
    """Those of £50 or less, and those over it, neither kept nor returned yet."""
    sums = {False: NOTHING, True: NOTHING}
    for donation in donations:
        if not (donation.returned_on or donation.is_kept(on)):
            sums[is_controlled(donation.amount)] += donation.amount
    return sums[False], sums[True]


def donation_sections(
    donations: list[Donation], documents: Papers, *, as_of: date
) -> Iterator[Section]:
    """The accepted ones over £50, also where they were paid back later, then every
    other one over £50 that went back, each with its own of the campaign's
    `documents`."""
    papers: dict[int | None, list[MoneyDocument]] = defaultdict(list)
    for document in documents:
        papers[document.donation_id].append(document)
    large = [donation for donation in donations if is_controlled(donation.amount)]
    kept = [_accepted(one, papers[one.pk]) for one in large if one.is_kept(as_of)]
    yield Section(
        "donations",
        "Donations accepted, over £50",
        ACCEPTED,
        numbered("D", kept, by="received"),
    )
    back = [
        _returned(one, papers[one.pk])
        for one in large
        if one.returned_on and not one.is_kept(as_of)
    ]
    yield Section(
        "returned",
        "Donations not permitted, or returned",
        RETURNED,
        numbered("R", back, by="received"),
    )


def _donor(donation: Donation, papers: Papers) -> dict[str, str]:
    return {
        "donor": donation.donor,
        "address": donation.donor_address,
        "kind": donation.get_donor_kind_display(),
        "nature": donation.in_kind or "Money",
        "receipts": ", ".join(str(paper.number) for paper in papers),
        "received": donation.received_on.isoformat() if donation.received_on else "",
    }


def _accepted(donation: Donation, papers: Papers) -> Line:
    values = {
        **_donor(donation, papers),
        "accepted_on": donation.accepted_on.isoformat() if donation.accepted_on else "",
        "kept": "; ".join(_why_kept(donation)),
        "checked": _checked(donation),
        "amount": str(donation.amount),
    }
    return Line(f"donation:{donation.pk}", values, _rows(donation, papers))


def _evidence(donation: Donation) -> list[DonationEvidence]:
    return sorted(donation.evidence.all(), key=lambda one: one.code)


def _checked(donation: Donation) -> str:
    """Each thing that was looked at, by its name, and what it said."""
    asked = EVIDENCE[DonorKind[donation.donor_kind.upper()]]
    labels = {one.code: one.label for one in asked}
    found = (
        f"{labels.get(one.code, one.code)}: {one.found}" for one in _evidence(donation)
    )
    return "; ".join(filter(None, (*found, donation.checked_how)))


def _rows(donation: Donation, papers: Papers) -> tuple[str, ...]:
    return (
        f"donation:{donation.pk}",
        *(f"donation_evidence:{one.pk}" for one in _evidence(donation)),
        *(f"moneydocument:{paper.pk}" for paper in papers),
    )


def _why_kept(donation: Donation) -> Iterator[str]:
    """What the law takes as accepted, and what was paid back all the same."""
    if donation.received_on and not donation.accepted_on:
        by = in_words(return_by(donation.received_on))
        yield f"taken as accepted: not returned by {by}"
    if donation.returned_on:
        paid_back = f"paid back on {in_words(donation.returned_on)}"
        yield f"{paid_back}: {donation.returned_how}"


def _returned(donation: Donation, papers: Papers) -> Line:
    values = {
        **_donor(donation, papers),
        "returned": donation.returned_on.isoformat() if donation.returned_on else "",
        "how": donation.returned_how,
        "checked": _checked(donation),
        "amount": str(donation.amount),
    }
    return Line(f"donation:{donation.pk}", values, _rows(donation, papers))
