"""The money pages: what each role may see and do."""

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaigns.actions.authorities import authorise_spending
from campaigns.actions.donations import record_donation
from campaigns.actions.expenses import void_expense
from campaigns.models import (
    Campaign,
    Donation,
    Expense,
    Invoice,
    Job,
    LimitNotice,
    Organisation,
    Payment,
    SpendingAuthority,
    User,
)
from campaigns.roles import Role
from tests.campaigns.purchases import clerk, commit, notice, propose
from tests.cast import NOW, actor, member
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_tests_day(organisation: Organisation) -> None:
    organisation.clock_offset = NOW - timezone.now()
    organisation.save(update_fields=["clock_offset"])


@pytest.fixture
def treasurer(campaign: Campaign) -> User:
    return member("Trudy Treasurer", Role.TREASURER, campaign)


@pytest.fixture
def candidate(campaign: Campaign) -> User:
    return member("Rowan Ash", Role.CANDIDATE, campaign)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(campaign: Campaign, path: str = "") -> str:
    return f"/{campaign.slug}/money/{path}"


@pytest.mark.parametrize(
    "path",
    ["", "can-we-afford-it/", "expenses/", "donations/", "authorities/"],
)
def test_who_sees_money_reads_and_others_learn_nothing(
    campaign: Campaign,
    agent: User,
    candidate: User,
    treasurer: User,
    ward_lead: User,
    outsider: User,
    path: str,
) -> None:
    commit_one(campaign)

    for user in (agent, candidate, treasurer):
        assert as_(user).get(url(campaign, path)).status_code == 200
    for user in (ward_lead, outsider):
        assert as_(user).get(url(campaign, path)).status_code in {302, 404}
    assert Client().get(url(campaign, path)).status_code == 302


def commit_one(campaign: Campaign) -> Expense:
    notice(campaign)
    return commit(campaign, "900.00")


def test_the_overview_shows_the_sums_the_working_and_the_warnings(
    campaign: Campaign, agent: User
) -> None:
    commit_one(campaign)

    text = as_(agent).get(url(campaign)).content.decode()

    for words in (
        "£181,280.00",
        "£900.00",
        "7 councils × £3,040.00 = £21,280.00",
        "official notice of 28 March 2024",
        "The figure is not confirmed",
    ):
        assert words in text
    assert "style=" not in text


def test_an_overview_without_any_limit_says_so(campaign: Campaign, agent: User) -> None:
    text = as_(agent).get(url(campaign)).content.decode()

    assert "There is no limit yet." in text


def test_can_we_afford_it_answers_and_writes_nothing(
    campaign: Campaign, candidate: User
) -> None:
    commit_one(campaign)
    client = as_(candidate)

    yes = client.get(url(campaign, "can-we-afford-it/?amount=8000")).content.decode()
    no = client.get(url(campaign, "can-we-afford-it/?amount=£200,000")).content.decode()
    what = client.get(url(campaign, "can-we-afford-it/?amount=lots")).content.decode()

    assert "Yes: £8,000.00 would leave £172,380.00, with 4.9 % of the limit" in yes
    assert "No: £200,000.00 would pass the limit by £19,620.00." in no
    assert "is not an amount" in what
    assert Expense.objects.count() == 1


TYPED = {
    "description": "Eve of poll card",
    "supplier": "Plover Press",
    "category": "unsolicited",
    "kind": "incurred",
    "amount": "£1,250.50",
    "incurred_on": "2024-04-22",
    "used_from": "2024-05-01",
    "used_until": "2024-05-02",
}


def test_an_organiser_proposes_and_a_treasurer_does_not(
    campaign: Campaign, agent: User, treasurer: User
) -> None:
    path = url(campaign, "expenses/propose/")

    refused = as_(treasurer).post(path, TYPED)
    made = as_(agent).post(path, TYPED)

    assert refused.status_code == 404
    assert made.status_code == 302
    expense = Expense.objects.get()
    assert (expense.amount, expense.by_label) == (Decimal("1250.50"), "Agnes Agent")


