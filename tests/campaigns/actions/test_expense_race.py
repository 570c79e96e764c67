"""Two clerks at once: the room under the limit is given away once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions.authorities import AuthorityRefused, authorise_spending
from campaigns.actions.estimated_limits import telling_of_estimates
from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.spending import OverLimitRefused
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    Candidate,
    Elector,
    Expense,
    SpendingAuthority,
    User,
    Ward,
)
from campaigns.rules.refusals import Refusal
from tests.campaigns.purchases import clerk, notice, propose
from tests.cast import NOW, actor, make_district, make_elector

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 6


def all_at_once(
    expenses: list[Expense],
    by: Actor,
    authority: SpendingAuthority | None = None,
) -> list[type[Refusal] | None]:
    """Commit each in a thread of its own, let go together."""
    barrier = Barrier(len(expenses))

    def commit(expense: Expense) -> type[Refusal] | None:
        barrier.wait()
        try:
            commit_expense(expense, authority=authority, by=by, at=NOW)
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(expenses)) as pool:
        return list(pool.map(commit, expenses))


def test_clerks_at_once_cannot_overspend(campaign: Campaign) -> None:
    notice(campaign)
    expenses = [propose(campaign, "100000.00") for _ in range(CLERKS)]

    outcomes = all_at_once(expenses, clerk(campaign))

    assert outcomes.count(None) == 1
    assert outcomes.count(OverLimitRefused) == CLERKS - 1
    assert Expense.objects.filter(state="committed").count() == 1


def test_an_authority_is_not_spent_twice(
    campaign: Campaign, agent: User, organiser: User
) -> None:
    notice(campaign)
    authority = authorise_spending(
        campaign=campaign,
        user=organiser,
        cap=Decimal("250.00"),
        written_on=NOW.astimezone(UK).date(),
        document="Letter",
        by=actor(agent),
        at=NOW,
    )
    expenses = [propose(campaign, "100.00") for _ in range(CLERKS)]

    outcomes = all_at_once(expenses, actor(organiser), authority)

    assert outcomes.count(None) == 2
    assert outcomes.count(AuthorityRefused) == CLERKS - 2


def test_one_expense_is_committed_by_one_of_them(campaign: Campaign) -> None:
    notice(campaign)
    expense = propose(campaign)

    outcomes = all_at_once([expense] * CLERKS, clerk(campaign))

    assert outcomes.count(None) == 1


def test_an_import_that_refers_to_the_campaign_does_not_hold_up_a_commitment(
    campaign: Campaign,
) -> None:
    notice(campaign)
    expense = propose(campaign)

    with transaction.atomic():
        Candidate.objects.create(
            organisation=campaign.organisation, campaign=campaign, name="Late Entry"
        )
        outcomes = all_at_once([expense], clerk(campaign))

    assert outcomes == [None]


def test_whoever_commits_while_a_register_lowers_the_limit_finds_the_lower_one(
    other_campaign: Campaign, ward: Ward
) -> None:
    """£960.00, and 8p for each elector loaded: £960.16, and then 8p less."""
    district = make_district(other_campaign.organisation, ward)
    gone, _ = make_elector(district), make_elector(district)
    expense = propose(other_campaign, "960.10")
    by = clerk(other_campaign)

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        with telling_of_estimates(
            organisation_id=other_campaign.organisation_id,
            council_id=ward.council_id,
            because="register",
            by=by,
            at=NOW,
        ):
            Elector.objects.filter(pk=gone.pk).update(on_register=False)
        later = pool.submit(all_at_once, [expense], by)
        sleep(0.5)
        assert not later.done()

    assert later.result() == [OverLimitRefused]
