"""Committing: who may, under which cap, and never past the limit silently."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from campaigns.actions.authorities import (
    AuthorityRefused,
    authorise_spending,
    revoke_authority,
)
from campaigns.actions.expense_checks import ExpenseRefused, Share
from campaigns.actions.expense_commitments import CommitmentRefused, commit_expense
from campaigns.actions.expense_payments import record_invoice, void_invoice
from campaigns.actions.spending import OverLimitRefused
from campaigns.models import AuditEntry, Campaign, SpendingAuthority, User
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.campaigns.returns import checks_of
from tests.cast import NOW, actor, make_user

pytestmark = pytest.mark.django_db
LIMIT = "181280.00"


@pytest.fixture
def limit(campaign: Campaign) -> None:
    notice(campaign)


def give_authority(
    campaign: Campaign, user: User, agent: User, cap: str = "500.00"
) -> SpendingAuthority:
    return authorise_spending(
        campaign=campaign,
        user=user,
        cap=Decimal(cap),
        written_on=date(2024, 4, 1),
        until_on=date(2024, 5, 2),
        document="Letter of 1 April, office file 3",
        by=actor(agent),
        at=NOW,
    )


def test_the_agent_commits_and_an_organiser_does_not(
    campaign: Campaign, limit: None, agent: User, organiser: User
) -> None:
    expense = propose(campaign)

    with pytest.raises(CommitmentRefused) as refused:
        commit_expense(expense, by=actor(organiser), at=NOW)
    committed = commit_expense(expense, by=actor(agent), at=NOW)

    assert refused.value.code == "not_the_agent"
    assert (committed.state, committed.committed_by) == ("committed", "Agnes Agent")
    assert AuditEntry.objects.filter(verb="expense.committed").count() == 1


def test_the_agent_of_another_campaign_is_nobody_here(
    other_campaign: Campaign, agent: User
) -> None:
    notice(other_campaign, electors=8_000)
    with pytest.raises(CommitmentRefused):
        commit_expense(propose(other_campaign), by=actor(agent), at=NOW)


def test_an_expense_is_committed_once(
    campaign: Campaign, limit: None, agent: User
) -> None:
    expense = commit(campaign)

    with pytest.raises(CommitmentRefused) as refused:
        commit_expense(expense, by=actor(agent), at=NOW)

    assert refused.value.code == "not_proposed"


def test_a_written_authority_commits_up_to_its_cap_over_all_it_committed(
    campaign: Campaign, limit: None, agent: User, organiser: User
) -> None:
    authority = give_authority(campaign, organiser, agent)
    by = actor(organiser)

    first = commit_expense(
        propose(campaign, "300.00"), authority=authority, by=by, at=NOW
    )
    with pytest.raises(AuthorityRefused) as refused:
        commit_expense(propose(campaign, "200.01"), authority=authority, by=by, at=NOW)
    commit_expense(propose(campaign, "200.00"), authority=authority, by=by, at=NOW)

    assert first.authority == authority
    assert refused.value.code == "over_the_cap"
    assert "£200.00 of the £500.00" in refused.value.message


def test_a_gift_takes_of_the_cap_what_it_is_worth(
    campaign: Campaign, limit: None, agent: User, organiser: User
) -> None:
    authority = give_authority(campaign, organiser, agent)
    gift = propose(campaign, "0.00", kind="notional", market_value=Decimal("600.00"))

    with pytest.raises(AuthorityRefused) as refused:
        commit_expense(gift, authority=authority, by=actor(organiser), at=NOW)

    assert refused.value.code == "over_the_cap"


def test_an_authority_is_personal_and_ends(
    campaign: Campaign, limit: None, agent: User, organiser: User
) -> None:
    authority = give_authority(campaign, organiser, agent)
    expense = propose(campaign)

    for who, at in (
        (make_user("Finn Friend"), NOW),
        (organiser, NOW + timedelta(days=20)),
        (organiser, NOW - timedelta(days=40)),
    ):
        with pytest.raises(Refusal):
            commit_expense(expense, authority=authority, by=actor(who), at=at)
    revoke_authority(authority, reason="Left", by=actor(agent), at=NOW)
    with pytest.raises(AuthorityRefused) as refused:
        commit_expense(expense, authority=authority, by=actor(organiser), at=NOW)

    assert refused.value.code == "authority_not_in_force"


def test_only_the_agent_gives_and_revokes_an_authority(
    campaign: Campaign, agent: User, organiser: User
) -> None:
    with pytest.raises(AuthorityRefused):
        give_authority(campaign, organiser, organiser)
    authority = give_authority(campaign, organiser, agent)
    with pytest.raises(AuthorityRefused):
        revoke_authority(authority, reason="Left", by=actor(organiser), at=NOW)

    revoke_authority(authority, reason="Left", by=actor(agent), at=NOW)
    with pytest.raises(AuthorityRefused):
        revoke_authority(authority, reason="Left", by=actor(agent), at=NOW)


def test_the_last_penny_fits_and_one_more_does_not(
    campaign: Campaign, limit: None
) -> None:
    commit(campaign, LIMIT)

    with pytest.raises(OverLimitRefused) as refused:
        commit(campaign, "0.01")

    assert refused.value.code == "over_limit"
    assert "by £0.01" in refused.value.message
    assert campaign.expenses.filter(state="committed").count() == 1


def test_past_the_limit_only_with_the_agents_reason_which_is_kept(
    campaign: Campaign, limit: None, agent: User, organiser: User
) -> None:
    commit(campaign, LIMIT)
    expense = propose(campaign)
    authority = give_authority(campaign, organiser, agent)

    with pytest.raises(OverLimitRefused):
        commit_expense(
            expense,
            authority=authority,
            over_limit_reason="We must",
            by=actor(organiser),
            at=NOW,
        )
    done = commit_expense(
        expense, over_limit_reason="The court allowed it", by=actor(agent), at=NOW
    )

    assert done.over_limit_reason == "The court allowed it"
    entry = AuditEntry.objects.filter(verb="expense.committed").latest("pk")
    assert entry.data["over_limit_reason"] == "The court allowed it"


def test_a_reason_that_was_not_needed_is_not_kept(
    campaign: Campaign, limit: None
) -> None:
    expense = commit(campaign, over_limit_reason="Just in case")

    assert expense.over_limit_reason == ""


def test_without_any_limit_only_the_agents_reason_commits(campaign: Campaign) -> None:
    with pytest.raises(OverLimitRefused) as refused:
        commit(campaign)
    expense = commit(campaign, over_limit_reason="The notice comes tomorrow")

    assert refused.value.code == "limit_not_known"
    assert expense.over_limit_reason


def test_what_counts_nothing_is_never_over_the_limit(
    campaign: Campaign, limit: None
) -> None:
    commit(campaign, LIMIT)
    before = date(2024, 3, 1)

    commit(campaign, "9000.00", used_from=before, used_until=before)
    commit(campaign, "312.40", kind="personal", category="transport")

    assert campaign.expenses.filter(over_limit_reason="").count() == 3


def test_a_personal_expense_of_old_under_another_head_is_not_committed(
    campaign: Campaign, limit: None
) -> None:
    leaflets = propose(campaign, "5000.00")
    campaign.expenses.update(kind="personal")

    with pytest.raises(ExpenseRefused) as refused:
        commit_expense(leaflets, by=clerk(campaign), at=NOW)

    assert refused.value.code == "not_personal"


def test_one_committed_of_old_is_said_and_keeps_the_return_from_being_signed(
    campaign: Campaign, limit: None
) -> None:
    leaflets = commit(campaign, "900.00")
    commit(campaign, "312.40", kind="personal", category="transport")
    campaign.expenses.filter(pk=leaflets.pk).update(kind="personal")

    warned = spending_position(campaign, at=NOW).warnings
    checks = checks_of(campaign, spending_return(campaign, at=NOW), at=NOW)

    (said,) = (one for one in warned if one.code == "not_personal")
    assert said.message.startswith("1 expense was entered as personal")
    (check,) = (one for one in checks if one.code == "not_personal")
    assert (check.blocks, check.key) == (True, f"expense:{leaflets.pk}")


def test_a_share_may_not_pass_the_other_campaigns_limit(
    campaign: Campaign, other_campaign: Campaign, limit: None, agent: User
) -> None:
    notice(other_campaign, electors=500)  # £960 + 8p × 500 = £1,000.00
    shares = [Share(1, 2, "Half of the panels", campaign=other_campaign)]
    too_much = propose(campaign, "2000.01", shares=shares)
    just_fits = propose(campaign, "2000.00", shares=shares)

    with pytest.raises(CommitmentRefused):
        commit_expense(just_fits, by=actor(agent), at=NOW)
    commit_expense(just_fits, by=clerk(campaign), at=NOW)
    with pytest.raises(OverLimitRefused) as refused:
        commit_expense(too_much, by=clerk(campaign), at=NOW)

    assert "Bilston North by-election" in refused.value.message


def test_voiding_the_last_invoice_may_not_bring_the_order_back_past_the_limit(
    campaign: Campaign, limit: None
) -> None:
    by = clerk(campaign)
    expense = commit(campaign, "1000.00")
    invoice = record_invoice(
        expense=expense,
        number="PP-1",
        amount=Decimal("400.00"),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        by=by,
        at=NOW,
    )
    commit(campaign, str(Decimal(LIMIT) - 400))

    with pytest.raises(OverLimitRefused):
        void_invoice(invoice, reason="Wrong number", by=by, at=NOW)

    invoice.refresh_from_db()
    assert invoice.voided_at is None


def test_a_small_last_bill_may_not_turn_a_discount_into_spending_past_the_limit(
    campaign: Campaign, limit: None
) -> None:
    by = clerk(campaign)
    order = commit(campaign, "960.00", kind="notional", market_value=Decimal("1000.00"))
    commit(campaign, str(Decimal(LIMIT) - 960))

    with pytest.raises(OverLimitRefused):
        record_invoice(
            expense=order,
            number="PP-1",
            amount=Decimal("400.00"),
            dated_on=date(2024, 4, 12),
            received_on=date(2024, 4, 14),
            by=by,
            at=NOW,
        )

    assert not order.invoices.exists()


def test_once_past_the_limit_bills_that_lower_the_sum_are_still_filed(
    campaign: Campaign, limit: None
) -> None:
    order = commit(campaign, "1000.00")
    commit(campaign, LIMIT, over_limit_reason="The court allowed it")

    record_invoice(
        expense=order,
        number="PP-1",
        amount=Decimal("400.00"),
        dated_on=date(2024, 4, 12),
        received_on=date(2024, 4, 14),
        by=clerk(campaign),
        at=NOW,
    )

    assert order.invoices.count() == 1
