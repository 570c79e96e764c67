"""A desk where clerks work on two campaigns' money at random, watched after each step.

`PapersDesk` walks expenses and their papers; what else moves what counts, or a limit,
is in `test_limit_is_kept.py`, and copies that are delivered in the leaflets' own test.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from campaigns.access import Actor
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
from campaigns.models import (
    AuditEntry,
    Campaign,
    CreditNote,
    Expense,
    Invoice,
    Payment,
    SpendingAuthority,
)
from campaigns.reports.spending_position import SpendingPosition, spending_position
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import propose
from tests.cast import NOW

WHICH = st.integers(0, 9)
POUNDS = st.integers(1, 900).map(Decimal)
REASONS = st.sampled_from(("", "The hall was booked"))
DAY = date(2024, 4, 20)


def position_of(bearer: Campaign) -> SpendingPosition:
    return spending_position(Campaign.objects.get(pk=bearer.pk), at=NOW)


def over_by(position: SpendingPosition) -> Decimal:
    assert position.limit is not None
    return position.counted + position.in_hand - position.limit


class PapersDesk(RuleBasedStateMachine):
    """The books of two campaigns with some £3,040 and £1,000 to spend, of which one
    bears shares of the other's expenses; an agent and a treasurer work on them."""

    campaign: Campaign
    other: Campaign
    agent: Actor
    treasurer: Actor
    authority: SpendingAuthority
    over: dict[int, Decimal]

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.over = self._over()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.before)

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
        for _, entries in self._passed_by(lambda: act(by=by, at=NOW, **said)):
            assert is_agent
            assert reason
            written = [entry.data.get("over_limit_reason") for entry in entries]
            assert reason in written
            assert Expense.objects.filter(over_limit_reason=reason).exists()

    def happens(self, act: Callable[..., Any]) -> None:
        """What nobody chose: it is told of in the audit and on the money page."""
        for bearer, entries in self._passed_by(lambda: act(by=self.agent, at=NOW)):
            (told,) = [
                entry
                for entry in entries
                if entry.verb == "spending.limit_passed"
                and entry.campaign_id == bearer.pk
            ]
            assert Decimal(told.data["over"]) == self.over[bearer.pk]

    def _passed_by(
        self, act: Callable[[], Any]
    ) -> list[tuple[Campaign, list[AuditEntry]]]:
        """The campaigns of which a limit is passed by more than before, and what the
        audit says of that; their money pages say that it is passed."""
        then, last = self.over, AuditEntry.objects.count()
        try:
            act()
        except Refusal:
            return []
        self.over = self._over()
        entries = list(AuditEntry.objects.order_by("pk")[last:])
        return [
            (bearer, entries)
            for bearer in (self.campaign, self.other)
            if self.over[bearer.pk] > max(then[bearer.pk], Decimal(0))
        ]

    def _over(self) -> dict[int, Decimal]:
        """By how much each limit is passed, below nought where there is room."""
        found = {}
        for bearer in (self.campaign, self.other):
            position = position_of(bearer)
            found[bearer.pk] = over_by(position)
            codes = {warning.code for warning in position.warnings}
            if found[bearer.pk] > 0:
                assert codes & {"over_limit", "in_hand_over_limit"}
        return found

    def nth(self, model: Any, which: int) -> Any:
        """One row of a model or of chosen ones, if there are any."""
        rows = list(getattr(model, "objects", model).order_by("pk"))
        return rows[which % len(rows)] if rows else None

    @rule(amount=POUNDS, is_shared=st.booleans())
    def propose_something(self, amount: Decimal, is_shared: bool) -> None:
        panel = Share(1, 3, "A panel", campaign=self.other)
        propose(self.campaign, str(amount), shares=[panel] if is_shared else [])

    @rule(pence=st.integers(0, 2_000))
    def use_the_room(self, pence: int) -> None:
        """All but so many pence: whatever counts more then passes the limit."""
        room = -self.over[self.campaign.pk] - Decimal(pence) / 100
        if room > 0:
            made = propose(self.campaign, str(room))
            self.work(lambda **by: commit_expense(made, **by))

    @rule(amount=POUNDS)
    def propose_a_discount(self, amount: Decimal) -> None:
        worth = amount + 40
        propose(self.campaign, str(amount), kind="notional", market_value=worth)

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def commit_one(self, which: int, reason: str, is_agent: bool) -> None:
        if expense := self.nth(Expense, which):
            self.work(
                lambda **by: commit_expense(
                    expense, authority=None if is_agent else self.authority, **by
                ),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH)
    def void_one(self, which: int) -> None:
        if expense := self.nth(Expense, which):
            self.work(lambda **by: void_expense(expense, reason="Wrong", **by))

    @rule(which=WHICH)
    def declare_one(self, which: int) -> None:
        if expense := self.nth(Expense, which):
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
        if expense := self.nth(Expense, which):
            self.work(
                lambda **by: self.bill(expense, amount, is_last=is_last, **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def void_an_invoice(self, which: int, reason: str, is_agent: bool) -> None:
        if invoice := self.nth(Invoice, which):
            self.work(
                lambda **by: void_invoice(invoice, reason="Wrong", **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, amount=POUNDS)
    def pay_one(self, which: int, amount: Decimal) -> None:
        if invoice := self.nth(Invoice, which):
            self.work(
                lambda **by: record_payment(
                    invoice=invoice, amount=amount, paid_on=DAY, method="bank", **by
                )
            )

    @rule(which=WHICH)
    def void_a_payment(self, which: int) -> None:
        if payment := self.nth(Payment, which):
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
        if invoice := self.nth(Invoice, which):
            self.work(
                lambda **by: self.credit(
                    invoice, amount / 10, is_favour=is_favour, **by
                ),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, reason=REASONS, is_agent=st.booleans())
    def void_a_credit_note(self, which: int, reason: str, is_agent: bool) -> None:
        if note := self.nth(CreditNote, which):
            self.work(
                lambda **by: void_credit_note(note, reason="Wrong", **by),
                reason=reason,
                is_agent=is_agent,
            )

    @rule(which=WHICH, amount=POUNDS, is_settled=st.booleans(), reason=REASONS)
    def dispute_and_settle(
        self, which: int, amount: Decimal, is_settled: bool, reason: str
    ) -> None:
        if invoice := self.nth(Invoice, which):
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
