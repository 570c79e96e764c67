"""Which of the deadlines press on a day."""

from datetime import date

import pytest

from campaigns.reports.campaign_deadlines import CampaignDeadlines, Deadline

BILLS = Deadline("bills_received", "Bills received", date(2024, 5, 23))
RETURN = Deadline("return", "Return", date(2024, 6, 6))
FILED = Deadline("return", "Return", date(2024, 6, 6), "Filed on 5 June 2024")
SIGNED_BY = Deadline("declaration", "Candidate’s declaration", date(2024, 6, 17))


@pytest.mark.parametrize(
    ("days", "on", "pressing"),
    [
        ((BILLS, RETURN, SIGNED_BY), date(2024, 5, 1), (BILLS,)),
        ((BILLS, RETURN, SIGNED_BY), date(2024, 5, 23), (BILLS,)),
        # That bills came is known to nobody: their day only passes.
        ((BILLS, RETURN, SIGNED_BY), date(2024, 5, 24), (RETURN,)),
        ((BILLS, RETURN, SIGNED_BY), date(2024, 6, 7), (RETURN, SIGNED_BY)),
        ((BILLS, FILED, SIGNED_BY), date(2024, 6, 5), (SIGNED_BY,)),
        ((BILLS, FILED), date(2024, 6, 20), ()),
    ],
)
def test_what_is_overdue_presses_and_what_comes_next(
    days: tuple[Deadline, ...], on: date, pressing: tuple[Deadline, ...]
) -> None:
    assert CampaignDeadlines(days, "", "").pressing(on=on) == pressing
