"""Keeps the demo's money through the actions that everybody uses, up to a moment."""

from datetime import date, datetime, time
from decimal import Decimal

from campaigns.access import Actor
from campaigns.actions.donations import (
    accept_donation,
    record_donation,
    return_donation,
)
from campaigns.actions.donor_evidence import record_evidence
from campaigns.actions.expense_checks import Share
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.expense_payments import record_invoice, record_payment
from campaigns.actions.expenses import propose_expense, void_expense
from campaigns.actions.limit_notices import record_limit_notice
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    ExpenseState,
    LimitNotice,
    Organisation,
)
from config.demo import accounts, cast
from config.demo.accounts import Gift, Purchase, day
from config.demo.helpers import actor_of

NINE, NOON, FIVE = time(9), time(12), time(17)


class Ledger:
    """What has happened by `now`; what is there already is left as it is."""

    def __init__(self, organisation: Organisation, now: datetime) -> None:
        self.now = now
        self.campaigns = {
            found.slug: found for found in Campaign.objects.of(organisation)
        }
        self.organiser = actor_of(cast.ORGANISER, at=now)
        self.agents = {
            slug: actor_of(helper, at=now) for slug, helper in cast.AGENTS.items()
        }

    def keep(self) -> None:
        for notice in accounts.NOTICES:
            self.file_notice(notice)
        for nth, purchase in enumerate(accounts.PURCHASES):
            if self.has_come(purchase.incurred):
                self.buy(purchase, f"demo:{nth}")
        for gift in accounts.GIFTS:
            if gift.received is None or self.has_come(gift.received):
                self.receive(gift)

    def has_come(self, when: tuple[int, int], hour: time = NINE) -> bool:
        return at(when, hour) <= self.now

    def agent(self, campaign: str) -> Actor:
        return self.agents[campaign]

    def file_notice(self, notice: accounts.Notice) -> None:
        campaign = self.campaigns[notice.campaign]
        filed = LimitNotice.objects.filter(campaign=campaign).exists()
        if not filed and self.has_come(notice.given):
            record_limit_notice(
                campaign=campaign,
                electors=notice.electors,
                councils=notice.councils,
                given_on=day(notice.given),
                document=notice.document,
                by=self.agent(notice.campaign),
                at=at(notice.given, NINE),
            )

    def buy(self, purchase: Purchase, source: str) -> None:
        expense = self.propose(purchase, source)
        if expense.state == ExpenseState.PROPOSED and purchase.voided:
            void_expense(
                expense,
                reason=purchase.voided,
                by=self.agent(purchase.campaign),
                at=at(purchase.incurred, FIVE),
            )
        elif expense.state == ExpenseState.PROPOSED and purchase.committed:
            expense = commit_expense(
                expense,
                by=self.agent(purchase.campaign),
                at=at(purchase.incurred, NOON),
            )
        if purchase.bill and self.has_come(purchase.bill[1]):
            self.settle(purchase, expense)

    def propose(self, purchase: Purchase, source: str) -> Expense:
        bearer, parts, of_parts, reason = purchase.shared or ("", 0, 0, "")
        used_from, used_until = map(day, purchase.used)
        return propose_expense(
            campaign=self.campaigns[purchase.campaign],
            description=purchase.description,
            supplier=purchase.supplier,
            supplier_address=accounts.SUPPLIERS.get(purchase.supplier, ""),
            category=purchase.category,
            kind=purchase.kind,
            amount=Decimal(purchase.amount),
            market_value=Decimal(purchase.value) if purchase.value else None,
            staff_duty=purchase.duty,
            incurred_on=day(purchase.incurred),
            used_from=used_from,
            used_until=used_until,
            shares=[Share(parts, of_parts, reason, bearer)] if bearer else [],
            source=source,
            by=self.organiser,
            at=at(purchase.incurred, NINE),
        )

    def settle(self, purchase: Purchase, expense: Expense) -> None:
        number, billed = purchase.bill or ("", (0, 0))
        invoice = expense.invoices.first()
        if invoice is None:
            invoice = record_invoice(
                expense=expense,
                number=number,
                amount=expense.amount,
                dated_on=day(billed),
                received_on=day(billed),
                by=self.agent(purchase.campaign),
                at=at(billed, FIVE),
            )
        paid = purchase.paid
        if paid and self.has_come(paid) and not invoice.payments.exists():
            record_payment(
                invoice=invoice,
                amount=invoice.amount,
                paid_on=day(paid),
                method="Bank transfer",
                by=self.agent(purchase.campaign),
                at=at(paid, FIVE),
            )

    def receive(self, gift: Gift) -> None:
        campaign, agent = self.campaigns[gift.campaign], self.agent(gift.campaign)
        given = Donation.objects.filter(campaign=campaign, donor=gift.donor).first()
        if given is None:
            given = record_donation(
                campaign=campaign,
                donor=gift.donor,
                donor_kind=gift.kind,
                donor_address=gift.address,
                amount=Decimal(gift.amount),
                in_kind=gift.in_kind,
                received_on=day(gift.received) if gift.received else None,
                by=agent,
                at=at(gift.received, NINE) if gift.received else self.now,
            )
        if given.accepted_on or given.returned_on:
            return
        if gift.found and gift.received and not given.evidence.exists():
            record_evidence(
                given,
                found=dict(gift.found),
                looked_on=day(gift.received),
                by=agent,
                at=at(gift.received, NOON),
            )
        if gift.accepted and self.has_come(gift.accepted):
            accept_donation(
                given,
                accepted_on=day(gift.accepted),
                checked_how=gift.checked,
                by=agent,
                at=at(gift.accepted, NOON),
            )
        if gift.returned and self.has_come(gift.returned):
            return_donation(
                given,
                returned_on=day(gift.returned),
                returned_how=gift.checked,
                by=agent,
                at=at(gift.returned, NOON),
            )


def at(when: tuple[int, int], hour: time) -> datetime:
    return datetime.combine(date(2024, *when), hour, UK)
