"""What a row of a supplier's file says: its order, its sum, invoice or credit.

The forms, with worked examples, are in docs/rules/supplier-invoices.md.
"""

import re
from decimal import Decimal
from typing import Final

from campaigns.rules.refusals import Refusal
from campaigns.rules.statement_cells import parse_signed

ORDER = re.compile(
    r"(?:(?:PURCHASE ?)?ORDER|P\.?O\.?)?[ :#-]*(?:NO\.?|NUMBER)?[ :#-]*0*(\d{1,6})",
    re.ASCII,
)
SAID = re.compile(r"(CR|DR)\.?$")
CREDITS: Final = frozenset(
    {"CREDIT", "CREDITNOTE", "CREDITMEMO", "CN", "CRN", "SC", "REFUND", "ACCRECCREDIT"}
)
INVOICES: Final = frozenset(
    {"INVOICE", "SALESINVOICE", "INV", "SI", "BILL", "DEBIT", "ACCREC"}
)


class SumsRefused(Refusal):
    """Net, VAT and the whole are not one sum."""


def order_named(text: str, *, campaign: str) -> int | None:
    """The number of an order of ours: `mayor-2024/0007`, `PO 7`, `Order no. 7`, `7`.

    None for what names none of this `campaign` (its slug), such as a supplier's own
    reference.
    """
    plain = " ".join(text.upper().split())
    prefix = f"{campaign.upper()}/"
    if prefix in plain:
        plain = plain.replace(prefix, "", 1)
    found = ORDER.fullmatch(plain)
    return (int(found[1]) or None) if found else None


def signed(text: str) -> Decimal:
    """A sum as suppliers print it: a credit is below nought, `12.00 CR` as well."""
    amount = parse_signed(text)
    # To a bank CR is money in; to a supplier it is money that they owe.
    return -amount if SAID.search(text.strip().upper()) else amount


def whole(
    net: Decimal | None, vat: Decimal | None, gross: Decimal | None
) -> Decimal | None:
    """What is to be paid, VAT included; None where it is not said.

    Refused: net and VAT that do not come to the whole.
    """
    if net is None or vat is None:
        return gross
    if gross is not None and net + vat != gross:
        raise SumsRefused("sums", "its net and VAT do not come to its total.")
    return net + vat


def is_credit(text: str) -> bool | None:
    """What a column of kinds says; None where it is neither."""
    word = re.sub(r"[^A-Z]", "", text.upper())
    if word in CREDITS:
        return True
    return False if word in INVOICES else None