SHARE = {
    "share0-bearer": "The party",
    "share0-part": "1/2",
    "share0-reason": "Half",
    "share0-basis": "use",
}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"amount": "a lot"}, "is not an amount"),
        ({"used_until": "2024-04-01"}, "The last day of use is before the first."),
        ({"kind": "notional"}, "entered as “Something given in kind”"),
        (
            {"share0-part": "1/2", "share0-reason": "Half", "share0-basis": "use"},
            "or name somebody else",
        ),
        ({"share0-bearer": "The party", "share0-part": "1/2"}, "This is missing"),
        (SHARE | {"share0-part": "half"}, "is not an amount such as"),
        (SHARE | {"share0-part": "4/3"}, "is not a part such as"),
        (SHARE | {"share0-part": "£1,250.51"}, "is not a part of the whole"),
        ({"inside_parts": "1"}, "Say both"),
        ({"category": "balloons"}, "not one of the available choices"),
    ],
)
def test_a_mistake_in_the_form_is_said_beside_it(
    campaign: Campaign, agent: User, wrong: dict[str, str], message: str
) -> None:
    answer = as_(agent).post(url(campaign, "expenses/propose/"), {**TYPED, **wrong})

    assert message in answer.content.decode()
    assert not Expense.objects.exists()


def test_a_share_and_a_part_inside_are_taken_from_the_form(
    campaign: Campaign, other_campaign: Campaign, agent: User
) -> None:
    as_(agent).post(
        url(campaign, "expenses/propose/"),
        {
            **TYPED,
            "inside_parts": "3",
            "inside_of_parts": "4",
            "inside_reason": "A quarter went out before",
            "share0-campaign": other_campaign.pk,
            "share0-basis": "area",
            "share0-part": "1/3",
            "share0-reason": "One of three panels",
            "share1-bearer": "",
            "share1-part": "",
            "share2-basis": "use",
            "share2-bearer": "Hazel Hurst, Penn ward",
            "share2-part": "£250.10",
            "share2-reason": "Her insert",
        },
    )

    expense = Expense.objects.get()
    ours, hers = expense.shares.order_by("pk")
    assert (expense.inside_parts, expense.inside_of_parts) == (3, 4)
    assert ours.bearer_campaign == other_campaign
    assert (hers.bearer, hers.parts, hers.of_parts) == (
        "Hazel Hurst, Penn ward",
        1,
        5,
    )


def test_pounds_that_others_bear_are_a_part_of_what_is_paid(
    campaign: Campaign, agent: User
) -> None:
    sent = TYPED | SHARE | {"amount": "1000", "share0-part": "£120.00"}

    as_(agent).post(url(campaign, "expenses/propose/"), sent)

    share = Expense.objects.get().shares.get()
    assert Fraction(share.parts, share.of_parts) == Fraction(3, 25)


@pytest.mark.parametrize(("worth", "is_asked"), [("100.00", False), ("160.00", True)])
def test_the_agent_declares_the_value_only_of_what_counts_above_its_price(
    campaign: Campaign, agent: User, worth: str, is_asked: bool
) -> None:
    """A discount of £50 or less counts nothing."""
    made = propose(campaign, "60.00", kind="notional", market_value=Decimal(worth))

    page = as_(agent).get(url(campaign, f"expenses/{made.pk}/")).content.decode()

    assert ("I declare it" in page) is is_asked


def test_what_is_voided_is_no_longer_called_past_the_limit(
    campaign: Campaign, agent: User
) -> None:
    day = date(2024, 4, 20)
    made = commit(
        campaign,
        "900000.00",
        used_from=day,
        used_until=day,
        over_limit_reason="The agent knows",
    )
    there = url(campaign, f"expenses/{made.pk}/")

    before = as_(agent).get(there).content.decode()
    void_expense(made, reason="Entered twice", by=clerk(campaign), at=NOW)
    after = as_(agent).get(there).content.decode()

    assert "Committed past the limit" in before
    assert "past the limit" not in after
    assert "<dd>20 April 2024</dd>" in after


