"""What the money forms say beside their fields, without a database."""

from datetime import date

import pytest

from campaigns.forms.expenses import ExpenseForm
from campaigns.forms.spending import LimitNoticeForm
from campaigns.models import Campaign, Election


def told_limit_help(slug: str) -> str:
    election = Election(slug=slug, poll_on=date(2024, 5, 2), nation="ENG")
    form = LimitNoticeForm(campaign=Campaign(election=election))
    return str(form.fields["told_limit"].help_text)


def test_a_commissioners_limit_doubled_by_a_death_is_entered_as_stated() -> None:
    told = told_limit_help("pcc.west-midlands.2024-05-02")

    assert "another candidate died" in told
    assert "enter the doubled sum here" in told


@pytest.mark.parametrize(
    "slug", ["mayor.west-midlands.2024-05-02", "local.x.2024-05-02"]
)
def test_of_other_limits_no_doubling_is_told(slug: str) -> None:
    assert "doubled" not in told_limit_help(slug)


def test_an_expense_is_told_with_vat_and_that_this_was_not_read() -> None:
    told = str(ExpenseForm.base_fields["amount"].help_text)

    assert told.startswith("VAT included. ")
    assert "was not read" in told
