"""Whatever clerks do, in whatever order: the limit is never passed silently."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.campaign_settings import change_campaign, set_wards
from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.districts import set_ward_of_district
from campaigns.actions.donations import record_donation, void_donation
from campaigns.actions.estimated_limits import telling_of_estimates
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import record_payment, void_invoice
from campaigns.actions.gifts_in_kind import record_gift_in_kind, return_gift
from campaigns.actions.limit_notices import record_limit_notice, void_limit_notice
from campaigns.actions.regulated_days import set_regulated_days
from campaigns.actions.statement_matches import Part, match_line, undo_match
from campaigns.actions.statement_refunds import refund_line
from campaigns.actions.supplier_invoices import file_invoices, settle_row
from campaigns.importers.money_columns import ReadRows
from campaigns.importers.supplier_invoices import ReadInvoice
from campaigns.models import (
    AuditEntry,
    Campaign,
    Donation,
    Elector,
    Expense,
    Invoice,
    InvoiceFileRow,
    InvoiceSupplier,
    LimitNotice,
    PollingDistrict,
    StatementAccount,
    StatementLine,
    StatementMatch,
    Ward,
)
from campaigns.reports.expense_table import standing_of_invoice
from campaigns.roles import Role
from campaigns.rules.refusals import Refusal
from tests.campaigns.limit_desk import DAY, POUNDS, REASONS, WHICH, PapersDesk
from tests.campaigns.papers import bill
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.campaigns.statement_helpers import account_of
from tests.campaigns.supplier_helpers import fields, supplier_of
from tests.cast import NOW, POLL_ON, actor, make_district, make_elector, member
from tests.house.statement_samples import book

pytestmark = pytest.mark.django_db
# What a row of a supplier's file is: for which order or of which invoice, if any.
ROWS = st.lists(
    st.tuples(st.sampled_from(("order", "credit", "new")), WHICH, POUNDS),
    min_size=1,
    max_size=3,
)


class Desk(PapersDesk):
    """And all else by which what counts may rise, or a limit fall."""

    account: StatementAccount
    supplier: InvoiceSupplier
    wards: tuple[Ward, Ward]

    def bearer(self, is_other: bool) -> Campaign:
        """As it is now, for what is told of it was perhaps changed."""
        pk = (self.other if is_other else self.campaign).pk
        return Campaign.objects.select_related("election").get(pk=pk)

    @rule(electors=st.integers(1, 3_000), is_official=st.booleans(), of=st.booleans())
    def new_numbers_come(self, electors: int, is_official: bool, of: bool) -> None:
        self.happens(
            lambda **by: record_limit_notice(
                campaign=self.bearer(of),
                electors=electors,
                councils=1,
                is_official=is_official,
                given_on=date(2024, 3, 28),
                document="Letter" if is_official else "Our guess",
                **by,
            )
        )

    @rule(which=WHICH)
    def numbers_are_voided(self, which: int) -> None:
        if found := self.nth(LimitNotice, which):
            self.happens(lambda **by: void_limit_notice(found, reason="Wrong", **by))

    @rule(day=st.integers(1, 28), is_other=st.booleans())
    def the_candidacy_began(self, day: int, is_other: bool) -> None:
        self.happens(
            lambda **by: set_regulated_days(
                campaign=self.bearer(is_other),
                became_candidate_on=date(2024, 4, day),
                **by,
            )
        )

    @rule(joint=st.integers(1, 3))
    def others_stand_with_us(self, joint: int) -> None:
        self.happens(
            lambda **by: change_campaign(self.other, {"joint_candidates": joint}, **by)
        )

    @rule(both=st.booleans(), is_other=st.booleans())
    def other_wards_are_fought(self, both: bool, is_other: bool) -> None:
        chosen = self.wards if both else self.wards[:1]
        self.happens(lambda **by: set_wards(self.bearer(is_other), chosen, **by))

    @rule(to=st.integers(0, 1))
    def a_district_lies_elsewhere(self, to: int) -> None:
        district, ward = PollingDistrict.objects.get(code="BN2"), self.wards[to]
        self.happens(lambda **by: set_ward_of_district(district, ward=ward, **by))

    @rule(on_register=st.integers(0, 3))
    def a_register_is_loaded(self, on_register: int) -> None:
        """What an import and a destroyed copy write of people, and all they share."""
        people = Elector.objects.filter(polling_district__code="BN2").order_by("pk")
        here = [one.pk for one in people[:on_register]]

        def load(**by: Any) -> None:
            with telling_of_estimates(
                organisation_id=self.campaign.organisation_id,
                council_id=self.wards[0].council_id,
                because="register",
                **by,
            ):
                people.update(on_register=False)
                Elector.objects.filter(pk__in=here).update(on_register=True)

        self.happens(load)

    @rule(which=WHICH, amount=POUNDS, is_favour=st.booleans(), reason=REASONS)
    def money_comes_back(
        self, which: int, amount: Decimal, is_favour: bool, reason: str
    ) -> None:
        """Of an invoice that is paid for it, if it can be."""
        if not (invoice := self.nth(Invoice, which)):
            return
        unpaid = standing_of_invoice(invoice).unpaid
        paid = {"paid_on": DAY, "method": "bank"}
        self.work(
            lambda **by: record_payment(invoice=invoice, amount=unpaid, **paid, **by)
        )
        line = self._line(amount / 10)
        self.work(
            lambda **by: refund_line(
                line=line,
                invoice=invoice,
                number=f"R-{line.pk}",
                reason="A box was missing",
                is_favour=is_favour,
                **by,
            ),
            reason=reason,
        )

    @rule(which=WHICH, amount=POUNDS, reason=REASONS, is_agent=st.booleans())
    def money_came_back_of_something_else(
        self, which: int, amount: Decimal, reason: str, is_agent: bool
    ) -> None:
        """Its room is used before the match is undone."""
        self.money_comes_back(which, amount, is_favour=False, reason="")
        self.use_the_room(0)
        last = StatementMatch.objects.count() - 1
        self.a_match_is_undone(last, reason, is_agent)

    @rule(which=WHICH, amount=POUNDS)
    def a_line_pays(self, which: int, amount: Decimal) -> None:
        if invoice := self.nth(Invoice, which):
            line, part = self._line(-amount), Part("invoice", invoice.pk, amount)
            self.work(lambda **by: match_line(line=line, parts=[part], **by))

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def a_match_is_undone(self, which: int, reason: str, is_agent: bool) -> None:
        if match := self.nth(StatementMatch, which):
            self.work(
                lambda **by: undo_match(match, reason="Another", **by),
                reason=reason,
                is_agent=is_agent,
            )

    def _line(self, amount: Decimal) -> StatementLine:
        words = f"Line {StatementLine.objects.count()}"
        book(self.account, words, str(amount))
        return StatementLine.objects.get(description=words)

    @rule(rows=ROWS, is_agent=st.booleans())
    def a_suppliers_file_comes(
        self, rows: list[tuple[str, int, Decimal]], is_agent: bool
    ) -> None:
        read = ReadRows[ReadInvoice](
            "0" * 64, [self._row(line, *row) for line, row in enumerate(rows, 2)]
        )
        told = fields(category="unsolicited")
        self.work(
            lambda **by: file_invoices(read, supplier=self.supplier, told=told, **by),
            is_agent=is_agent,
        )

    def _row(self, line: int, kind: str, which: int, amount: Decimal) -> ReadInvoice:
        ordered = self.nth(Expense.objects.filter(order_number__isnull=False), which)
        billed = self.nth(Invoice, which)
        is_credit = kind == "credit"
        return ReadInvoice(
            line_number=line,
            number=f"F-{AuditEntry.objects.count()}-{line}",
            dated_on=DAY,
            description="Leaflets",
            amount=-amount / 10 if is_credit else amount,
            order=str(ordered.order_number) if kind == "order" else "",
            credits=billed.number if is_credit else "",
            used_from=None,
            used_until=None,
        )

    @rule(which=WHICH, on=WHICH, is_named=st.booleans())
    def what_waited_is_filed(self, which: int, on: int, is_named: bool) -> None:
        row, expense = self.nth(InvoiceFileRow, which), self.nth(Expense, on)
        if row:
            named = expense if is_named else None
            self.work(lambda **by: settle_row(row, expense=named, **by))

    @rule(amount=POUNDS, is_shared=st.booleans(), has_come=st.booleans())
    def something_is_given(
        self, amount: Decimal, is_shared: bool, has_come: bool
    ) -> None:
        panel = Share(1, 3, "A panel", campaign=self.other)
        self.work(
            lambda **by: record_gift_in_kind(
                campaign=self.campaign,
                donor="Dora Donor",
                donor_kind="individual",
                market_value=amount + 60,
                paid=amount / 10,
                value_basis="A quote",
                received_on=DAY if has_come else None,
                description="Paper",
                category="unsolicited",
                used_from=date(2024, 4, 10),
                used_until=POLL_ON,
                shares=[panel] if is_shared else [],
                **by,
            )
        )

    @rule(which=WHICH, was_used=st.booleans())
    def a_gift_goes_back(self, which: int, was_used: bool) -> None:
        if gift := self.nth(Donation, which):
            how = {"returned_on": NOW.date(), "returned_how": "By van"}
            self.work(lambda **by: return_gift(gift, was_used=was_used, **how, **by))

    @rule(amount=POUNDS)
    def money_is_given(self, amount: Decimal) -> None:
        self.work(
            lambda **by: record_donation(
                campaign=self.campaign,
                donor="Dora Donor",
                donor_kind="individual",
                amount=amount,
                received_on=DAY,
                **by,
            )
        )

    @rule(which=WHICH, is_agent=st.booleans())
    def a_donation_is_voided(self, which: int, is_agent: bool) -> None:
        if given := self.nth(Donation, which):
            self.work(
                lambda **by: void_donation(given, reason="Typed twice", **by),
                is_agent=is_agent,
            )


def little_is_left(campaign: Campaign, other: Campaign) -> None:
    """£900.00 was ordered thrice and billed at £500.00, once less a credit note of
    £100.00, and once for both campaigns."""
    notice(other, electors=500)
    notice(campaign, electors=1, councils=1)
    third = [Share(1, 3, "A panel", campaign=other)]
    billed = [
        bill(commit(campaign, "900.00", shares=shares), "500.00", f"PP-{number}")
        for number, shares in enumerate(([], [], third))
    ]
    record_credit_note(
        invoice=billed[0],
        number="C-1",
        amount=Decimal(100),
        dated_on=DAY,
        reason="A box was missing",
        by=clerk(campaign),
        at=NOW,
    )
    commit(campaign, "1766.66")


def test_no_order_of_work_passes_a_limit_without_a_reason(
    campaign: Campaign, other_campaign: Campaign, ward: Ward, other_ward: Ward
) -> None:
    """An elector of the first ward and three of a district that may lie in either."""
    little_is_left(campaign, other_campaign)
    make_elector(make_district(campaign.organisation, ward, "BN1"))
    for _ in range(3):
        make_elector(make_district(campaign.organisation, other_ward, "BN2"))
    treasurer = member("Trudy", Role.TREASURER, campaign)
    authority = authorise_spending(
        campaign=campaign,
        user=treasurer,
        cap=Decimal("2000.00"),
        written_on=DAY,
        document="Letter",
        by=clerk(campaign),
        at=NOW,
    )
    given = {
        "campaign": campaign,
        "other": other_campaign,
        "agent": clerk(campaign),
        "treasurer": actor(treasurer),
        "authority": authority,
        "account": account_of(campaign),
        "supplier": supplier_of(campaign),
        "wards": (ward, other_ward),
    }
    desk = type("TheDesk", (Desk,), given)
    over = desk().over
    assert [str(over[one.pk]) for one in (campaign, other_campaign)] == [
        "-40.09",
        "-833.33",
    ]

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        desk, settings=settings(max_examples=8, stateful_step_count=20, deadline=None)
    )


def test_a_reason_of_somebody_else_passes_no_limit(campaign: Campaign) -> None:
    """Without its last invoice, the whole order of £900.00 counts again."""
    treasurer = actor(member("Trudy", Role.TREASURER, campaign))
    by, at = clerk(campaign), NOW
    notice(campaign, electors=1, councils=1)
    order = commit_expense(propose(campaign, "900.00"), by=by, at=at)
    invoice = bill(order, "100.00")
    commit_expense(propose(campaign, "2800.00"), by=by, at=at)
    struck = {"reason": "Twice", "over_limit_reason": "Owed", "at": at}

    with pytest.raises(Refusal, match="only the agent"):
        void_invoice(invoice, by=treasurer, **struck)  # type: ignore[arg-type]
    void_invoice(invoice, by=by, **struck)  # type: ignore[arg-type]

    order.refresh_from_db()
    assert order.over_limit_reason == "Owed"
    entry = AuditEntry.objects.get(verb="invoice.voided")
    assert entry.data["over_limit_reason"] == "Owed"


def test_numbers_that_make_a_limit_passed_are_told_of(other_campaign: Campaign) -> None:
    """Two joint candidates have a quarter less each: £750.00."""
    by = clerk(other_campaign)
    notice(other_campaign, electors=500)  # £1,000.00
    commit_expense(propose(other_campaign, "960.00"), by=by, at=NOW)

    change_campaign(other_campaign, {"joint_candidates": 2}, by=by, at=NOW)

    told = AuditEntry.objects.get(verb="spending.limit_passed")
    assert told.data == {
        "limit": "limit",
        "over": "210.00",
        "over_before": "-40.00",
        "because": "joint candidates",
    }
