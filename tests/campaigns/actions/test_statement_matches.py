"""What a line of a statement was: said once, under one lock, and taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from campaigns.actions.donations import (
    DonationRefused,
    accept_donation,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.actions.expense_payments import (
    PaymentRefused,
    record_invoice,
    record_payment,
    void_payment,
)
from campaigns.actions.statement_matches import (
    MatchRefused,
    Part,
    match_line,
    set_line_aside,
    undo_match,
)
from campaigns.models import (
    AuditEntry,
    Campaign,
    Donation,
    Invoice,
    Payment,
    ReturnState,
    ReturnVersion,
    StatementLine,
    StatementMatch,
)
from campaigns.reports.statement_proposals import OpenThings
from campaigns.reports.statements import payments_left, statement_lines, waiting
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.statement_helpers import account_of
from tests.cast import NOW
from tests.house.statement_samples import book

pytestmark = pytest.mark.django_db


def line_of(campaign: Campaign, amount: str, words: str = "PLOVER 11") -> StatementLine:
    book(account_of(campaign), words, amount)
    return StatementLine.objects.get(description=words, amount=Decimal(amount))


def bill(campaign: Campaign, amount: str, number: str = "PP-11") -> Invoice:
    if not campaign.limit_notices.exists():
        notice(campaign)
    return record_invoice(
        expense=commit(campaign, amount),
        number=number,
        amount=Decimal(amount),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        by=clerk(campaign),
        at=NOW,
    )


def pay(invoice: Invoice, amount: str) -> Payment:
    return record_payment(
        invoice=invoice,
        amount=Decimal(amount),
        paid_on=date(2024, 4, 18),
        method="Bank transfer",
        by=clerk(invoice.expense.campaign),
        at=NOW,
    )


def gift(campaign: Campaign, amount: str, received: date | None) -> Donation:
    return record_donation(
        campaign=campaign,
        donor="Dora Donor",
        donor_kind="individual",
        amount=Decimal(amount),
        received_on=received,
        by=clerk(campaign),
        at=NOW,
    )


def say(line: StatementLine, *parts: tuple[str, int, str]) -> list[StatementMatch]:
    return match_line(
        line=line,
        parts=[Part(kind, id, Decimal(amount)) for kind, id, amount in parts],
        by=clerk(line.campaign),
        at=NOW,
    )


def left(line: StatementLine) -> Decimal:
    found: Decimal = statement_lines(line.campaign).get(pk=line.pk).left  # type: ignore[attr-defined]
    return found


def test_an_invoice_is_paid_by_its_line_on_the_lines_day(campaign: Campaign) -> None:
    invoice = bill(campaign, "100.00")
    line = line_of(campaign, "-100.00")

    say(line, ("invoice", invoice.pk, "100.00"))

    payment = Payment.objects.get()
    assert (payment.paid_on, payment.method) == (line.day, "Bank transfer")
    assert left(line) == 0
    assert waiting(campaign).count == 0
    verbs = AuditEntry.objects.filter(verb__startswith="statement_line.")
    assert [entry.data["payment"] for entry in verbs] == [payment.pk]


def test_one_line_pays_several_and_several_pay_one(campaign: Campaign) -> None:
    first, second = bill(campaign, "100.00"), bill(campaign, "50.00", "PP-12")
    both, rest = line_of(campaign, "-120.00"), line_of(campaign, "-30.00", "REST")

    say(both, ("invoice", first.pk, "100.00"), ("invoice", second.pk, "20.00"))
    say(rest, ("invoice", second.pk, "30.00"))

    assert Payment.objects.filter(invoice=second).count() == 2
    assert left(both) == left(rest) == 0


def test_a_payment_that_was_filed_is_linked_and_not_filed_again(
    campaign: Campaign,
) -> None:
    payment = pay(bill(campaign, "100.00"), "100.00")
    line = line_of(campaign, "-100.00")
    assert list(payments_left(campaign)) == [payment]

    say(line, ("payment", payment.pk, "100.00"))

    assert Payment.objects.count() == 1
    assert not payments_left(campaign).exists()


def test_a_donation_is_seen_coming_and_going(campaign: Campaign) -> None:
    came = gift(campaign, "40.00", date(2024, 4, 18))
    line = line_of(campaign, "40.00", "D DONOR")
    say(line, ("donation", came.pk, "40.00"))
    back = line_of(campaign, "-40.00", "BACK")

    with pytest.raises(MatchRefused) as refused:
        say(back, ("donation", came.pk, "40.00"))
    assert refused.value.code == "not_returned"

    return_donation(
        came,
        returned_on=date(2024, 4, 20),
        returned_how="By bank",
        by=clerk(campaign),
        at=NOW,
    )
    say(back, ("donation", came.pk, "40.00"))
    assert left(back) == 0


def test_what_was_promised_has_come_when_its_line_is_matched(
    campaign: Campaign,
) -> None:
    promised = gift(campaign, "40.00", None)
    part, whole = line_of(campaign, "10.00", "D"), line_of(campaign, "40.00", "DD")

    with pytest.raises(MatchRefused) as refused:
        say(part, ("donation", promised.pk, "10.00"))
    say(whole, ("donation", promised.pk, "40.00"))

    assert refused.value.code == "not_all_of_it"
    promised.refresh_from_db()
    assert promised.received_on == whole.day


def test_what_cannot_be_is_refused_and_nothing_is_written(campaign: Campaign) -> None:
    invoice = bill(campaign, "100.00")
    payment = pay(bill(campaign, "60.00", "PP-12"), "60.00")
    out, into = line_of(campaign, "-80.00"), line_of(campaign, "80.00")
    refusals = {
        "no_part": (out, ()),
        "part_twice": (out, (("invoice", invoice.pk, "1.00"),) * 2),
        "more_than_the_line": (out, (("invoice", invoice.pk, "80.01"),)),
        "bad_amount": (out, (("invoice", invoice.pk, "0.001"),)),
        "money_in": (into, (("invoice", invoice.pk, "80.00"),)),
        "shown_already": (out, (("payment", payment.pk, "70.00"),)),
        "no_invoice": (out, (("invoice", 0, "80.00"),)),
        "no_payment": (out, (("payment", 0, "80.00"),)),
        "no_donation": (into, (("donation", 0, "80.00"),)),
        "unknown_kind": (out, (("wish", 1, "80.00"),)),
    }

    seen = {}
    for code, (line, parts) in refusals.items():
        with pytest.raises(MatchRefused) as refused:
            say(line, *parts)
        seen[code] = refused.value.code

    assert seen == {code: code for code in refusals}
    assert not StatementMatch.objects.exists()


def test_all_parts_are_written_or_none(campaign: Campaign) -> None:
    invoice = bill(campaign, "50.00")
    line = line_of(campaign, "-100.00")

    with pytest.raises(PaymentRefused):
        say(line, ("invoice", invoice.pk, "60.00"))
    with pytest.raises(MatchRefused):
        say(line, ("invoice", invoice.pk, "50.00"), ("payment", 0, "50.00"))

    assert not Payment.objects.exists()


def test_what_is_not_the_campaigns_is_set_aside_with_a_reason(
    campaign: Campaign,
) -> None:
    line = line_of(campaign, "-80.00")
    by = clerk(campaign)

    with pytest.raises(MatchRefused):
        set_line_aside(line=line, reason=" ", by=by, at=NOW)
    set_line_aside(line=line, reason="To our card", by=by, at=NOW)
    with pytest.raises(MatchRefused) as refused:
        set_line_aside(line=line, reason="Again", by=by, at=NOW)

    assert refused.value.code == "nothing_left"
    assert list(statement_lines(campaign, state="aside")) == [line]
    assert AuditEntry.objects.filter(verb="statement_line.set_aside").count() == 1


def test_undoing_voids_the_payment_that_the_match_made(campaign: Campaign) -> None:
    invoice = bill(campaign, "80.00")
    line = line_of(campaign, "-80.00")
    (match,) = say(line, ("invoice", invoice.pk, "80.00"))
    by = clerk(campaign)

    with pytest.raises(PaymentRefused) as refused:
        void_payment(Payment.objects.get(), reason="Mistake", by=by, at=NOW)
    undo_match(match, reason="Another PP-11", by=by, at=NOW)
    with pytest.raises(MatchRefused):
        undo_match(match, reason="Again", by=by, at=NOW)

    assert refused.value.code == "on_a_statement"
    assert Payment.objects.get().void_reason == "Another PP-11"
    assert left(line) == Decimal("80.00")
    say(line, ("invoice", invoice.pk, "80.00"))
    assert left(line) == 0


def test_undoing_leaves_a_payment_that_was_there_before(campaign: Campaign) -> None:
    payment = pay(bill(campaign, "80.00"), "80.00")
    (match,) = say(line_of(campaign, "-80.00"), ("payment", payment.pk, "80.00"))

    undo_match(match, reason="Another day's", by=clerk(campaign), at=NOW)

    payment.refresh_from_db()
    assert payment.voided_at is None
    assert list(payments_left(campaign)) == [payment]


def test_undoing_puts_what_was_promised_back(campaign: Campaign) -> None:
    promised = gift(campaign, "40.00", None)
    line = line_of(campaign, "40.00")
    (match,) = say(line, ("donation", promised.pk, "40.00"))
    assert match.made

    undo_match(match, reason="Not hers", by=clerk(campaign), at=NOW)

    promised.refresh_from_db()
    assert promised.received_on is None
    assert AuditEntry.objects.filter(verb="donation.promised_again").count() == 1
    say(line, ("donation", promised.pk, "40.00"))
    promised.refresh_from_db()
    assert promised.received_on == line.day


def test_undoing_leaves_received_what_was_received_before(campaign: Campaign) -> None:
    came = gift(campaign, "40.00", date(2024, 4, 18))
    (match,) = say(line_of(campaign, "40.00"), ("donation", came.pk, "40.00"))

    undo_match(match, reason="Another day's", by=clerk(campaign), at=NOW)

    came.refresh_from_db()
    assert came.received_on == date(2024, 4, 18)


def test_what_was_accepted_since_is_not_only_promised_again(
    campaign: Campaign,
) -> None:
    promised = gift(campaign, "40.00", None)
    line = line_of(campaign, "40.00")
    (match,) = say(line, ("donation", promised.pk, "40.00"))
    accept_donation(promised, accepted_on=date(2024, 4, 21), by=clerk(campaign), at=NOW)

    with pytest.raises(DonationRefused) as refused:
        undo_match(match, reason="Not hers", by=clerk(campaign), at=NOW)
    assert refused.value.message == (
        "The donation was accepted on 21 April 2024. What is wrong about it is mended "
        "by voiding the donation, which undoes this too."
    )
    match.refresh_from_db()
    assert match.voided_at is None

    void_donation(promised, reason="Not hers", by=clerk(campaign), at=NOW)
    match.refresh_from_db()
    assert match.void_reason == "Not hers"
    assert left(line) == Decimal("40.00")


def test_what_a_filed_return_tells_of_stays_received(campaign: Campaign) -> None:
    promised = gift(campaign, "40.00", None)
    (match,) = say(line_of(campaign, "40.00"), ("donation", promised.pk, "40.00"))
    ReturnVersion.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        version=1,
        state=ReturnState.FILED,
        content={},
        sha256="0" * 64,
        is_nil=False,
        counted=0,
        donated=40,
        made_at=NOW,
        filed_on=date(2024, 4, 22),
        filed_how="By hand",
        filed_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )

    with pytest.raises(DonationRefused, match="was filed on 22 April 2024"):
        undo_match(match, reason="Not hers", by=clerk(campaign), at=NOW)


def test_a_donation_that_a_statement_shows_is_not_voided(campaign: Campaign) -> None:
    came = gift(campaign, "40.00", date(2024, 4, 18))
    say(line_of(campaign, "40.00"), ("donation", came.pk, "40.00"))

    with pytest.raises(DonationRefused) as refused:
        void_donation(came, reason="Typo", by=clerk(campaign), at=NOW)

    assert refused.value.code == "on_a_statement"


def test_another_campaigns_things_are_not_there(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(other_campaign)
    invoice = record_invoice(
        expense=commit(other_campaign, "80.00", over_limit_reason="Known"),
        number="1",
        amount=Decimal("80.00"),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        by=clerk(other_campaign),
        at=NOW,
    )
    line = line_of(campaign, "-80.00")

    with pytest.raises(MatchRefused) as refused:
        say(line, ("invoice", invoice.pk, "80.00"))

    assert refused.value.code == "no_invoice"
    assert OpenThings(campaign).out == []


def test_proposals_come_from_what_is_open(campaign: Campaign) -> None:
    invoice = bill(campaign, "80.00")
    bill(campaign, "81.00", "PP-12")
    line_of(campaign, "-80.00", "PLOVER PRESS PP-11")
    things = OpenThings(campaign)

    (line,) = statement_lines(campaign)
    found, *_ = things.proposals(line)
    assert [part.candidate.id for part in found.parts] == [invoice.pk]
    say(line, ("invoice", invoice.pk, "80.00"))

    (line,) = statement_lines(campaign)
    assert OpenThings(campaign).proposals(line) == ()


def test_nothing_about_a_statement_is_deleted_or_rewritten(campaign: Campaign) -> None:
    line = line_of(campaign, "-80.00")
    set_line_aside(line=line, reason="To our card", by=clerk(campaign), at=NOW)
    for write in (
        StatementMatch.objects.all().delete,
        StatementLine.objects.all().delete,
        lambda: StatementLine.objects.update(amount=Decimal("-8.00")),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()

    assert left(line) == 0
