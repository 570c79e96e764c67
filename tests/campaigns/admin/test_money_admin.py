"""Money in the admin: read by whoever sees money, written by nobody."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.court_leaves import record_court_leave
from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.donations import record_donation
from campaigns.actions.expense_payments import record_invoice, record_payment
from campaigns.actions.outside_activities import record_outside_activity
from campaigns.actions.statement_matches import set_line_aside
from campaigns.models import Campaign, Expense, Job, StatementLine, User
from campaigns.roles import Role
from tests.campaigns.purchases import clerk, commit, notice
from tests.campaigns.statement_helpers import account_of
from tests.campaigns.supplier_helpers import supplier_of
from tests.cast import NOW, actor, member
from tests.house.statement_samples import book
from tests.house.supplier_samples import set_aside

pytestmark = pytest.mark.django_db
MODELS = (
    "expense",
    "invoice",
    "payment",
    "creditnote",
    "courtleave",
    "donation",
    "limitnotice",
    "spendingauthority",
    "outsideactivity",
    "statementaccount",
    "statement",
    "statementline",
    "statementmatch",
    "invoicesupplier",
    "invoicefile",
    "invoicefilerow",
)


@pytest.fixture
def expense(campaign: Campaign, agent: User) -> Expense:
    """One row of every kind."""
    by = clerk(campaign)
    notice(campaign)
    expense = commit(campaign, "1000.00", description="Posters of Wednesbury")
    invoice = record_invoice(
        expense=expense,
        number="PP-77",
        amount=Decimal("400.00"),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        by=by,
        at=NOW,
    )
    record_payment(
        invoice=invoice,
        amount=Decimal("400.00"),
        paid_on=date(2024, 4, 20),
        method="Cheque",
        by=by,
        at=NOW,
    )
    record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("40.00"),
        dated_on=date(2024, 4, 20),
        reason="A box was missing",
        refunded_on=date(2024, 4, 22),
        by=by,
        at=NOW,
    )
    record_court_leave(
        invoice=invoice, court="A court", ordered_on=date(2024, 4, 20), by=by, at=NOW
    )
    record_donation(
        campaign=campaign,
        donor="Dorothy Penhallow",
        donor_kind="individual",
        amount=Decimal("40.00"),
        by=by,
        at=NOW,
    )
    authorise_spending(
        campaign=campaign,
        user=agent,
        cap=Decimal("40.00"),
        written_on=date(2024, 4, 1),
        document="Letter",
        by=actor(agent),
        at=NOW,
    )
    record_outside_activity(
        campaign=campaign,
        body="Penn Residents",
        description="Their newsletter",
        value=Decimal("40.00"),
        reason="Of their own accord",
        by=by,
        at=NOW,
    )
    book(account_of(campaign), "HALL", "-25.00")
    line = StatementLine.objects.get()
    set_line_aside(line=line, reason="The party's", by=by, at=NOW)
    set_aside(supplier_of(campaign), "C-9")
    return expense


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", MODELS)
def test_whoever_sees_money_reads_and_nobody_writes(
    expense: Expense, agent: User, model: str
) -> None:
    client = as_(agent)

    listed = client.get(reverse(f"admin:campaigns_{model}_changelist"))
    added = client.get(reverse(f"admin:campaigns_{model}_add"))

    assert listed.status_code == 200
    assert "1 " in listed.content.decode()
    assert added.status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_a_role_without_money_is_not_shown_it(
    expense: Expense, campaign: Campaign, model: str
) -> None:
    caller = member("Cally Caller", Role.CALLER, campaign)

    answer = as_(caller).get(reverse(f"admin:campaigns_{model}_changelist"))

    assert answer.status_code in {302, 403, 404}


def test_an_expense_leads_to_the_page_on_which_it_is_settled(
    expense: Expense, agent: User
) -> None:
    client = as_(agent)

    listed = client.get(reverse("admin:campaigns_expense_changelist"))
    one = client.get(reverse("admin:campaigns_expense_change", args=[expense.pk]))

    assert f"/money/expenses/{expense.pk}/" in listed.content.decode()
    assert "Posters of Wednesbury" in one.content.decode()


def test_the_report_is_asked_for_from_the_list(expense: Expense, agent: User) -> None:
    as_(agent).post(
        reverse("admin:campaigns_expense_changelist"),
        {"action": "make_spending_report", "_selected_action": [expense.pk]},
    )

    assert Job.objects.get().kind == "spending_report"
