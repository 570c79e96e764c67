"""Whatever clerks do, in whatever order: the limit is never passed silently."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from campaigns.access import Actor
from campaigns.actions.campaign_settings import change_campaign
from campaigns.actions.credit_notes import record_credit_note, void_credit_note
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import (
    record_invoice,
    record_payment,
    void_invoice,
    void_payment,
)
from campaigns.actions.expenses import void_expense
from campaigns.actions.gifts_in_kind import declare_value
from campaigns.actions.invoice_disputes import dispute_invoice, end_dispute
from campaigns.actions.regulated_days import set_regulated_days
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Expense,
    Invoice,
    Payment,
)
from campaigns.reports.spending_position import spending_position
from campaigns.roles import Role
from campaigns.rules.refusals import Refusal
from tests.campaigns.papers import bill
from tests.campaigns.purchases import clerk, notice, propose
from tests.cast import NOW, actor, member

pytestmark = pytest.mark.django_db
WHICH = st.integers(0, 9)
POUNDS = st.integers(1, 900).map(Decimal)
REASONS = st.sampled_from(("", "The hall was booked"))
DAY = date(2024, 4, 20)


def over_by(bearer: Campaign) -> Decimal:
    position = spending_position(Campaign.objects.get(pk=bearer.pk), at=NOW)
    assert position.limit is not None
    return position.counted + position.in_hand - position.limit


class Desk(RuleBasedStateMachine):
    """The books of two campaigns with some £3,040 and £1,000 to spend, of which one
    bears shares of the other's expenses; an agent and a treasurer work on them."""

    campaign: Campaign
    other: Campaign
    agent: Actor
    treasurer: Actor

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

    @initialize()
    def little_is_left(self) -> None:
        """£900.00 was ordered thrice and billed at £500.00, once less a credit note of
        £100.00, and once for both campaigns."""
        notice(self.other, electors=500)
        notice(self.campaign, electors=1, councils=1)
        third = [Share(1, 3, "A panel", campaign=self.other)]
        for shares in ([], [], third):
            self.commit("900.00", shares)
            self.bill(Expense.objects.latest("pk"), Decimal(500))
        self.credit(Invoice.objects.earliest("pk"), Decimal(100), is_favour=False)
        self.commit("1766.66", [])
        assert [over_by(one) for one in (self.campaign, self.other)] == [
            Decimal("-40.09"),
            Decimal("-833.33"),
        ]

    def commit(self, amount: str, shares: list[Share]) -> None:
        made = propose(self.campaign, amount, shares=shares)
        commit_expense(made, by=self.agent, at=NOW)

    def bill(self, expense: Expense, amount: Decimal, **said: Any) -> None:
        said = {"is_last": True, "by": self.agent, "at": NOW} | said
        record_invoice(
            expense=expense,
            number=str(AuditEntry.objects.count()),
            amount=amount,
            dated_on=date(2024, 4, 12),
            received_on=date(2024, 4, 14),
            **said,
        )

    def credit(self, invoice: Invoice, amount: Decimal, **said: Any) -> None:
        said = {"by": self.agent, "at": NOW} | said
        record_credit_note(
            invoice=invoice,
            number=str(AuditEntry.objects.count()),
            amount=amount,
            dated_on=DAY,
            reason="A box was missing",
            **said,
        )

    def work(
        self, act: Callable[..., Any], *, reason: str = "", is_agent: bool = True
    ) -> None:
        """Do it, and look that no limit is passed further unless a reason of the agent
        is kept for it, and the money page says so."""
        by = self.agent if is_agent else self.treasurer
        said = {"over_limit_reason": reason} if reason else {}
        for bearer, entries in self._look(lambda: act(by=by, at=NOW, **said)):
            assert is_agent
            assert reason
            written = [entry.data.get("over_limit_reason") for entry in entries]
            assert reason in written
            kept = Expense.objects.filter(over_limit_reason=reason)
            assert kept.exists()
            self._is_shown(bearer)

    def happens(self, act: Callable[..., Any]) -> None:
        """What nobody chose: it is told of in the audit and on the money page."""
        for bearer, entries in self._look(lambda: act(by=self.agent, at=NOW)):
            (told,) = [e for e in entries if e.verb == "spending.limit_passed"]
            assert told.campaign_id == bearer.pk
            assert Decimal(told.data["over"]) == over_by(bearer)
            self._is_shown(bearer)

    def _look(self, act: Callable[[], Any]) -> list[tuple[Campaign, list[AuditEntry]]]:
        """The campaigns of which a limit is passed by more than before, and what the
        audit says of that."""
        bearers = (self.campaign, self.other)
        then, last = [over_by(one) for one in bearers], AuditEntry.objects.count()
        with suppress(Refusal):
            act()
        entries = list(AuditEntry.objects.order_by("pk")[last:])
        return [
            (bearer, entries)
            for bearer, was in zip(bearers, then, strict=True)
            if over_by(bearer) > max(was, Decimal(0))
        ]

    def _is_shown(self, bearer: Campaign) -> None:
        position = spending_position(Campaign.objects.get(pk=bearer.pk), at=NOW)
        assert "over_limit" in {warning.code for warning in position.warnings}

    def _nth(self, model: Any, which: int) -> Any:
        rows = list(model.objects.order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @rule(amount=POUNDS, is_shared=st.booleans())
    def propose_something(self, amount: Decimal, is_shared: bool) -> None:
        panel = Share(1, 3, "A panel", campaign=self.other)
        propose(self.campaign, str(amount), shares=[panel] if is_shared else [])

    @rule(amount=POUNDS)
    def propose_a_discount(self, amount: Decimal) -> None:
        worth = amount + 40
        propose(self.campaign, str(amount), kind="notional", market_value=worth)

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def commit_one(self, which: int, reason: str, is_agent: bool) -> None:
        if expense := self._nth(Expense, which):
            self.work(
                lambda **by: commit_expense(expense, **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH)
    def void_one(self, which: int) -> None:
        if expense := self._nth(Expense, which):
            self.work(lambda **by: void_expense(expense, reason="Wrong", **by))

    @rule(which=WHICH)
    def declare_one(self, which: int) -> None:
        if expense := self._nth(Expense, which):
            self.work(lambda **by: declare_value(expense, **by))

    @rule(
        which=WHICH,
        amount=POUNDS,
        is_last=st.booleans(),
        reason=REASONS,
        is_agent=st.booleans(),
    )
    def file_an_invoice(
        self, which: int, amount: Decimal, is_last: bool, reason: str, is_agent: bool
    ) -> None:
        if expense := self._nth(Expense, which):
            self.work(
                lambda **by: self.bill(expense, amount, is_last=is_last, **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def void_an_invoice(self, which: int, reason: str, is_agent: bool) -> None:
        if invoice := self._nth(Invoice, which):
            self.work(
                lambda **by: void_invoice(invoice, reason="Wrong", **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, amount=POUNDS)
    def pay_one(self, which: int, amount: Decimal) -> None:
        if invoice := self._nth(Invoice, which):
            self.work(
                lambda **by: record_payment(
                    invoice=invoice, amount=amount, paid_on=DAY, method="bank", **by
                )
            )

    @rule(which=WHICH)
    def void_a_payment(self, which: int) -> None:
        if payment := self._nth(Payment, which):
            self.work(lambda **by: void_payment(payment, reason="Wrong", **by))

    @rule(
        which=WHICH,
        amount=POUNDS,
        is_favour=st.booleans(),
        reason=REASONS,
        is_agent=st.booleans(),
    )
    def file_a_credit_note(
        self, which: int, amount: Decimal, is_favour: bool, reason: str, is_agent: bool
    ) -> None:
        if invoice := self._nth(Invoice, which):
            self.work(
                lambda **by: self.credit(
                    invoice, amount / 10, is_favour=is_favour, **by
                ),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def void_a_credit_note(self, which: int, reason: str, is_agent: bool) -> None:
        if note := self._nth(CreditNote, which):
            self.work(
                lambda **by: void_credit_note(note, reason="Wrong", **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, amount=POUNDS, is_settled=st.booleans(), reason=REASONS)
    def dispute_and_settle(
        self, which: int, amount: Decimal, is_settled: bool, reason: str
    ) -> None:
        if invoice := self._nth(Invoice, which):
            self.work(lambda **by: dispute_invoice(invoice, reason="Not ours", **by))
            self.work(
                lambda **by: end_dispute(
                    invoice,
                    outcome="settled" if is_settled else "withdrawn",
                    amount=amount if is_settled else None,
                    ended_on=DAY,
                    reason="Letter",
                    **by,
                ),
                reason=reason,
            )

    @rule(electors=st.integers(1, 3_000), is_other=st.booleans())
    def new_numbers_come(self, electors: int, is_other: bool) -> None:
        whose = self.other if is_other else self.campaign
        self.happens(lambda **_: notice(whose, electors=electors, councils=1))

    @rule(day=st.integers(1, 28), is_other=st.booleans())
    def the_candidacy_began(self, day: int, is_other: bool) -> None:
        whose = self.other if is_other else self.campaign
        self.happens(
            lambda **by: set_regulated_days(
                campaign=whose, became_candidate_on=date(2024, 4, day), **by
            )
        )

    @rule(joint=st.integers(1, 3))
    def others_stand_with_us(self, joint: int) -> None:
        self.happens(
            lambda **by: change_campaign(self.other, {"joint_candidates": joint}, **by)
        )


def test_no_order_of_work_passes_a_limit_without_a_reason(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    desk = type("TheDesk", (Desk,), {})
    desk.campaign, desk.other = campaign, other_campaign  # type: ignore[attr-defined]
    desk.agent = clerk(campaign)  # type: ignore[attr-defined]
    desk.treasurer = actor(member("Trudy", Role.TREASURER, campaign))  # type: ignore[attr-defined]

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        desk, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
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
