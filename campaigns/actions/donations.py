"""Donations: recorded, then accepted with the check of the donor, or returned."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.actions.once import made_before
from campaigns.actions.spending import lock_campaign
from campaigns.actions.statement_records import strike_match
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    Donation,
    DonorKind,
    Expense,
    ExpenseKind,
    ReturnState,
    ReturnVersion,
)
from campaigns.rules.donor_evidence import missing_evidence
from campaigns.rules.likely_days import refuse_unlikely
from campaigns.rules.money import to_the_penny
from campaigns.rules.permissible_donations import DonorKind as LawfulDonor
from campaigns.rules.permissible_donations import (
    Permission,
    is_controlled,
    permission,
)
from campaigns.rules.refusals import Refusal


class DonationRefused(Refusal):
    """The donation cannot be recorded, accepted or returned as asked."""


def record_donation(
    *,
    campaign: Campaign,
    donor: str,
    donor_kind: str,
    donor_address: str = "",
    amount: Decimal,
    in_kind: str = "",
    received_on: date | None = None,
    source: str | None = None,
    by: Actor,
    at: datetime,
) -> Donation:
    """File a donation of money, or of a thing (`in_kind`) with its value.

    `received_on` is when it was ours: in the hand, the cheque cleared, the bank credit;
    without it the donation is only promised. `source` makes it idempotent.
    Refused: no donor, an unknown kind, an amount that is not money, a day to come or
    years before the poll.
    """
    if not donor.strip():
        raise DonationRefused("no_donor", "Say who gave it; or that nobody knows.")
    if donor_kind not in DonorKind:
        raise DonationRefused("unknown_kind", f"{donor_kind!r} is no kind of donor.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise DonationRefused(
            "bad_amount", "The amount must be more than nothing, in pounds and pence."
        )
    if received_on and received_on > at.astimezone(UK).date():
        raise DonationRefused(
            "not_received", "Leave the day empty until the donation has come."
        )
    refuse_unlikely(received_on, poll_on=campaign.election.poll_on)
    donation = Donation(
        organisation_id=campaign.organisation_id,
        campaign=campaign,
        donor=donor.strip(),
        donor_kind=donor_kind,
        donor_address=donor_address.strip(),
        amount=amount,
        in_kind=in_kind.strip(),
        received_on=received_on,
        recorded_at=at,
        source=source,
    )
    donation.recorded_by(by)
    with transaction.atomic():
        if made := made_before(Donation, campaign, source):
            return made
        donation.save(force_insert=True)
        record_of("donation.recorded", donation, by=by, at=at)
    return donation


def receive_donation(
    donation: Donation, *, received_on: date, by: Actor, at: datetime
) -> Donation:
    """What was promised has come: the 30 days to check it begin.

    Refused: it came before, a day to come or years before the poll, decided already or
    voided.
    """
    with transaction.atomic(durable=True):
        return mark_received(donation, received_on=received_on, by=by, at=at)


def mark_received(
    donation: Donation, *, received_on: date, by: Actor, at: datetime
) -> Donation:
    """The step of `receive_donation`, within a transaction of others."""
    donation = open_donation(donation)
    if donation.received_on is not None:
        raise DonationRefused("already_received", "This donation came before.")
    _refuse_a_day_to_come(received_on, at)
    refuse_unlikely(received_on, poll_on=donation.campaign.election.poll_on)
    donation.received_on = received_on
    donation.save(update_fields=["received_on"])
    record_of("donation.received", donation, by=by, at=at)
    return donation


def mark_promised_again(donation_id: int, *, by: Actor, at: datetime) -> Donation:
    """What a statement's line said had come has not, so it is only promised.

    A step of undoing that match. Audit: `donation.promised_again`. Refused: where
    something else shows that it came, or a return that tells of it is filed.
    """
    donation = Donation.objects.select_for_update().get(pk=donation_id)
    if shown := _what_shows_it(donation):
        raise DonationRefused(
            "shown_to_have_come",
            f"{shown} What is wrong about it is mended by voiding the donation, which "
            "undoes this too.",
        )
    donation.received_on = None
    donation.save(update_fields=["received_on"])
    record_of("donation.promised_again", donation, by=by, at=at)
    return donation


def _what_shows_it(donation: Donation) -> str:
    if donation.accepted_on:
        return f"The donation was accepted on {donation.accepted_on:%-d %B %Y}."
    if donation.returned_on:
        return f"The donation was returned on {donation.returned_on:%-d %B %Y}."
    if donation.receipts.filter(voided_at__isnull=True).exists():
        return "A receipt shows that the donation came."
    filed = ReturnVersion.objects.filter(
        campaign=donation.campaign_id, state=ReturnState.FILED
    ).first()
    if filed:
        return f"The return that tells of it was filed on {filed.filed_on:%-d %B %Y}."
    return ""


def accept_donation(
    donation: Donation,
    *,
    accepted_on: date,
    checked_how: str = "",
    by: Actor,
    at: datetime,
) -> Donation:
    """Keep it. Over £50 only with the donor's address and all evidence of their kind.

    `checked_how` is whatever else is to be said of the check.
    Refused: not yet received, a day to come, decided already, over £50 and from
    somebody who may not give it, or something that was not looked at.
    """
    with transaction.atomic(durable=True):
        donation = open_donation(donation)
        if donation.received_on is None or accepted_on < donation.received_on:
            raise DonationRefused(
                "not_received", "It cannot be accepted before it is received."
            )
        _refuse_a_day_to_come(accepted_on, at)
        if is_controlled(donation.amount):
            _refuse_unchecked(donation)
        donation.accepted_on, donation.checked_how = accepted_on, checked_how.strip()
        donation.save(update_fields=["accepted_on", "checked_how"])
        record_of("donation.accepted", donation, by=by, at=at)
    return donation


def _refuse_unchecked(donation: Donation) -> None:
    donor = LawfulDonor[donation.donor_kind.upper()]
    if permission(donation.amount, donor) is Permission.NO:
        raise DonationRefused(
            "not_permissible",
            "Over £50 may be kept only from a permissible donor: return it.",
        )
    if not donation.donor_address:
        raise DonationRefused(
            "no_address", "Over £50 needs the donor's address for the return."
        )
    looked_at = donation.evidence.values_list("code", flat=True)
    missing = missing_evidence(donor, set(looked_at))
    if missing:
        raise DonationRefused(
            "not_checked",
            "Over £50, and not looked at yet: "
            + "; ".join(evidence.label for evidence in missing)
            + ".",
        )


def _refuse_a_day_to_come(day: date, at: datetime) -> None:
    if day > at.astimezone(UK).date():
        raise DonationRefused("day_to_come", "That day is still to come.")


def return_donation(
    donation: Donation, *, returned_on: date, returned_how: str, by: Actor, at: datetime
) -> Donation:
    """Give it back, saying how; an acceptance is taken back with it. Past the days in
    which it may go back it stays accepted, unless the donor may never give it, and the
    repayment is noted beside it. Audit verb `donation.returned`.

    Refused: no way of return, a day to come, given back before, or given in kind with
    an expense that stands (`gifts_in_kind.return_gift`).
    """
    with transaction.atomic(durable=True):
        if standing_expense(donation) is not None:
            raise DonationRefused(
                "came_as_a_gift",
                "It was entered with the expense that it covers: say whether any of it "
                "was used.",
            )
        return mark_returned(
            donation, returned_on=returned_on, returned_how=returned_how, by=by, at=at
        )


def mark_returned(
    donation: Donation,
    *,
    returned_on: date,
    returned_how: str,
    by: Actor,
    at: datetime,
    **said: object,
) -> Donation:
    """The step of `return_donation`, within a transaction of others."""
    if not returned_how.strip():
        raise DonationRefused("no_way", "Say how and to whom it was returned.")
    donation = open_donation(donation, accepted_too=True)
    if donation.received_on is None or returned_on < donation.received_on:
        raise DonationRefused(
            "not_received", "It cannot be returned before it is received."
        )
    _refuse_a_day_to_come(returned_on, at)
    accepted_on = donation.accepted_on
    donation.returned_on, donation.returned_how = returned_on, returned_how.strip()
    if donation.kept_since is None:
        donation.accepted_on = None
    donation.save(update_fields=["accepted_on", "returned_on", "returned_how"])
    was = accepted_on.isoformat() if accepted_on else None
    record_of("donation.returned", donation, by=by, at=at, accepted_on=was, **said)
    return donation


def standing_expense(donation: Donation) -> Expense | None:
    """The expense that a gift in kind covers, unless it is voided."""
    return (
        Expense.objects.select_related("campaign")
        .filter(
            organisation_id=donation.organisation_id,
            donation=donation,
            voided_at__isnull=True,
        )
        .first()
    )


def void_donation(
    donation: Donation, *, reason: str, by: Actor, at: datetime
) -> Donation:
    """Strike out what was typed by mistake, with the match by which it came.

    Refused: no reason, voided before, seen on a statement otherwise (undo that match
    first), or given in kind with an expense that stands.
    """
    if not reason.strip():
        raise DonationRefused("no_reason", "Say why the donation is voided.")
    with transaction.atomic(durable=True):
        # Before the donation, as whoever undoes its match does.
        lock_campaign(donation.campaign)
        donation = Donation.objects.select_for_update().get(pk=donation.pk)
        if donation.voided_at is not None:
            raise DonationRefused("already_voided", "It is voided already.")
        _strike_its_matches(donation, reason=reason.strip(), by=by, at=at)
        if expense := standing_expense(donation):
            raise DonationRefused(
                "came_as_a_gift",
                "It was entered with the expense that it covers: void that one, and "
                "both are voided."
                if expense.kind == ExpenseKind.NOTIONAL
                else "It is a supplier’s favour: void its credit note, and both are "
                "voided.",
            )
        donation.voided_at, donation.void_reason = at, reason.strip()
        donation.save(update_fields=["voided_at", "void_reason"])
        record_of("donation.voided", donation, by=by, at=at, reason=reason.strip())
    return donation


def _strike_its_matches(
    donation: Donation, *, reason: str, by: Actor, at: datetime
) -> None:
    live = donation.statement_matches.filter(voided_at__isnull=True)
    for match in live.select_related("line"):
        if not match.made:
            raise DonationRefused(
                "on_a_statement", "A statement shows it: undo that match first."
            )
        strike_match(match, reason=reason, by=by, at=at)


def strike_out_gift(donation: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Void the donation of a thing given in kind, in the transaction that voids the
    expense it covers. Voided before, or returned to its donor, which the return has to
    say: nothing is changed."""
    given = Donation.objects.select_for_update().get(pk=donation)
    if given.voided_at is None and given.returned_on is None:
        given.voided_at, given.void_reason = at, reason
        given.save(update_fields=["voided_at", "void_reason"])
        record_of("donation.voided", given, by=by, at=at, reason=reason)


