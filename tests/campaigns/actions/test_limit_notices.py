"""What the limit rests on: the numbers of a notice, the limit it states, or the law."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.actions.limit_notices import (
    LimitNoticeRefused,
    void_limit_notice,
)
from campaigns.models import (
    AuditEntry,
    Campaign,
    Election,
    Organisation,
    VotingSystem,
)
from campaigns.reports.campaign_limit import campaign_limit
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import clerk, notice
from tests.cast import NOW, make_campaign

pytestmark = pytest.mark.django_db


def campaign_for(organisation: Organisation, slug: str) -> Campaign:
    election = Election.objects.create(
        slug=slug,
        kind="",
        name=slug,
        poll_on=date.fromisoformat(slug[-10:]),
        voting_system=VotingSystem.FPTP,
    )
    return make_campaign(organisation, election)


def test_a_limit_that_the_notice_states_holds_where_no_figure_may_be_used(
    organisation: Organisation,
) -> None:
    commissioner = campaign_for(organisation, "pcc.west-midlands.2024-05-02")
    before = campaign_limit(commissioner)
    notice(commissioner, electors=None, councils=None, told_limit=Decimal("489400.00"))

    after = campaign_limit(commissioner)

    assert before.limit is None
    assert "was not read" in before.missing
    assert after.is_official
    assert after.limit is not None
    assert after.limit.amount == Decimal("489400.00")
    assert after.limit.warnings == ()
    assert "letter of the returning officer" in str(after.limit.source)


def test_a_stated_limit_that_differs_from_the_rule_says_so(campaign: Campaign) -> None:
    notice(campaign, electors=2_000_000, told_limit=Decimal("181000.00"))

    found = campaign_limit(campaign).limit

    assert found is not None
    assert found.amount == Decimal("181000.00")
    assert any("it would be £181,280.00" in text for text in found.warnings)


@pytest.mark.parametrize(
    "fields",
    [
        {"told_limit": Decimal("100.00"), "is_official": False},
        {"told_limit": Decimal("0.00")},
        {"told_limit": Decimal(10) ** 9},
    ],
    ids=str,
)
def test_only_a_notice_states_a_limit(
    campaign: Campaign, fields: dict[str, object]
) -> None:
    with pytest.raises(LimitNoticeRefused) as refused:
        notice(campaign, **fields)

    assert refused.value.code == "not_told"


def test_numbers_that_the_rule_needs_are_asked_for(campaign: Campaign) -> None:
    with pytest.raises(Refusal) as refused:
        notice(campaign, electors=None)

    assert "needs the number of electors" in refused.value.message


@pytest.mark.parametrize(
    ("slug", "amount"),
    [
        ("mayor.london.2021-05-06", "420000.00"),
        ("parl.dunmere.by.2023-07-20", "100000.00"),
        ("pcc.bedfordshire.2024-05-02", "114570.00"),
    ],
)
def test_a_sum_that_the_law_names_is_no_estimate(
    organisation: Organisation, slug: str, amount: str
) -> None:
    found = campaign_limit(campaign_for(organisation, slug))

    assert found.limit is not None
    assert found.limit.amount == Decimal(amount)
    assert found.is_official
    assert found.basis == "sum that the law names, whatever the electorate"
    assert found.electors_loaded is None


def test_a_notice_of_a_day_to_come_is_refused(campaign: Campaign) -> None:
    with pytest.raises(LimitNoticeRefused) as refused:
        notice(campaign, given_on=date(2024, 4, 24))

    assert refused.value.code == "day_to_come"
    assert not campaign.limit_notices.exists()


def test_a_voided_notice_no_longer_holds_and_stays_with_its_reason(
    campaign: Campaign,
) -> None:
    notice(campaign, given_on=date(2024, 3, 28))
    wrong = notice(campaign, electors=20, given_on=date(2024, 4, 20))

    void_limit_notice(wrong, reason=" Of another council ", by=clerk(campaign), at=NOW)

    assert campaign_limit(campaign).electors == 2_000_000
    wrong.refresh_from_db()
    assert wrong.void_reason == "Of another council"
    entry = AuditEntry.objects.get(verb="limit_notice.voided")
    assert (entry.target, entry.data["reason"]) == (
        f"limitnotice:{wrong.pk}",
        wrong.void_reason,
    )


def test_a_notice_is_voided_once_and_with_a_reason(campaign: Campaign) -> None:
    filed = notice(campaign)
    by = clerk(campaign)

    with pytest.raises(LimitNoticeRefused) as silent:
        void_limit_notice(filed, reason=" ", by=by, at=NOW)
    void_limit_notice(filed, reason="Typed twice", by=by, at=NOW)
    with pytest.raises(LimitNoticeRefused) as twice:
        void_limit_notice(filed, reason="Again", by=by, at=NOW)

    assert (silent.value.code, twice.value.code) == ("no_reason", "already_voided")
    assert not campaign_limit(campaign).is_official


def test_what_decides_the_limit_is_written_down(campaign: Campaign) -> None:
    notice(campaign)

    entry = AuditEntry.objects.get(verb="limit_notice.recorded")
    assert entry.data["given_on"] == "2024-03-28"
    assert entry.data["limit_kind"] == entry.data["area"] == ""
