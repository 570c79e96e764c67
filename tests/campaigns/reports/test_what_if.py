"""Can we afford it?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from campaigns.models import Campaign
from campaigns.reports.what_if import WhatIf, what_if
from tests.campaigns.purchases import commit, notice, propose
from tests.cast import NOW, POLL_ON

pytestmark = pytest.mark.django_db


def ask(campaign: Campaign, amount: str, **days: Any) -> WhatIf:
    days.setdefault("used_from", date(2024, 4, 24))
    days.setdefault("used_until", POLL_ON)
    return what_if(
        campaign, amount=Decimal(amount), category="unsolicited", at=NOW, **days
    )


def test_eight_thousand_pounds_of_leaflets(campaign: Campaign) -> None:
    notice(campaign)
    commit(campaign, "140000.00")

    answer = ask(campaign, "8000.00")

    assert answer.fits is True
    assert answer.left == Decimal("33280.00")
    assert answer.percent == Decimal("81.6")
    assert answer.category_total == Decimal("148000.00")
    assert answer.answer == (
        "Yes: £8,000.00 would leave £33,280.00, with 81.6 % of the limit used."
    )
    assert "reached_80" in {warning.code for warning in answer.warnings}


def test_the_answer_is_what_committing_it_then_shows(campaign: Campaign) -> None:
    notice(campaign)
    answer = ask(campaign, "8000.00")

    commit(campaign, "8000.00", used_from=date(2024, 4, 24))

    assert ask(campaign, "0.01").position.left == answer.left


def test_too_much_is_said_by_how_much(campaign: Campaign) -> None:
    notice(campaign)

    answer = ask(campaign, "181280.01")

    assert answer.fits is False
    assert answer.answer == "No: £181,280.01 would pass the limit by £0.01."


def test_what_is_used_before_the_period_counts_nothing(campaign: Campaign) -> None:
    notice(campaign)
    before = date(2024, 3, 1)

    answer = ask(campaign, "8000.00", used_from=before, used_until=before)

    assert answer.counts == Decimal("0.00")
    assert "counts nothing" in answer.answer


def test_without_a_limit_nobody_can_say(campaign: Campaign) -> None:
    answer = ask(campaign, "8000.00")

    assert answer.fits is None
    assert answer.answer.startswith("Nobody can say yet.")


def test_what_is_proposed_besides_is_warned_of(campaign: Campaign) -> None:
    notice(campaign)
    propose(campaign, "181000.00")

    answer = ask(campaign, "8000.00")

    assert answer.fits is True
    assert "proposed_over_limit" in {warning.code for warning in answer.warnings}
