"""Proof that the money's rows agree with each other and with what was written down.

Every sum is made anew from its rows and held against what it may come to, and every
amount against the record of the day on which it was entered, which nobody can change.
"""

from dataclasses import dataclass

from django.db import connection

# Each row of money with the amount that stands in it, and what the record says of it.
WRITTEN_DOWN = """
WITH stored AS (
    SELECT organisation_id, 'expense:' || id AS row, amount FROM campaigns_expense
    UNION ALL
    SELECT organisation_id, 'invoice:' || id, amount FROM campaigns_invoice
    UNION ALL
    SELECT organisation_id, 'creditnote:' || id, amount FROM campaigns_creditnote
    UNION ALL
    SELECT organisation_id, 'payment:' || id, amount FROM campaigns_payment
    UNION ALL
    SELECT organisation_id, 'refund:' || id, amount FROM campaigns_refund
    UNION ALL
    SELECT organisation_id, 'donation:' || id, amount FROM campaigns_donation
), recorded AS (
    SELECT organisation_id, target AS row, (data->>'amount')::numeric AS amount
    FROM campaigns_auditentry
    WHERE verb IN ('expense.proposed', 'invoice.recorded', 'credit_note.recorded',
                   'payment.recorded', 'refund.recorded', 'donation.recorded')
)
SELECT row FROM stored FULL JOIN recorded USING (organisation_id, row)
WHERE stored.amount IS DISTINCT FROM recorded.amount
ORDER BY row
"""
SETTLED = """
WITH stored AS (
    SELECT organisation_id, 'invoice:' || id AS row, settled_amount AS amount
    FROM campaigns_invoice WHERE dispute_outcome <> ''
), recorded AS (
    SELECT organisation_id, target AS row, (data->>'settled')::numeric AS amount
    FROM campaigns_auditentry WHERE verb = 'invoice.dispute_ended'
)
SELECT row FROM stored FULL JOIN recorded USING (organisation_id, row)
WHERE stored.amount IS DISTINCT FROM recorded.amount
ORDER BY row
"""
# What is due on each invoice and what was paid of it, the voided left out.
BALANCES = """
WITH balance AS (
    SELECT invoice.id, invoice.expense_id, invoice.voided_at IS NULL AS is_live,
        COALESCE(invoice.settled_amount, invoice.amount) AS claim,
        COALESCE(note.credited, 0) AS credited,
        COALESCE(payment.paid, 0) - COALESCE(note.refunded, 0) AS paid
    FROM campaigns_invoice AS invoice
    LEFT JOIN (
        SELECT invoice_id, sum(amount) AS credited, sum(refunded) AS refunded
        FROM campaigns_creditnote WHERE voided_at IS NULL GROUP BY invoice_id
    ) AS note ON note.invoice_id = invoice.id
    LEFT JOIN (
        SELECT invoice_id, sum(amount) AS paid
        FROM campaigns_payment WHERE voided_at IS NULL GROUP BY invoice_id
    ) AS payment ON payment.invoice_id = invoice.id
)
"""
OVERCREDITED = """
SELECT 'invoice:' || id FROM balance WHERE credited > claim ORDER BY id
"""
OF_VOIDED = """
SELECT 'invoice:' || invoice.id
FROM campaigns_invoice AS invoice
JOIN campaigns_expense AS expense ON expense.id = invoice.expense_id
WHERE invoice.voided_at IS NULL AND expense.state = 'voided'
ORDER BY invoice.id
"""
OVERPAID = """
SELECT 'invoice:' || id FROM balance
WHERE paid < 0 OR paid > CASE WHEN is_live THEN claim - credited ELSE 0 END
ORDER BY id
"""
OVERBILLED = """
SELECT 'expense:' || expense.id
FROM campaigns_expense AS expense JOIN balance ON balance.expense_id = expense.id
WHERE balance.is_live
GROUP BY expense.id HAVING sum(balance.claim) > expense.amount
ORDER BY expense.id
"""
OVER_THE_CAP = """
SELECT 'spendingauthority:' || authority.id
FROM campaigns_spendingauthority AS authority
WHERE authority.cap < (
        SELECT COALESCE(sum(GREATEST(amount, market_value)), 0)
        FROM campaigns_expense
        WHERE authority_id = authority.id AND state = 'committed')
    OR authority.cap < (
        SELECT COALESCE(sum(amount), 0)
        FROM campaigns_payment
        WHERE authority_id = authority.id AND voided_at IS NULL)
ORDER BY authority.id
"""
ORDERS_WITH_A_GAP = """
SELECT 'campaign:' || campaign_id FROM campaigns_expense
WHERE order_number IS NOT NULL
GROUP BY campaign_id HAVING max(order_number) <> count(*)
ORDER BY campaign_id
"""
# What was filed from a supplier's file has the sum that the file has.
NOT_AS_SENT = """
SELECT 'invoicefilerow:' || row.id FROM campaigns_invoicefilerow AS row
LEFT JOIN campaigns_invoice AS invoice ON invoice.id = row.invoice_id
LEFT JOIN campaigns_creditnote AS note ON note.id = row.credit_note_id
WHERE COALESCE(invoice.amount, -note.amount) <> row.amount
ORDER BY row.id
"""
# What came by a credit note that stands is the sum of its refunds.
CAME = """
SELECT 'creditnote:' || note.id
FROM campaigns_creditnote AS note
LEFT JOIN campaigns_refund AS refund
    ON refund.credit_note_id = note.id AND refund.voided_at IS NULL
WHERE note.voided_at IS NULL
GROUP BY note.id HAVING note.came <> COALESCE(sum(refund.amount), 0)
ORDER BY note.id
"""
# What lines of statements were said to be, the matches that were undone left out.
OVERSAID = """
SELECT 'statementline:' || line.id
FROM campaigns_statementline AS line
JOIN campaigns_statementmatch AS match ON match.line_id = line.id
WHERE match.voided_at IS NULL
GROUP BY line.id HAVING sum(match.amount) > abs(line.amount)
ORDER BY line.id
"""
# Of one kind of thing that lines show: so much of it may be on them, while it stands.
OVERSHOWN = """
SELECT '{kind}:' || shown.id
FROM campaigns_{kind} AS shown
JOIN campaigns_statementmatch AS match ON match.{column}_id = shown.id
WHERE match.voided_at IS NULL
GROUP BY shown.id
HAVING shown.voided_at IS NOT NULL OR sum(match.amount) > shown.{amount}
ORDER BY shown.id
"""
SHOWN = (
    ("payment", "payment", "amount"),
    ("donation", "donation", "amount"),
    ("creditnote", "credit_note", "came"),
)
# Each row and the row that it belongs to, which is of the same organisation.
PARENTS = (
    ("invoice", "expense", "expense"),
    ("payment", "invoice", "invoice"),
    ("creditnote", "invoice", "invoice"),
    ("refund", "creditnote", "credit_note"),
    ("expenseshare", "expense", "expense"),
    ("statement", "statementaccount", "account"),
    ("statementline", "statement", "statement"),
    ("statementmatch", "statementline", "line"),
    ("statementmatch", "payment", "payment"),
    ("statementmatch", "donation", "donation"),
    ("statementmatch", "creditnote", "credit_note"),
    ("statementmatch", "refund", "refund"),
    ("invoicefile", "invoicesupplier", "supplier"),
    ("invoicefilerow", "invoicefile", "file"),
    ("invoicefilerow", "invoice", "invoice"),
    ("invoicefilerow", "creditnote", "credit_note"),
    ("invoicefilerow", "expense", "expense"),
)
ELSEWHERE = " UNION ALL ".join(
    f"SELECT '{child}:' || child.id FROM campaigns_{child} AS child"  # noqa: S608
    f" JOIN campaigns_{parent} AS parent ON parent.id = child.{column}_id"
    " WHERE parent.organisation_id <> child.organisation_id"
    for child, parent, column in PARENTS
)
CHECKS = {
    "not the amount that was written down": WRITTEN_DOWN,
    "not the sum that was settled": SETTLED,
    "more than the authority's cap": OVER_THE_CAP,
    "bills of an expense that is voided": OF_VOIDED,
    "not the sum in the supplier's file": NOT_AS_SENT,
    "not what came by the credit note": CAME,
    "order numbers with a gap": ORDERS_WITH_A_GAP,
    "more than the statement's line": OVERSAID,
    **{
        f"a {column.replace('_', ' ')} on statements that is not so much": (
            OVERSHOWN.format(kind=kind, column=column, amount=amount)
        )
        for kind, column, amount in SHOWN
    },
    "of another organisation than its parent": ELSEWHERE,
}
OF_BALANCES = {
    "invoices above what was committed": OVERBILLED,
    "credit notes above the invoice": OVERCREDITED,
    "payments that are not what is owed": OVERPAID,
}


@dataclass(frozen=True)
class MoneyFault:
    """A row (`invoice:12`) that does not agree with the others, and how."""

    fault: str
    row: str


def money_faults() -> list[MoneyFault]:
    """None where all is well. One query a check, whatever there is."""
    checks = CHECKS | {fault: BALANCES + sql for fault, sql in OF_BALANCES.items()}
    return [
        MoneyFault(fault, row) for fault, sql in checks.items() for row in _rows(sql)
    ]


def _rows(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row for (row,) in cursor.fetchall()]
