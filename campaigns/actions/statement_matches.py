"""Saying what a line of a statement was, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from campaigns.access import Actor
from campaigns.actions.credit_notes import strike_credit_note
from campaigns.actions.donations import mark_promised_again, mark_received
from campaigns.actions.expense_payments import file_payment, strike_payment
from campaigns.actions.refunds_due import file_refund, strike_refund
from campaigns.actions.spending import lock_bearers_of
from campaigns.actions.statement_records import save_match, strike_match
from campaigns.models import (
    Campaign,
    CreditNote,
    Donation,
    Expense,
    Invoice,
    Payment,
    Refund,
    StatementLine,
    StatementMatch,
)
from campaigns.roles import Capability
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal
from campaigns.rules.statement_matching import BILLS, Kind

NOTHING = Decimal("0.00")
ALREADY_SAID = "It was said already what this line is; look at it again."


class MatchRefused(Refusal):
    """The line cannot be this, or the match not be undone."""


@dataclass(frozen=True, slots=True)
class Part:
    """So many pounds of a line are this invoice, payment, donation or credit note."""

    kind: str
    id: int
    amount: Decimal


def match_line(
    *, line: StatementLine, parts: Sequence[Part], by: Actor, at: datetime
) -> list[StatementMatch]:
    """Say what a line was: one thing or several, wholly or for a part of it.

    An invoice is paid by it: the payment is filed with the line's day; one that was
    credited may have been paid in full, and what was credited is due back. A payment
    that was filed before, a donation, or a credit note whose money came back, is
    linked; a donation that was only promised is received.
    All of it or nothing, under the campaign's lock, so that two clerks cannot use one
    line, payment or donation twice. Audit: `statement_line.matched`, and those of the
    payments and donations. Refused: no part, more than is left of the line or of the
    thing, money that moved the other way, what is not there or voided.
    """
    if not parts:
        raise MatchRefused("no_part", "Say what it was: nothing was chosen.")
    if len({(part.kind, part.id) for part in parts}) < len(parts):
        raise MatchRefused("part_twice", "Each thing is named once.")
    with transaction.atomic(durable=True):
        named = [part.id for part in parts if part.kind in BILLS]
        noted = [part.id for part in parts if part.kind == Kind.CREDIT_NOTE]
        bills = Q(pk__in=named) | Q(credit_notes__in=noted)
        line = locked_line(line, Invoice.objects.filter(bills))
        _refuse_more_than_left(line, parts)
        return [_match(line, part, by=by, at=at) for part in parts]


def set_line_aside(
    *, line: StatementLine, reason: str, by: Actor, at: datetime
) -> StatementMatch:
    """What is left of a line is no money of the campaign's, for this reason.

    Audit: `statement_line.set_aside`. Refused: no reason, nothing left of it.
    """
    if not reason.strip():
        raise MatchRefused("no_reason", "Say why it is not the campaign’s.")
    with transaction.atomic(durable=True):
        line = locked_line(line, Invoice.objects.none())
        left = left_of(line)
        if left <= 0:
            raise MatchRefused("nothing_left", ALREADY_SAID)
        return save_match(line, left, "set_aside", by=by, at=at, aside=reason.strip())


def undo_match(
    match: StatementMatch,
    *,
    reason: str,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
) -> StatementMatch:
    """Take back what was said of a line, and what the match itself made of it.

    A payment or a credit note that it filed is voided with it; a refund that was due
    until then is due again; a donation of which it
    said that it came is promised again. Audit: `statement_line.undone`, and those of
    what is taken back. Refused: no reason, undone before, a donation that something
    else shows to have come, or a return is filed that tells of it, and a limit that
    would be passed without its credit note, unless the agent gives `over_limit_reason`.
    """
    reason = reason.strip()
    if not reason:
        raise MatchRefused("no_reason", "Say why it is undone.")
    with transaction.atomic(durable=True):
        locked_line(match.line, _bill_of(match))
        match = StatementMatch.objects.select_related(
            "line",
            "payment__invoice__expense",
            "credit_note__invoice__expense",
            "refund__credit_note__invoice__expense",
        ).get(pk=match.pk)
        if match.voided_at is not None:
            raise MatchRefused("already_undone", "This was undone before.")
        strike_match(match, reason=reason, by=by, at=at)
        if match.made:
            _take_back(match, reason, over_limit_reason, by=by, at=at)
    return match


def _bill_of(match: StatementMatch) -> QuerySet[Invoice]:
    if match.payment_id:
        return Invoice.objects.filter(payments=match.payment_id)
    if match.credit_note_id:
        return Invoice.objects.filter(credit_notes=match.credit_note_id)
    return Invoice.objects.none()


def _take_back(
    match: StatementMatch,
    reason: str,
    over_limit_reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    if match.payment:
        strike_payment(match.payment, reason=reason, by=by, at=at)
    if match.refund:
        strike_refund(match.refund, reason=reason, by=by, at=at)
    elif match.credit_note:
        strike_credit_note(
            match.credit_note,
            reason=reason,
            over_limit_reason=over_limit_reason,
            by=by,
            at=at,
        )
    if match.donation_id:
        mark_promised_again(match.donation_id, by=by, at=at)


def locked_line(line: StatementLine, invoices: QuerySet[Invoice]) -> StatementLine:
    """The line, with the money of its campaign, and of those that bear a part of these
    invoices, locked until the commit: in the order of their ids, as everybody does."""
    ours = Expense.objects.filter(campaign=line.campaign_id, invoices__in=invoices)
    lock_bearers_of(ours)
    Campaign.objects.select_for_update(no_key=True).get(pk=line.campaign_id)
    return StatementLine.objects.select_related("account").get(pk=line.pk)


def left_of(line: StatementLine) -> Decimal:
    live = line.matches.filter(voided_at__isnull=True)
    matched: Decimal | None = live.aggregate(sum=Sum("amount"))["sum"]
    return line.size - (matched or NOTHING)


def _refuse_more_than_left(line: StatementLine, parts: Sequence[Part]) -> None:
    for part in parts:
        if part.amount <= 0 or part.amount != to_the_penny(part.amount):
            raise MatchRefused("bad_amount", "Each part is of more than nothing.")
    left = left_of(line)
    if left <= 0:
        raise MatchRefused("nothing_left", ALREADY_SAID)
    total = sum((part.amount for part in parts), NOTHING)
    if total > left:
        raise MatchRefused(
            "more_than_the_line",
            f"That comes to {pounds(total)}, but {pounds(left)} of the line is left.",
        )


def _match(
    line: StatementLine, part: Part, *, by: Actor, at: datetime
) -> StatementMatch:
    if part.kind in BILLS:
        payment = _pay(line, part, by=by, at=at)
        return save_match(
            line, part.amount, "matched", by=by, at=at, payment=payment, made=True
        )
    if part.kind == Kind.PAYMENT:
        payment = _paid(line, part)
        return save_match(line, part.amount, "matched", by=by, at=at, payment=payment)
    if part.kind == Kind.DONATION:
        donation, came = _given(line, part, by=by, at=at)
        return save_match(
            line, part.amount, "matched", by=by, at=at, donation=donation, made=came
        )
    if part.kind == Kind.CREDIT_NOTE:
        note, refund = _came_back(line, part, by=by, at=at)
        return save_match(
            line,
            part.amount,
            "matched",
            by=by,
            at=at,
            credit_note=note,
            refund=refund,
            made=refund is not None,
        )
    raise MatchRefused("unknown_kind", f"{part.kind!r} is nothing that a line can be.")


def _pay(line: StatementLine, part: Part, *, by: Actor, at: datetime) -> Payment:
    _refuse_money_in(line)
    invoice = (
        Invoice.objects.select_related("expense")
        .filter(pk=part.id, expense__campaign_id=line.campaign_id)
        .first()
    )
    if invoice is None:
        raise MatchRefused("no_invoice", "There is no such invoice of this campaign.")
    return file_payment(
        invoice=invoice,
        amount=part.amount,
        paid_on=line.day,
        method=line.account.method,
        by=by,
        at=at,
    )


def _paid(line: StatementLine, part: Part) -> Payment:
    _refuse_money_in(line)
    payment = Payment.objects.filter(
        pk=part.id,
        invoice__expense__campaign_id=line.campaign_id,
        voided_at__isnull=True,
    ).first()
    if payment is None:
        raise MatchRefused("no_payment", "There is no such payment of this campaign.")
    shown = payment.statement_matches.filter(voided_at__isnull=True)
    _refuse_shown_twice(shown.aggregate(sum=Sum("amount"))["sum"], payment.amount, part)
    return payment


def _refuse_money_in(line: StatementLine) -> None:
    if not line.is_out:
        raise MatchRefused("money_in", "Money that came in pays no invoice.")


def _refuse_shown_twice(shown: Decimal | None, whole: Decimal, part: Part) -> None:
    left = whole - (shown or NOTHING)
    if part.amount > left:
        raise MatchRefused(
            "shown_already",
            f"Only {pounds(left)} of its {pounds(whole)} is on no statement yet.",
        )


def _came_back(
    line: StatementLine, part: Part, *, by: Actor, at: datetime
) -> tuple[CreditNote, Refund | None]:
    """The credit note, and what of it was due until this line: what was said to have
    come before is shown by it first."""
    refuse_money_out(line)
    note = CreditNote.objects.filter(
        pk=part.id,
        invoice__expense__campaign_id=line.campaign_id,
        voided_at__isnull=True,
    ).first()
    if note is None:
        raise MatchRefused(
            "no_credit_note", "There is no such credit note of this campaign."
        )
    shown = note.statement_matches.filter(voided_at__isnull=True)
    on_lines = shown.aggregate(sum=Sum("amount"))["sum"] or NOTHING
    _refuse_shown_twice(on_lines, note.refunded, part)
    came = on_lines + part.amount - note.came
    if came <= 0:
        return note, None
    return note, file_refund(note, amount=came, came_on=line.day, by=by, at=at)


def refuse_money_out(line: StatementLine) -> None:
    if line.is_out:
        raise MatchRefused("money_out", "Money that went out is no refund.")


def _given(
    line: StatementLine, part: Part, *, by: Actor, at: datetime
) -> tuple[Donation, bool]:
    """Money in is the donation, money out is its return; and whether it came by it."""
    donation = (
        Donation.objects.select_for_update()
        .filter(pk=part.id, campaign_id=line.campaign_id, voided_at__isnull=True)
        .first()
    )
    if donation is None:
        raise MatchRefused("no_donation", "There is no such donation of this campaign.")
    if donation.in_kind:
        raise MatchRefused("in_kind", "That donation was a thing, not money.")
    if line.is_out and donation.returned_on is None:
        raise MatchRefused(
            "not_returned", "That donation was not returned: say so first."
        )
    matches = donation.statement_matches.filter(voided_at__isnull=True)
    same_way = (
        matches.filter(line__amount__lt=0)
        if line.is_out
        else matches.filter(line__amount__gt=0)
    )
    shown = same_way.aggregate(sum=Sum("amount"))["sum"]
    _refuse_shown_twice(shown, donation.amount, part)
    came = donation.received_on is None
    if came:
        _receive(line, donation, part, by=by, at=at)
    return donation, came


def _receive(
    line: StatementLine, donation: Donation, part: Part, *, by: Actor, at: datetime
) -> None:
    may = by.can(
        Capability.RECORD_DONATIONS,
        organisation_id=line.organisation_id,
        campaign_id=line.campaign_id,
    )
    if not may:
        raise MatchRefused(
            "not_yours_to_receive", "Whoever enters donations says that it came."
        )
    if part.amount != donation.amount:
        raise MatchRefused(
            "not_all_of_it",
            f"{pounds(donation.amount)} was promised, not {pounds(part.amount)}:"
            " enter what came as a donation of its own.",
        )
    mark_received(donation, received_on=line.day, by=by, at=at)