def test_a_proposal_leads_what_is_given_to_the_page_of_gifts(
    campaign: Campaign, agent: User
) -> None:
    page = as_(agent).get(url(campaign, "expenses/propose/")).content.decode()

    assert url(campaign, "gifts/add/") in page
    assert 'value="notional"' not in page
    assert "market_value" not in page


def test_one_more_share_is_asked_for_and_nothing_that_was_typed_is_lost(
    campaign: Campaign, agent: User
) -> None:
    sent = {**TYPED, **SHARE, "amount": "", "more": "1"}

    page = as_(agent).post(url(campaign, "expenses/propose/"), sent).content.decode()

    assert 'name="share1-part"' in page
    assert 'value="The party"' in page
    assert "Plover Press" in page
    assert "This is missing" not in page
    assert not Expense.objects.exists()


def test_enter_proposes_the_expense_rather_than_adding_a_share(
    campaign: Campaign, agent: User
) -> None:
    page = as_(agent).get(url(campaign, "expenses/propose/")).content.decode()

    _, form = page.split('<form class="stack"')
    first, *_ = re.findall(r"<button[^>]*>[^<]*", form)
    assert first.endswith(">Propose")
    assert "name=" not in first


def test_the_agent_commits_and_a_treasurer_is_told_why_not(
    campaign: Campaign, agent: User, treasurer: User
) -> None:
    notice(campaign)
    expense = propose(campaign)
    path = url(campaign, f"expenses/{expense.pk}/commit/")

    refused = as_(treasurer).post(path)
    allowed = as_(agent).post(path)

    assert "Only the election agent commits" in refused.content.decode()
    assert allowed.status_code == 302
    expense.refresh_from_db()
    assert expense.committed_by == "Agnes Agent"


def test_a_written_authority_lets_a_treasurer_commit(
    campaign: Campaign, agent: User, treasurer: User
) -> None:
    notice(campaign)
    authorise_spending(
        campaign=campaign,
        user=treasurer,
        cap=Decimal("150.00"),
        written_on=date(2024, 4, 1),
        document="Letter",
        by=actor(agent),
        at=NOW,
    )
    expense = propose(campaign)
    client = as_(treasurer)

    page = client.get(url(campaign, f"expenses/{expense.pk}/")).content.decode()
    client.post(url(campaign, f"expenses/{expense.pk}/commit/"))

    assert "£150.00 of £150.00 is left" in page
    expense.refresh_from_db()
    assert expense.state == "committed"


def test_past_the_limit_the_page_asks_the_agent_for_the_reason(
    campaign: Campaign, agent: User
) -> None:
    notice(campaign)
    expense = propose(campaign, "181280.01")
    client, path = as_(agent), url(campaign, f"expenses/{expense.pk}/commit/")

    asked = client.post(path)
    client.post(path, {"over_limit_reason": "The court allowed it"})

    assert asked.status_code == 400
    assert "pass the spending limit" in asked.content.decode()
    page = client.get(url(campaign, f"expenses/{expense.pk}/")).content.decode()
    assert "The court allowed it" in page


