"""Addresses of the money pages, under `/<campaign>/money/`."""

from django.urls import path

from campaigns.views import (
    budgets,
    deadline_reminders,
    funding,
    returns,
    spending,
    spending_authorities,
    spending_donations,
    spending_expenses,
    spending_gifts,
)

urlpatterns = [
    path("", spending.overview, name="money"),
    path("can-we-afford-it/", spending.afford, name="afford"),
    path("limit/", spending.limit_notice, name="limit-notice"),
    path("days/", spending.regulated_days, name="regulated-days"),
    path("deadlines.ics", spending.calendar, name="deadlines-calendar"),
    path("report/", spending.report, name="spending-report"),
    path("expenses/", spending_expenses.expenses, name="expenses"),
    path("expenses/propose/", spending_expenses.propose, name="expense-propose"),
    path(
        "expenses/personal/", spending_expenses.state_personal, name="expense-personal"
    ),
    path("expenses/<int:expense>/", spending_expenses.expense, name="expense"),
    path(
        "expenses/<int:expense>/commit/",
        spending_expenses.commit,
        name="expense-commit",
    ),
    path("expenses/<int:expense>/void/", spending_expenses.void, name="expense-void"),
    path(
        "expenses/<int:expense>/invoice/",
        spending_expenses.invoice,
        name="expense-invoice",
    ),
    path(
        "invoices/<int:invoice>/void/",
        spending_expenses.invoice_void,
        name="invoice-void",
    ),
    path(
        "invoices/<int:invoice>/payment/",
        spending_expenses.payment,
        name="invoice-payment",
    ),
    path(
        "payments/<int:payment>/void/",
        spending_expenses.payment_void,
        name="payment-void",
    ),
    path("donations/", spending_donations.donations, name="donations"),
    path("donations/add/", spending_donations.add, name="donation-add"),
    path("donations/<int:donation>/", spending_donations.donation, name="donation"),
    path(
        "donations/<int:donation>/accept/",
        spending_donations.accept,
        name="donation-accept",
    ),
    path(
        "donations/<int:donation>/return/",
        spending_donations.give_back,
        name="donation-return",
    ),
    path(
        "donations/<int:donation>/void/", spending_donations.void, name="donation-void"
    ),
]

# Where the money comes from, and what is planned.
urlpatterns += [
    path(
        "donations/<int:donation>/receive/",
        spending_donations.receive,
        name="donation-receive",
    ),
    path(
        "donations/<int:donation>/check/",
        spending_donations.check,
        name="donation-check",
    ),
    path("plan/", budgets.plan, name="budget"),
    path("plan/heads/<slug:category>/", budgets.head, name="budget-head"),
    path("plan/weeks/<slug:week>/", budgets.week, name="budget-week"),
    path("funding/", funding.funding, name="funding"),
]

# Who spends besides the agent.
urlpatterns += [
    path("authorities/", spending_authorities.authorities, name="spending-authorities"),
    path(
        "authorities/<int:authority>/revoke/",
        spending_authorities.authority_revoke,
        name="spending-authority-revoke",
    ),
    path("others/", spending_authorities.others, name="outside-activities"),
    path(
        "others/<int:activity>/void/",
        spending_authorities.other_void,
        name="outside-activity-void",
    ),
    path("gifts/add/", spending_gifts.add, name="gift-add"),
    path(
        "expenses/<int:expense>/declare-value/",
        spending_gifts.declare,
        name="expense-declare-value",
    ),
    path(
        "expenses/<int:expense>/write-off/",
        spending_expenses.write_off,
        name="expense-stock",
    ),
]

# The return, and its versions.
urlpatterns += [
    path("return/", returns.books, name="return"),
]

# Who is reminded of what, and by when.
urlpatterns += [
    path("reminders/", deadline_reminders.reminders, name="deadline-reminders"),
    path(
        "reminders/try-again/",
        deadline_reminders.again,
        name="deadline-reminders-again",
    ),
    path(
        "reminders/<int:user>/",
        deadline_reminders.switch,
        name="deadline-reminders-switch",
    ),
]
