"""What a line may have been; the worked examples of the docs are among these."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.statement_matching import (
    Candidate,
    Kind,
    Proposal,
    Strength,
    Wanted,
    name_key,
    proposals,
    says_name,
    says_reference,
)


def line(amount: str, words: str, day: int = 19) -> Wanted:
    return Wanted(Decimal(amount), date(2024, 4, day), words)


def open_(
    id: int,
    left: str,
    *,
    kind: Kind = Kind.INVOICE,
    day: int | None = 9,
    name: str = "Marten Mailing",
    number: str = "4471",
) -> Candidate:
    on = None if day is None else date(2024, 4, day)
    return Candidate(kind, id, Decimal(left), on, name, (number,))


def ids(found: tuple[Proposal, ...]) -> list[list[int]]:
    return [[part.candidate.id for part in one.parts] for one in found]


def test_the_number_and_the_amount_make_it_sure() -> None:
    (found,) = proposals(
        line("38440.00", "MARTEN MAILING 4471"), [open_(1, "38440.00")]
    )

    assert found.strength is Strength.SURE
    assert found.reasons == (
        "the same amount",
        "its words say 4471",
        "its words say the name",
        "10 days after the invoice",
    )


def test_the_name_alone_makes_an_invoice_likely_and_a_filed_payment_sure() -> None:
    wanted = line("100.00", "MARTEN MAIL BACS")
    invoice = open_(1, "100.00")
    paid = open_(2, "100.00", kind=Kind.PAYMENT, day=18)

    found = proposals(wanted, [invoice, paid])

    assert ids(found) == [[2], [1]]
    assert [one.strength for one in found] == [Strength.SURE, Strength.LIKELY]


def test_the_amount_alone_is_possible_within_its_days_only() -> None:
    wanted = line("100.00", "CHEQUE 000104")

    assert [one.strength for one in proposals(wanted, [open_(1, "100.00")])] == [
        Strength.POSSIBLE
    ]
    late = open_(1, "100.00", kind=Kind.PAYMENT, day=13)
    assert proposals(wanted, [late]) == ()
    assert proposals(line("100.01", "CHEQUE"), [open_(1, "100.00")]) == ()


def test_several_invoices_of_one_supplier_come_to_one_line() -> None:
    bills = [
        open_(1, "100.00", number="4471"),
        open_(2, "250.50", number="4502"),
        open_(3, "80.00", number="4511"),
        open_(4, "250.50", name="Plover Press", number="PP-1"),
    ]

    found = proposals(line("330.50", "MARTEN MAILING"), bills)
    sure = proposals(line("350.50", "4471/4502"), bills)

    assert ids(found) == [[2, 3]]
    assert found[0].strength is Strength.LIKELY
    assert [part.amount for part in found[0].parts] == [
        Decimal("250.50"),
        Decimal("80.00"),
    ]
    assert ids(sure) == [[1, 2]]
    assert sure[0].strength is Strength.SURE
    assert proposals(line("330.50", "TRANSFER"), bills) == ()


def test_one_invoice_is_paid_in_several_lines() -> None:
    (found,) = proposals(line("60.00", "INV 4471 PART 1"), [open_(1, "100.00")])

    assert found.parts[0].amount == Decimal("60.00")
    assert found.strength is Strength.LIKELY
    assert "a part of it" in found.reasons


def test_a_promise_may_come_on_any_day_and_is_never_sure_by_name() -> None:
    promised = open_(
        1, "750.00", kind=Kind.DONATION, day=None, name="Desmond Pinnock", number=""
    )

    (found,) = proposals(line("750.00", "D PINNOCK GIFT"), [promised])

    assert found.strength is Strength.LIKELY
    assert "it was promised" in found.reasons


@pytest.mark.parametrize(
    ("words", "reference", "is_there"),
    [
        ("PLOVER PRESS PP1203", "PP-1203", True),
        ("PAY LD/24/031 APR", "LD 24 031", True),
        ("REF 14471", "4471", False),
        ("PP12034", "PP-1203", False),
        ("INV 12", "12", False),
        ("THANKS", "THANKS", False),
    ],
)
def test_a_number_is_found_whole(words: str, reference: str, is_there: bool) -> None:
    assert says_reference(words, reference) is is_there


@pytest.mark.parametrize(
    ("words", "name", "is_there"),
    [
        ("HARROW FLAX LETTI", "Harrow & Flax Lettings Ltd", True),
        ("D PENHALLOW", "Dorothy Penhallow", True),
        ("LAMPLIGHTERS UNION", "Amalgamated Lamplighters' Union", True),
        ("THE LIMITED CO", "The Loom Company Ltd", False),
        ("CARD 1234", "Plover Press", False),
    ],
)
def test_a_name_is_found_by_its_words(words: str, name: str, is_there: bool) -> None:
    assert says_name(words, name) is is_there


def test_two_spellings_of_a_supplier_are_one() -> None:
    assert name_key("Plover Press Ltd.") == name_key("PLOVER  PRESS")
    assert name_key("The Co") == "THE CO"


@given(st.permutations(range(1, 8)), st.integers(1, 400))
def test_the_order_in_which_they_come_never_matters(
    order: list[int], pence: int
) -> None:
    bills = [open_(id, f"{id}.00", day=id) for id in order]
    wanted = line(f"{pence / 20:.2f}", "MARTEN MAILING")

    found = proposals(wanted, bills)

    assert found == proposals(wanted, sorted(bills, key=lambda one: one.id))
    for one in found:
        assert sum(part.amount for part in one.parts) == wanted.amount
        assert all(0 < part.amount <= part.candidate.left for part in one.parts)
