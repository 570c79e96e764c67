"""Which payments need the leave of a court, with docs/rules/late-claims.md."""

from datetime import date

import pytest

from campaigns.rules.late_claims import reasons_for_leave

LAST = {"claims_by": date(2024, 5, 28), "payments_by": date(2024, 6, 3)}


@pytest.mark.parametrize(
    ("received", "paid", "reasons"),
    [
        ("2024-05-28", "2024-06-03", 0),
        ("2024-05-29", "2024-06-03", 1),
        ("2024-05-28", "2024-06-04", 1),
        ("2024-06-10", "2024-06-20", 2),
    ],
)
def test_the_last_day_itself_is_in_time(received, paid, reasons):
    found = reasons_for_leave(
        received_on=date.fromisoformat(received),
        paid_on=date.fromisoformat(paid),
        **LAST,
    )

    assert len(found) == reasons


def test_each_reason_names_both_days():
    (reason,) = reasons_for_leave(
        received_on=date(2024, 5, 29), paid_on=date(2024, 6, 1), **LAST
    )

    assert reason == (
        "It came on 29 May 2024, after 28 May 2024, the last day for claims."
    )
