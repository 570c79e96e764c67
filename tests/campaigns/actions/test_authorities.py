"""Petty expenses and campaigners outside: in writing, up to a sum, and no further."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from campaigns.actions.authorities import (
    AuthorityRefused,
    authorise_spending,
    revoke_authority,
)
from campaigns.actions.expense_commitments import CommitmentRefused, commit_expense
from campaigns.actions.outside_activities import (
    OutsideActivityRefused,
    record_outside_activity,
    void_outside_activity,
)
from campaigns.models import (
    AuditEntry,
    Campaign,
    Expense,
    OutsideActivity,
    SpendingAuthority,
    User,
)
from campaigns.reports.others_campaigns import permitted_sum
from campaigns.reports.spending_authorities import standing_of
from campaigns.reports.spending_position import spending_position
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, actor

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 23)


def authorise(campaign: Campaign, **fields: Any) -> SpendingAuthority:
    fields = {
        "kind": "petty",
        "name": "Petra Petty",
        "address": "1 Stamp Lane",
        "cap": Decimal("60.00"),
        "purpose": "Stationery and postage",
        "written_on": date(2024, 4, 1),
        "document": "Office file 4",
        "by": clerk(campaign),
        "at": NOW,
    } | fields
    return authorise_spending(campaign=campaign, **fields)


@pytest.fixture
def petty(campaign: Campaign) -> SpendingAuthority:
    notice(campaign)
    return authorise(campaign)


@pytest.mark.parametrize("kind", ["petty", "campaigner"])
def test_what_is_spent_under_an_authority_is_summed_against_its_cap(
    campaign: Campaign, kind: str
) -> None:
    notice(campaign)
    authority = authorise(campaign, kind=kind)

    commit(campaign, "40.00", authority=authority)
    with pytest.raises(AuthorityRefused) as refused:
        propose(campaign, "20.01", authority=authority)
    commit(campaign, "20.00", authority=authority)

    assert refused.value.code == "over_the_cap"
    assert "Only £20.00 of the £60.00" in refused.value.message
    assert "the agent's own to pay" in refused.value.message
    assert standing_of(authority).left == 0
    position = spending_position(campaign, at=NOW)
    assert position.counted == Decimal("60.00")


def test_two_proposals_that_fit_alone_are_not_both_committed(
    campaign: Campaign, petty: SpendingAuthority
) -> None:
    first, second = (propose(campaign, "40.00", authority=petty) for _ in range(2))
    commit_expense(first, by=clerk(campaign), at=NOW)

    with pytest.raises(AuthorityRefused) as refused:
        commit_expense(second, over_limit_reason="Please", by=clerk(campaign), at=NOW)

    second.refresh_from_db()
    assert refused.value.code == "over_the_cap"
    assert second.state == "proposed"


def test_an_authority_covers_its_days_alone_and_nothing_after_it_was_revoked(
    campaign: Campaign, petty: SpendingAuthority
) -> None:
    bought = propose(campaign, "10.00", authority=petty, incurred_on=date(2024, 4, 10))
    revoke_authority(petty, reason="Moved away", by=clerk(campaign), at=NOW)

    for day in (date(2024, 3, 31), TODAY, TODAY + timedelta(days=1)):
        with pytest.raises(AuthorityRefused) as refused:
            propose(campaign, "10.00", authority=petty, incurred_on=day)
        assert refused.value.code == "authority_not_in_force"
    committed = commit_expense(bought, by=clerk(campaign), at=NOW)

    assert committed.state == "committed"
    revoked = AuditEntry.objects.get(verb="authority.revoked")
    assert revoked.data["reason"] == "Moved away"


def test_the_holder_commits_what_is_spent_under_it_and_nothing_else(
    campaign: Campaign, organiser: User, agent: User
) -> None:
    notice(campaign)
    authority = authorise(campaign, user=organiser, name="")
    stamps = propose(campaign, "10.00", authority=authority)

    committed = commit_expense(stamps, authority=authority, by=actor(organiser), at=NOW)
    with pytest.raises(CommitmentRefused) as refused:
        commit_expense(
            propose(campaign, "10.00"), authority=authority, by=actor(organiser), at=NOW
        )

    assert (committed.state, authority.holder) == ("committed", organiser.name)
    assert refused.value.code == "not_to_commit"


def test_who_commits_for_the_agent_does_not_commit_under_anothers_authority(
    campaign: Campaign, petty: SpendingAuthority, organiser: User
) -> None:
    to_commit = authorise(campaign, kind="commit", user=organiser, name="")
    stamps = propose(campaign, "10.00", authority=petty)

    with pytest.raises(CommitmentRefused) as refused:
        commit_expense(stamps, authority=to_commit, by=actor(organiser), at=NOW)
    with pytest.raises(AuthorityRefused) as other:
        propose(campaign, "10.00", authority=to_commit)

    assert refused.value.code == "not_the_agent"
    assert other.value.code == "only_commits"


def test_an_authority_is_of_one_campaign(
    campaign: Campaign, other_campaign: Campaign, petty: SpendingAuthority
) -> None:
    with pytest.raises(AuthorityRefused) as refused:
        propose(other_campaign, "10.00", authority=petty)

    assert refused.value.code == "other_campaign"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "no_name"),
        ({"purpose": " "}, "no_purpose"),
        ({"kind": "campaigner", "address": ""}, "no_address"),
        ({"kind": "commit"}, "no_user"),
        ({"kind": "friend"}, "unknown_kind"),
        ({"document": " "}, "no_document"),
        ({"cap": Decimal("NaN")}, "bad_cap"),
        ({"cap": Decimal("10.001")}, "bad_cap"),
        ({"until_on": date(2024, 3, 31)}, "days_out_of_order"),
    ],
    ids=str,
)
def test_a_paper_that_says_too_little_is_no_authority(
    campaign: Campaign, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(AuthorityRefused) as refused:
        authorise(campaign, **fields)

    assert refused.value.code == code
    assert not SpendingAuthority.objects.exists()


def test_an_authority_is_not_revoked_without_a_reason(
    campaign: Campaign, petty: SpendingAuthority
) -> None:
    with pytest.raises(AuthorityRefused) as refused:
        revoke_authority(petty, reason=" ", by=clerk(campaign), at=NOW)

    petty.refresh_from_db()
    assert (refused.value.code, petty.revoked_at) == ("no_reason", None)


def outside(campaign: Campaign, value: str, body: str = "Penn Residents") -> None:
    record_outside_activity(
        campaign=campaign,
        body=body,
        description="Their newsletter",
        value=Decimal(value),
        reason="Decided by their committee",
        by=clerk(campaign),
        at=NOW,
    )


def test_others_spend_up_to_the_permitted_sum_each_and_it_counts_nothing(
    other_campaign: Campaign,
) -> None:
    notice(other_campaign, electors=7_500)  # £50 and 0.5p each: £87.50

    outside(other_campaign, "50.00")
    with pytest.raises(OutsideActivityRefused) as refused:
        outside(other_campaign, "37.51", "PENN  residents")
    outside(other_campaign, "37.50")
    outside(other_campaign, "87.50", "Merridale Allotments")

    assert refused.value.code == "over_the_permitted_sum"
    assert "may spend £87.50" in refused.value.message
    position = spending_position(other_campaign, at=NOW)
    assert position.counted == 0
    [warning] = [w for w in position.warnings if w.code == "others_sum_not_read"]
    assert "each may spend £87.50 in all. From which day it holds" in warning.message


def test_what_was_voided_leaves_room_again(other_campaign: Campaign) -> None:
    notice(other_campaign, electors=7_500)
    outside(other_campaign, "87.50")
    activity = OutsideActivity.objects.get()
    by = clerk(other_campaign)

    with pytest.raises(OutsideActivityRefused):
        void_outside_activity(activity, reason=" ", by=by, at=NOW)
    void_outside_activity(activity, reason="Never printed", by=by, at=NOW)
    with pytest.raises(OutsideActivityRefused):
        void_outside_activity(activity, reason="Again", by=by, at=NOW)
    outside(other_campaign, "87.50")

    assert OutsideActivity.objects.count() == 2


def test_where_the_sum_was_not_read_it_is_recorded_and_every_report_warns(
    campaign: Campaign,
) -> None:
    notice(campaign)
    outside(campaign, "5000.00")

    position = spending_position(campaign, at=NOW)

    assert permitted_sum(campaign).amount is None
    [warning] = [w for w in position.warnings if w.code == "others_sum_not_read"]
    assert "was not read for this poll" in warning.message


def test_for_a_commissioner_the_sum_of_the_police_area_is_kept_to(
    campaign: Campaign,
) -> None:
    campaign.election.slug = "pcc.west-midlands.2024-05-02"
    campaign.election.save()

    permitted = permitted_sum(campaign)
    outside(campaign, "10080.00")
    with pytest.raises(OutsideActivityRefused) as refused:
        outside(campaign, "0.01")

    assert permitted.amount == Decimal("10080.00")
    assert "From which day it holds was not read" in permitted.sentence
    assert refused.value.code == "over_the_permitted_sum"


@pytest.mark.parametrize("value", ["0", "-5", "1.001", "NaN"])
def test_what_it_costs_them_is_money(campaign: Campaign, value: str) -> None:
    with pytest.raises(OutsideActivityRefused) as refused:
        outside(campaign, value)

    assert refused.value.code == "bad_value"


def test_what_others_did_is_never_deleted(campaign: Campaign) -> None:
    outside(campaign, "5.00")

    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideActivity.objects.all().delete()

    assert OutsideActivity.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_pass_neither_a_cap_nor_the_permitted_sum(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    notice(campaign)
    notice(other_campaign, electors=7_500)
    authority = authorise(campaign)
    stamps = [propose(campaign, "25.00", authority=authority) for _ in range(4)]
    barrier = Barrier(len(stamps))

    def work(expense: Expense) -> tuple[str, str]:
        def code_of(refusal: Refusal | None) -> str:
            return refusal.code if refusal else ""

        found: list[Refusal | None] = []
        barrier.wait()
        for do in (
            lambda: commit_expense(expense, by=clerk(campaign), at=NOW),
            lambda: outside(other_campaign, "40.00"),
        ):
            try:
                do()
                found.append(None)
            except Refusal as refusal:
                found.append(refusal)
        connection.close()
        return code_of(found[0]), code_of(found[1])

    with ThreadPoolExecutor(len(stamps)) as pool:
        committed, told = zip(*pool.map(work, stamps), strict=True)

    assert sorted(committed) == ["", "", "over_the_cap", "over_the_cap"]
    assert told.count("") == 2
    assert standing_of(authority).left == Decimal("10.00")
