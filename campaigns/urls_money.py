"""Addresses of the money pages, under `/<campaign>/money/`."""

from django.urls import path

from campaigns.views import (
    budgets,
    deadline_reminders,
    funding,
    receipts,
    returns,
    spending,
    spending_authorities,
    spending_donations,
    spending_expenses,
    spending_gifts,
    spending_invoices,
    spending_limit,
)

urlpatterns = [
    path("", spending.overview, name="money"),
    path("can-we-afford-it/", spending.afford, name="afford"),
    path("worked-case/", spending.case, name="worked-case"),
    path("limit/", spending_limit.limit_notice, name="limit-notice"),
    path(
        "limit/<int:notice>/void/",
        spending_limit.limit_notice_void,
        name="limit-notice-void",
    ),
    path("limit/joint/", spending_limit.joint_candidates, name="joint-candidates"),
    path("days/", spending_limit.regulated_days, name="regulated-days"),
    path("printing/", spending_limit.printing_price, name="printing-price"),
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
    path(
        "expenses/<int:expense>/order.pdf",
        spending_expenses.order,
        name="purchase-order",
    ),
    path("expenses/<int:expense>/void/", spending_expenses.void, name="expense-void"),
    path(
        "expenses/<int:expense>/supplier/",
        spending_expenses.supplier,
        name="expense-supplier",
    ),
    path(
        "expenses/<int:expense>/invoice/",
        spending_expenses.invoice,
        name="expense-invoice",
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
        "donations/<int:donation>/address/",
        spending_donations.address,
        name="donation-address",
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
    path(
        "donations/<int:donation>/look-up/",
        spending_donations.look_up,
        name="donation-look-up",
    ),
    path("plan/", budgets.plan, name="budget"),
    path("plan/heads/<slug:category>/", budgets.head, name="budget-head"),
    path("plan/weeks/<slug:week>/", budgets.week, name="budget-week"),
    path("funding/", funding.funding, name="funding"),
]

# One invoice, and what is filed with it.
urlpatterns += [
    path("invoices/<int:invoice>/", spending_invoices.invoice, name="invoice"),
    path("invoices/<int:invoice>/void/", spending_invoices.void, name="invoice-void"),
    path(
        "invoices/<int:invoice>/payment/",
        spending_invoices.payment,
        name="invoice-payment",
    ),
    path(
        "payments/<int:paper>/void/",
        spending_invoices.strike_out,
        {"kind": "payment"},
        name="payment-void",
    ),
    path(
        "invoices/<int:invoice>/dispute/",
        spending_invoices.dispute,
        name="invoice-dispute",
    ),
    path(
        "invoices/<int:invoice>/dispute/end/",
        spending_invoices.dispute_end,
        name="invoice-dispute-end",
    ),
    path(
        "invoices/<int:invoice>/leave/",
        spending_invoices.court_leave,
        name="invoice-leave",
    ),
    path(
        "leaves/<int:paper>/void/",
        spending_invoices.strike_out,
        {"kind": "court-leave"},
        name="court-leave-void",
    ),
    path(
        "invoices/<int:invoice>/credit-note/",
        spending_invoices.credit_note,
        name="invoice-credit-note",
    ),
    path(
        "credit-notes/<int:paper>/refunded/",
        spending_invoices.refunded,
        name="credit-note-refunded",
    ),
    path(
        "credit-notes/<int:paper>/void/",
        spending_invoices.strike_out,
        {"kind": "credit-note"},
        name="credit-note-void",
    ),
    path(
        "refunds/<int:paper>/void/",
        spending_invoices.strike_out,
        {"kind": "refund"},
        name="refund-void",
    ),
]

# The papers that prove it.
urlpatterns += [
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/attach/", receipts.attach, name="receipt-attach"),
    path("receipts/bundle/", receipts.bundle, name="receipts-bundle"),
    path("receipts/<int:receipt>/void/", receipts.void, name="receipt-void"),
    path(
        "expenses/<int:expense>/receipts/",
        receipts.attach_to_expense,
        name="expense-receipt",
    ),
    path(
        "donations/<int:donation>/receipts/",
        receipts.attach_to_donation,
        name="donation-receipt",
    ),
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
        "expenses/<int:expense>/favour/",
        spending_expenses.favour,
        name="expense-favour",
    ),
    path(
        "expenses/<int:expense>/write-off/",
        spending_expenses.write_off,
        name="expense-stock",
    ),
    path(
        "expenses/<int:expense>/write-off/back/",
        spending_expenses.take_back,
        name="expense-stock-back",
    ),
]

# The return, and its versions.
urlpatterns += [
    path("return/", returns.books, name="return"),
    path("return/make/", returns.make, name="return-make"),
    path("return/<int:version>/", returns.version, name="return-version"),
    path("return/<int:version>/changes/", returns.changes, name="return-changes"),
    path(
        "return/<int:version>/sign/<slug:declarant>/", returns.sign, name="return-sign"
    ),
    path("return/<int:version>/file/", returns.file, name="return-file"),
    path("return/<int:version>/files/", returns.files, name="return-files"),
    path(
        "return/<int:version>/inspection-copy/",
        returns.inspection_copy,
        name="return-inspection-copy",
    ),
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
