"""Filing suppliers' claims: one, or as many as a file brings, looked at as one."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from campaigns.access import Actor
from campaigns.actions.favours import follow_gift
from campaigns.actions.papers import record_papers
from campaigns.actions.spending import keeping_all_within_the_limit, lock_bearers
from campaigns.clock import day_of
from campaigns.models import Campaign, Expense, ExpenseState, Invoice
from campaigns.rules.likely_days import refuse_unlikely
from campaigns.rules.money import pounds, to_the_penny
from campaigns.rules.refusals import Refusal

BATCH = 1_000


class InvoiceRefused(Refusal):
    """The invoice cannot be recorded or voided as asked."""


class InvoiceFiling:
    """Invoices on these expenses, each taken as if those before it were filed, and all
    saved together.

    Within a transaction that has locked `bearers`, who are all that bear any of them.
    Ten queries, however many invoices, and some for each bearer.
    """

    def __init__(
        self,
        expenses: Iterable[Expense],
        bearers: list[Campaign],
        *,
        by: Actor,
        at: datetime,
    ) -> None:
        self.bearers, self.by, self.at = bearers, by, at
        found = Expense.objects.filter(pk__in={expense.pk for expense in expenses})
        found = found.select_related("campaign__election")
        self._expenses = {
            expense.pk: expense for expense in found.prefetch_related("invoices")
        }
        self._live = {
            pk: [bill for bill in expense.invoices.all() if bill.voided_at is None]
            for pk, expense in self._expenses.items()
        }
        self._taken: list[Invoice] = []

    def take(
        self,
        expense: Expense,
        *,
        number: str,
        amount: Decimal,
        dated_on: date,
        received_on: date,
        is_last: bool = True,
        dispute_reason: str = "",
    ) -> Invoice:
        """One that is not saved yet. Refused as `record_invoice` says."""
        number, dispute_reason = number.strip(), dispute_reason.strip()
        _refuse_unclear(number, amount, dated_on, received_on, at=self.at)
        expense = self._expenses[expense.pk]
        refuse_unlikely(dated_on, poll_on=expense.campaign.election.poll_on)
        _refuse_beyond_the_order(expense, self._live[expense.pk], number, amount)
        invoice = Invoice(
            organisation_id=expense.organisation_id,
            expense=expense,
            number=number,
            amount=amount,
            dated_on=dated_on,
            received_on=received_on,
            is_last=is_last,
            disputed=bool(dispute_reason),
            dispute_reason=dispute_reason,
            recorded_at=self.at,
        )
        invoice.recorded_by(self.by)
        self._live[expense.pk].append(invoice)
        self._taken.append(invoice)
        return invoice

    def save(self, *, over_limit_reason: str = "") -> None:
        """File what was taken. Audit verb, of each: `invoice.recorded`. Refused: a
        limit that is passed by it, without the agent's reason."""
        if not self._taken:
            return
        touched = {bill.expense.pk: bill.expense for bill in self._taken}
        with keeping_all_within_the_limit(
            list(touched.values()), self.bearers, by=self.by, reason=over_limit_reason
        ) as decision:
            Invoice.objects.bulk_create(self._taken, batch_size=BATCH)
            self._follow_gifts(touched.values())
        record_papers(
            "invoice.recorded",
            [
                (bill, bill.expense, {"is_last": bill.is_last, **decision.said})
                for bill in self._taken
            ],
            by=self.by,
            at=self.at,
        )

    def _follow_gifts(self, touched: Iterable[Expense]) -> None:
        """Of each that has a donation: few, if any."""
        for expense in touched:
            numbers = ", ".join(bill.number for bill in self._live[expense.pk])
            reason = f"Invoice {numbers} changed what is given"[:500]
            follow_gift(expense, reason=reason, by=self.by, at=self.at)


def file_invoice(
    *,
    expense: Expense,
    over_limit_reason: str = "",
    by: Actor,
    at: datetime,
    number: str,
    amount: Decimal,
    dated_on: date,
    received_on: date,
    is_last: bool = True,
    dispute_reason: str = "",
) -> Invoice:
    """The step of `record_invoice`, within a transaction of others."""
    filing = InvoiceFiling([expense], lock_bearers(expense), by=by, at=at)
    invoice = filing.take(
        expense,
        number=number,
        amount=amount,
        dated_on=dated_on,
        received_on=received_on,
        is_last=is_last,
        dispute_reason=dispute_reason,
    )
    filing.save(over_limit_reason=over_limit_reason)
    return invoice


def _refuse_unclear(
    number: str, amount: Decimal, dated_on: date, received_on: date, *, at: datetime
) -> None:
    if not number:
        raise InvoiceRefused("no_number", "An invoice needs its number or date mark.")
    if amount <= 0 or amount != to_the_penny(amount):
        raise InvoiceRefused("bad_amount", "An invoice is for more than nothing.")
    if received_on < dated_on:
        raise InvoiceRefused(
            "days_out_of_order", "An invoice cannot come before the day it is dated."
        )
    if received_on > day_of(at):
        raise InvoiceRefused(
            "day_to_come", "An invoice is filed once it has come, not before."
        )


def _refuse_beyond_the_order(
    expense: Expense, live: list[Invoice], number: str, amount: Decimal
) -> None:
    if expense.state != ExpenseState.COMMITTED:
        raise InvoiceRefused(
            "not_committed",
            "Only a committed expense can be invoiced: commit it first.",
        )
    if any(bill.is_last for bill in live):
        raise InvoiceRefused("was_last", "The last invoice has come: void it first.")
    if any(bill.number == number for bill in live):
        raise InvoiceRefused("number_twice", f"Invoice {number} is filed already.")
    total = sum((bill.claim for bill in live), amount)
    if total > expense.amount:
        raise InvoiceRefused(
            "more_than_committed",
            f"The invoices would come to {pounds(total)}, but only "
            f"{pounds(expense.amount)} was committed: propose the rest as a further "
            "expense, so that it is checked against the limit.",
        )
