"""Deadlines after a poll, with the examples of docs/rules/return-deadlines.md."""

from datetime import date

import pytest

from campaigns.rules.return_deadlines import candidate_declaration_by, return_deadlines
from tests.campaigns.rules.days import BANK_HOLIDAYS

VECTORS = [
    ("parl", "2024-07-04", "2024-07-04", "2024-07-25", "2024-08-01", "2024-08-08"),
    ("parl", "2024-07-04", "2024-07-05", "2024-07-26", "2024-08-02", "2024-08-09"),
    ("parl", "2024-07-04", "2024-07-06", "2024-07-29", "2024-08-05", "2024-08-12"),
    ("local", "2022-05-05", "2022-05-06", "2022-05-27", "2022-06-06", "2022-06-10"),
    ("cam_mayor", "2017-05-04", "2017-05-05", "2017-05-26", "2017-06-02", "2017-06-09"),
    ("cam_mayor", "2021-05-06", "2021-05-08", "2021-06-01", "2021-06-07", "2021-06-14"),
    ("cam_mayor", "2024-05-02", "2024-05-04", "2024-05-28", "2024-06-03", "2024-06-10"),
    (
        "mayor_london",
        "2024-05-02",
        "2024-05-04",
        "2024-05-28",
        "2024-06-03",
        "2024-07-15",
    ),
    ("parish", "2024-05-02", "2024-05-03", "2024-05-16", "2024-05-23", "2024-05-30"),
]


@pytest.mark.parametrize(
    ("kind", "poll", "declared", "invoices", "payments", "return_"), VECTORS, ids=str
)
def test_each_thing_is_due_so_many_days_after_the_result(
    kind, poll, declared, invoices, payments, return_
):
    found = return_deadlines(
        kind,
        poll_on=date.fromisoformat(poll),
        declared_on=date.fromisoformat(declared),
        bank_holidays=BANK_HOLIDAYS,
    )

    assert found.invoices_by.isoformat() == invoices
    assert found.payments_by.isoformat() == payments
    assert found.return_by.isoformat() == return_


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("local", "R"), ("cam_mayor", "D"), ("pcc", "G"), ("parish", "R2")],
)
def test_what_was_not_read_in_the_law_says_so(kind, mark):
    found = return_deadlines(
        kind,
        poll_on=date(2024, 5, 2),
        declared_on=date(2024, 5, 4),
        bank_holidays=BANK_HOLIDAYS,
    )

    assert found.mark == mark
    assert bool(found.caution) == (mark != "R")


def test_a_candidate_declares_within_7_working_days_of_the_return():
    # Friday to Tuesday week; the bank holiday between does not count.
    found = candidate_declaration_by(
        return_on=date(2024, 5, 24), bank_holidays=BANK_HOLIDAYS
    )

    assert found == date(2024, 6, 5)


def test_a_candidate_abroad_has_14_days_from_coming_back():
    found = candidate_declaration_by(
        return_on=date(2024, 5, 24),
        bank_holidays=BANK_HOLIDAYS,
        back_in_uk_on=date(2024, 6, 1),
    )

    assert found == date(2024, 6, 17)  # the fourteenth day is a Saturday