def test_papers_are_filed_paid_and_voided_on_the_expenses_page(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    expense = commit_one(campaign)
    bill = {
        "number": "PP-7",
        "amount": "900",
        "dated_on": "2024-04-12",
        "received_on": "2024-04-14",
        "is_last": "on",
    }
    paid = {
        "amount": "900.00",
        "paid_on": "2024-04-20",
        "method": "Cheque",
        "paid_by": "agent",
    }
    client = as_(agent)
    path = url(campaign, f"expenses/{expense.pk}/invoice/")

    assert as_(candidate).post(path, bill).status_code == 404
    client.post(path, bill)
    invoice = Invoice.objects.get()
    client.post(url(campaign, f"invoices/{invoice.pk}/payment/"), paid)
    payment = Payment.objects.get()
    page = client.get(url(campaign, f"expenses/{expense.pk}/")).content.decode()
    early = client.post(
        url(campaign, f"invoices/{invoice.pk}/void/"), {"reason": "Sent twice"}
    )
    for what in (f"payments/{payment.pk}", f"invoices/{invoice.pk}"):
        client.post(url(campaign, f"{what}/void/"), {"reason": "Sent twice"})
    client.post(url(campaign, f"expenses/{expense.pk}/void/"), {"reason": "Never came"})

    assert "Payment, Cheque" in page
    assert "void its payments first" in early.content.decode()
    expense.refresh_from_db()
    assert expense.void_reason == "Never came"


def test_another_campaigns_expense_does_not_exist_here(
    campaign: Campaign, other_campaign: Campaign, agent: User
) -> None:
    elsewhere = propose(other_campaign)
    client = as_(agent)

    for path in ("", "commit/", "void/", "invoice/"):
        address = url(campaign, f"expenses/{elsewhere.pk}/{path}")
        answer = client.post(address) if path else client.get(address)
        assert answer.status_code == 404


def test_the_table_filters_and_keeps_voided_ones_apart(
    campaign: Campaign, agent: User
) -> None:
    propose(campaign, description="Posters", category="advertising")
    propose(campaign, description="Leaflets")
    client = as_(agent)

    def shown(query: str) -> str:
        return client.get(url(campaign, f"expenses/?{query}")).content.decode()

    assert "Posters" in shown("")
    assert "Posters" not in shown("category=unsolicited")
    assert "Leaflets" not in shown("q=post")
    assert "No expenses here" in shown("state=voided")


def test_the_table_asks_the_same_number_of_questions_for_more_rows(
    campaign: Campaign, agent: User, django_assert_max_num_queries: Any
) -> None:
    notice(campaign)
    client = as_(agent)
    for _ in range(20):
        commit(campaign, "10.00")

    with django_assert_max_num_queries(16):
        client.get(url(campaign, "expenses/"))
    with django_assert_max_num_queries(23):
        client.get(url(campaign))


def test_numbers_for_the_limit_are_typed_with_their_document(
    campaign: Campaign, agent: User, treasurer: User
) -> None:
    typed = {
        "is_official": "yes",
        "electors": "2000000",
        "councils": "7",
        "given_on": "2024-03-28",
        "document": "Letter of the returning officer",
    }
    path = url(campaign, "limit/")

    assert as_(treasurer).post(path, typed).status_code == 404
    wrong = as_(agent).post(path, {**typed, "electors": "0"})
    right = as_(agent).post(path, typed)

    assert wrong.status_code == 200
    assert right.status_code == 302
    assert LimitNotice.objects.get().is_official
    assert as_(agent).get(path).status_code == 200


def test_numbers_that_do_not_hold_are_not_said_to_hold(
    campaign: Campaign, agent: User
) -> None:
    later = notice(campaign, given_on=date(2024, 4, 20))
    client, path = as_(agent), url(campaign, "limit/")
    typed = {
        "is_official": "yes",
        "electors": "1000",
        "councils": "7",
        "given_on": "2024-04-02",
        "document": "An older letter",
    }

    said = client.post(path, typed, follow=True).content.decode()
    listed = client.get(path).content.decode()
    voided = client.post(f"{path}{later.pk}/void/", {"reason": "Typed wrongly"})

    assert "It is kept. The limit is still worked from" in said
    assert "The limit is worked from these numbers now" not in said
    assert listed.count("holds now") == 1
    assert voided.status_code == 302
    after = client.get(path).content.decode()
    assert "Typed wrongly" in after
    assert f"limit/{later.pk}/void/" not in after
    assert (
        "official notice of 2 April 2024, An older letter"
        in client.get(url(campaign)).content.decode()
    )


def test_the_agent_alone_moves_the_limit_and_the_days_that_count(
    campaign: Campaign, organiser: User, agent: User
) -> None:
    notice(campaign)
    client = signed_in(organiser)

    for path in ("limit/", "days/", f"limit/{LimitNotice.objects.get().pk}/void/"):
        assert client.get(url(campaign, path)).status_code == 404
        assert client.post(url(campaign, path)).status_code == 404
        assert as_(agent).get(url(campaign, path)).status_code == 200
    assert "days/" not in client.get(url(campaign)).content.decode()


def test_the_agent_gives_and_revokes_an_authority_on_the_page(
    campaign: Campaign, agent: User, treasurer: User
) -> None:
    typed = {
        "kind": "commit",
        "user": treasurer.pk,
        "cap": "500",
        "written_on": "2024-04-23",
        "document": "Letter, office file 3",
    }
    path = url(campaign, "authorities/")

    refused = as_(treasurer).post(path, typed)
    as_(agent).post(path, typed)
    given = SpendingAuthority.objects.get()
    revoking, why = url(campaign, f"authorities/{given.pk}/revoke/"), {"reason": "Left"}
    assert as_(treasurer).post(revoking, why).status_code == 404
    assert (
        "This is missing" in as_(agent).post(revoking, {"reason": ""}).content.decode()
    )
    given.refresh_from_db()
    assert given.revoked_at is None
    as_(agent).post(revoking, why)

    assert refused.status_code == 200
    given.refresh_from_db()
    assert given.revoked_at is not None
    assert "Left" in as_(treasurer).get(path).content.decode()


def test_a_donation_is_entered_and_decided_on_its_page(
    campaign: Campaign, treasurer: User, candidate: User
) -> None:
    typed = {
        "donor": "Dorothy Penhallow",
        "donor_kind": "individual",
        "donor_address": "14 Fallowshaw Road",
        "amount": "250",
        "received_on": "2024-04-02",
    }
    client, path = as_(treasurer), url(campaign, "donations/add/")

    assert as_(candidate).post(path, typed).status_code == 404
    client.post(path, typed)
    donation = Donation.objects.get()
    here = url(campaign, f"donations/{donation.pk}/")
    seen = client.get(here).content.decode()
    unchecked = client.post(f"{here}accept/", {"accepted_on": "2024-04-03"})
    client.post(
        f"{here}check/",
        {
            "looked_on": "2024-04-03",
            "register_entry": "AB1 123, Quexley",
            "register_on_the_day": "The update of April",
        },
    )
    checked = client.get(here).content.decode()
    client.post(f"{here}accept/", {"accepted_on": "2024-04-03"})

    assert "return it by 2 May 2024" in seen
    assert "not looked at yet: Elector number" in unchecked.content.decode()
    assert "AB1 123, Quexley" in checked
    donation.refresh_from_db()
    assert donation.accepted_on == date(2024, 4, 3)


def test_a_donation_is_returned_or_voided_on_its_page(
    campaign: Campaign, treasurer: User
) -> None:
    for path, typed in (
        ("return/", {"returned_on": "2024-04-21", "returned_how": "By the bank"}),
        ("void/", {"reason": "Typed twice"}),
    ):
        donation = record_donation(
            campaign=campaign,
            donor="Nobody knows",
            donor_kind="anonymous",
            amount=Decimal("400.00"),
            received_on=NOW.date() - timedelta(days=3),
            by=clerk(campaign),
            at=NOW,
        )
        as_(treasurer).post(url(campaign, f"donations/{donation.pk}/{path}"), typed)

    returned, voided = Donation.objects.order_by("pk")
    assert returned.returned_how == "By the bank"
    assert voided.voided_at is not None


def test_the_report_is_asked_for_as_a_job(
    campaign: Campaign, candidate: User, ward_lead: User
) -> None:
    path = url(campaign, "report/")

    assert as_(ward_lead).post(path).status_code in {302, 404}
    assert not Job.objects.exists()
    as_(candidate).post(path)

    assert Job.objects.get().kind == "spending_report"


def test_the_day_of_the_candidacy_has_a_page_and_moves_the_period(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    page = url(campaign, "days/")

    wrong = as_(agent).post(page, {"became_candidate_on": "2024-05-02"})
    right = as_(agent).post(page, {"became_candidate_on": "2024-04-03"})

    campaign.refresh_from_db()
    assert "more than six years before it" in wrong.content.decode()
    assert right.status_code == 302
    assert campaign.became_candidate_on == date(2024, 4, 3)
    assert "4 April to 2 May 2024" in as_(agent).get(url(campaign)).content.decode()
    assert as_(candidate).get(page).status_code == 404


def test_a_candidate_states_personal_expenses_and_nothing_else(
    campaign: Campaign, candidate: User, treasurer: User
) -> None:
    page = url(campaign, "expenses/personal/")
    typed = {
        "description": "Train to the hustings",
        "supplier": "Slow Line",
        "category": "transport",
        "amount": "12.40",
        "incurred_on": "2024-04-20",
    }

    made = as_(candidate).post(page, typed)

    expense = Expense.objects.get()
    assert made.status_code == 302
    assert (expense.kind, expense.state) == ("personal", "proposed")
    assert as_(treasurer).post(page, typed).status_code == 404
    assert as_(candidate).get(url(campaign, "expenses/propose/")).status_code == 404
    assert as_(candidate).get(url(campaign, "donations/add/")).status_code == 404


def test_the_plan_is_typed_by_head_and_by_week(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    notice(campaign)
    client = as_(agent)
    by_head, by_week = (
        url(campaign, path) for path in ("plan/heads/staff/", "plan/weeks/2024-04-08/")
    )

    assert as_(candidate).get(by_head).status_code == 404
    assert client.get(url(campaign, "plan/heads/beer/")).status_code == 404
    assert client.get(url(campaign, "plan/weeks/2024-04-09/")).status_code == 404
    client.post(by_head, {"inside-staff-2024-04-15": "£1,200"})
    client.post(by_week, {"inside-staff-2024-04-08": "300.50"})
    wrong = client.post(by_week, {"inside-staff-2024-04-08": "much"})
    seen = as_(candidate).get(url(campaign, "plan/")).content.decode()

    assert wrong.status_code == 400
    assert "is not an amount" in wrong.content.decode()
    assert "£1,500.50" in seen
    assert "plan/heads/" not in seen


def test_a_promise_is_apart_from_the_money_that_lasts(
    campaign: Campaign, treasurer: User
) -> None:
    record_donation(
        campaign=campaign,
        donor="Desmond Pinnock",
        donor_kind="individual",
        amount=Decimal("10000.00"),
        by=clerk(campaign),
        at=NOW,
    )

    seen = as_(treasurer).get(url(campaign, "funding/")).content.decode()

    assert "£10,000.00" in seen
    assert "£0.00 would be left" in seen


def test_the_money_page_leads_to_what_needs_deciding(
    campaign: Campaign, treasurer: User
) -> None:
    donation = record_donation(
        campaign=campaign,
        donor="Nobody knows",
        donor_kind="anonymous",
        amount=Decimal("400.00"),
        received_on=NOW.date() - timedelta(days=31),
        by=clerk(campaign),
        at=NOW,
    )

    seen = as_(treasurer).get(url(campaign, "")).content.decode()

    assert f"donations/{donation.pk}/" in seen
    assert "1 day past the 30: the law takes it as accepted; it must go back" in seen


def test_the_worked_case_says_what_is_only_implied(
    campaign: Campaign, candidate: User
) -> None:
    page = as_(candidate).get(url(campaign, "worked-case/")).content.decode()

    assert "Together £131,784.60" in page
    assert "Nobody printed the limit." in page
    assert "1,952,555 to 1,954,250 electors" in page
    assert (
        "worked-case"
        in as_(candidate).get(url(campaign, "can-we-afford-it/")).content.decode()
    )