def keep_address(
    donation: int, *, donor_address: str, by: Actor, at: datetime, **said: object
) -> Donation:
    """Keep where the donor is: the step of `complete_donor`, and of whatever keeps it
    with the expense that a gift covers. Audit verb `donation.address_completed`; what
    changes nothing leaves no trace."""
    given = Donation.objects.select_for_update().get(pk=donation)
    if given.donor_address == donor_address:
        return given
    before, given.donor_address = given.donor_address, donor_address
    given.save(update_fields=["donor_address"])
    record_of(
        "donation.address_completed",
        given,
        by=by,
        at=at,
        before=before,
        after=donor_address,
        **said,
    )
    return given


def open_donation(donation: Donation, *, accepted_too: bool = False) -> Donation:
    """The row, locked, if nobody has decided on it yet, or only that it is accepted
    where that may be; otherwise refused."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    for done, word in (
        (donation.voided_at, "voided"),
        (None if accepted_too else donation.accepted_on, "accepted"),
        (donation.returned_on, "returned"),
    ):
        if done is not None:
            raise DonationRefused(
                f"already_{word}", f"This donation was {word} before."
            )
    return donation


def record_of(
    verb: str, donation: Donation, *, by: Actor, at: datetime, **data: object
) -> None:
    """Audit what was done with a donation, under `verb`."""
    audit.record(
        verb,
        by=by,
        at=at,
        organisation_id=donation.organisation_id,
        campaign_id=donation.campaign_id,
        target=donation,
        amount=str(donation.amount),
        **data,
    )
