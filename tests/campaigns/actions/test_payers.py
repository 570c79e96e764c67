"""Who may pay: the agent, the candidate's own, and petty expenses under a paper."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from campaigns.actions.authorities import authorise_spending, revoke_authority
from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.expense_payments import void_payment
from campaigns.actions.regulated_days import RegulatedDaysRefused, set_regulated_days
from campaigns.models import (
    AuthorityKind,
    Campaign,
    Election,
    Expense,
    Invoice,
    Organisation,
    Payment,
    SpendingAuthority,
    User,
    VotingSystem,
    Ward,
)
from campaigns.reports.funding_position import funding_position
from campaigns.reports.spending_position import spending_position
from campaigns.reports.spending_return import spending_return
from campaigns.rules.payments import PayerRefused
from campaigns.rules.refusals import Refusal
from tests.campaigns.actions.test_authorities import authorise
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk, commit, notice
from tests.cast import NOW, POLL_ON, make_campaign
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pcc(organisation: Organisation, ward: Ward) -> Campaign:
    """A poll for which the candidate's £5,000 was read."""
    election = Election.objects.create(
        slug="pcc.west-midlands.2024-05-02",
        kind="pcc",
        name="Commissioner",
        poll_on=POLL_ON,
        voting_system=VotingSystem.FPTP,
    )
    return make_campaign(organisation, election, ward, slug="pcc-2024")


def personal(campaign: Campaign, amount: str) -> Expense:
    return commit(campaign, amount, kind="personal", category="transport")


def authority(campaign: Campaign, user: User, cap: str = "100.00") -> SpendingAuthority:
    return authorise_spending(
        campaign=campaign,
        kind=AuthorityKind.PETTY,
        user=user,
        cap=Decimal(cap),
        purpose="Stamps and tea",
        written_on=date(2024, 4, 1),
        document="Letter 3",
        by=clerk(campaign),
        at=NOW,
    )


def test_the_candidate_pays_personal_expenses_up_to_the_sum(pcc: Campaign) -> None:
    first = pay(bill(personal(pcc, "4000.00"), "4000.00"), "4000.00", **BY_THEM)
    second = bill(personal(pcc, "1000.01"), "1000.01")

    with pytest.raises(PayerRefused) as refused:
        pay(second, "1000.01", **BY_THEM)
    pay(second, "1000.00", **BY_THEM)
    pay(second, "0.01")
    void_payment(first, reason="Wrong", by=clerk(pcc), at=NOW)
    pay(bill(personal(pcc, "4000.00"), "4000.00", "PP-3"), "4000.00", **BY_THEM)

    assert funding_position(pcc, at=NOW).cash == Decimal("-0.01")
    assert refused.value.code == "over_the_sum"
    assert "£5,000.00 in all, and £4,000.00 was paid" in refused.value.message


BY_THEM = {"paid_by": "candidate"}


def test_the_candidate_pays_nothing_else(pcc: Campaign) -> None:
    notice(pcc, electors=None, councils=None, told_limit=Decimal(90000))

    with pytest.raises(PayerRefused) as refused:
        pay(bill(commit(pcc), "100.00"), "10.00", **BY_THEM)

    assert refused.value.code == "no_appointment"
    assert not Payment.objects.exists()


@pytest.fixture
def appointed(pcc: Campaign) -> Campaign:
    """The agent is appointed on 2 April 2024."""
    notice(pcc, electors=None, councils=None, told_limit=Decimal(90000))
    return appoint(pcc, date(2024, 4, 2))


def appoint(campaign: Campaign, on: date | None) -> Campaign:
    return set_regulated_days(
        campaign=campaign,
        became_candidate_on=None,
        agent_appointed_on=on,
        by=clerk(campaign),
        at=NOW,
    )


def early_bill(campaign: Campaign, amount: str = "6000.00") -> Invoice:
    """Of leaflets that were used in the period and paid before there was an agent."""
    days = dict.fromkeys(("dated_on", "received_on"), date(2024, 3, 25))
    return bill(commit(campaign, amount), amount, **days)


EARLY = {"paid_by": "candidate", "paid_on": date(2024, 4, 1)}


def test_before_the_agent_the_candidate_pays_anything_and_the_return_says_so(
    appointed: Campaign,
) -> None:
    """What so was paid is no part of the £5,000 for personal expenses, and no cash."""
    pay(early_bill(appointed), "6000.00", **EARLY)
    pay(bill(personal(appointed, "5000.00"), "5000.00", "T-1"), "5000.00", **BY_THEM)

    funds = funding_position(appointed, at=NOW)
    assert (funds.cash, funds.unpaid, funds.weeks[-1].bound) == (0, 0, 0)
    made = spending_return(appointed, at=NOW)
    [item] = made.section("unsolicited").lines
    said = "the candidate, before an agent was appointed"
    assert (item.values["payer"], item.values["unpaid"]) == (said, "")
    facts = {one.key: one.values["value"] for one in made.section("particulars").lines}
    assert facts["appointed"] == "2 April 2024"
    warning = warnings(appointed)["paid_before_the_agent"]
    assert "The candidate paid £6,000.00 before an agent was appointed." in warning
    assert "From which day it holds was not read" in warning
    assert warning in made.warnings


def test_from_the_day_of_the_appointment_on_the_candidate_pays_no_such_bill(
    appointed: Campaign,
) -> None:
    with pytest.raises(PayerRefused) as refused:
        pay(early_bill(appointed), "6000.00", **EARLY | {"paid_on": date(2024, 4, 2)})

    assert refused.value.code == "agent_pays"
    assert "From 2 April 2024 on" in refused.value.message


@pytest.mark.parametrize("moved", [date(2024, 4, 1), None])
def test_the_appointment_is_not_moved_before_what_the_candidate_paid(
    appointed: Campaign, moved: date | None
) -> None:
    paid = pay(early_bill(appointed), "6000.00", **EARLY)

    with pytest.raises(RegulatedDaysRefused, match=r"£6,000\.00 on 1 April 2024"):
        appoint(appointed, moved)
    void_payment(paid, reason="Wrong", by=clerk(appointed), at=NOW)

    assert appoint(appointed, moved).agent_appointed_on == moved


def test_the_appointment_is_not_moved_after_what_the_agent_paid(
    appointed: Campaign,
) -> None:
    paid = pay(early_bill(appointed), "6000.00", paid_on=date(2024, 4, 3))

    with pytest.raises(RegulatedDaysRefused, match=r"£6,000\.00 on 3 April 2024"):
        appoint(appointed, date(2024, 4, 4))
    void_payment(paid, reason="Wrong", by=clerk(appointed), at=NOW)

    moved = appoint(appointed, date(2024, 4, 4))
    assert moved.agent_appointed_on == date(2024, 4, 4)


def test_money_of_a_shared_bill_comes_back_to_the_campaign_first(
    appointed: Campaign,
) -> None:
    """£1,000.00, of which the candidate paid £600.00 and £500.00 came back."""
    invoice = early_bill(appointed, "1000.00")
    pay(invoice, "600.00", **EARLY)
    pay(invoice, "400.00")
    record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("500.00"),
        dated_on=date(2024, 4, 22),
        reason="Half was blank",
        refunded_on=date(2024, 4, 22),
        by=clerk(appointed),
        at=NOW,
    )

    funds = funding_position(appointed, at=NOW)

    assert (funds.cash, funds.unpaid, funds.weeks[-1].bound) == (0, 0, 0)


def test_the_page_of_such_a_bill_says_what_was_not_read(
    campaign: Campaign, agent: User
) -> None:
    notice(campaign)
    desk = signed_in(agent)
    desk.post(f"/{campaign.slug}/money/days/", {"agent_appointed_on": "2024-04-02"})
    invoice = early_bill(campaign)
    page = f"/{campaign.slug}/money/invoices/{invoice.pk}/"
    typed = {"amount": "6000", "paid_on": "2024-04-01", "method": "Card"}
    said = "Before an agent is appointed a candidate may pay. For this kind of poll it"
    assert shown(agent, page).count(said) == 1  # beside who paid

    desk.post(f"{page}payment/", {**typed, "paid_by": "agent"})
    assert not Payment.objects.exists()
    desk.post(f"{page}payment/", {**typed, "paid_by": "candidate"})

    assert said in shown(agent, page)
    assert Payment.objects.get().paid_by == "candidate"


def test_where_the_sum_was_not_read_it_is_entered_and_every_report_warns(
    campaign: Campaign, agent: User
) -> None:
    """Of a combined authority mayor: no page of guidance with the sum was read."""
    campaign.organisation.clock_offset = NOW - timezone.now()
    campaign.organisation.save()
    invoice = bill(personal(campaign, "12.40"), "12.40")
    page = f"/{campaign.slug}/money/invoices/{invoice.pk}/"
    assert "was not read for this kind of poll" in shown(agent, page)
    assert "candidates_sum_not_read" not in warnings(campaign)

    paid = pay(invoice, "12.40", **BY_THEM)

    warning = warnings(campaign)["candidates_sum_not_read"]
    assert warning.startswith("The candidate paid £12.40 personally.")
    assert "ask the returning officer" in warning
    assert warning in "\n".join(spending_return(campaign, at=NOW).warnings)
    assert "was not read for this kind of poll" in shown(agent, page)
    void_payment(paid, reason="Wrong", by=clerk(campaign), at=NOW)
    assert "candidates_sum_not_read" not in warnings(campaign)


def test_where_the_sum_was_read_reports_say_that_its_days_were_not(
    pcc: Campaign,
) -> None:
    assert "candidates_sum_not_read" not in warnings(pcc)

    pay(bill(personal(pcc, "12.40"), "12.40"), "12.40", **BY_THEM)

    warning = warnings(pcc)["candidates_sum_not_read"]
    assert "A candidate may pay £5,000.00 personally. From which day" in warning


def warnings(campaign: Campaign) -> dict[str, str]:
    found = spending_position(campaign, at=NOW).warnings
    return {warning.code: warning.message for warning in found}


def shown(user: User, page: str) -> str:
    return signed_in(user).get(page).content.decode()


def test_petty_expenses_are_paid_up_to_the_cap_of_the_paper(
    campaign: Campaign, organiser: User
) -> None:
    notice(campaign)
    paper = authority(campaign, organiser)
    invoice = bill(commit(campaign, "150.00", category="administration"), "150.00")
    pay(invoice, "60.00", paid_by="petty", authority=paper)

    with pytest.raises(PayerRefused) as refused:
        pay(invoice, "40.01", paid_by="petty", authority=paper)
    pay(invoice, "40.00", paid_by="petty", authority=paper)

    assert refused.value.code == "over_the_sum"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"paid_by": "petty"}, "no_authority"),
        ({"paid_by": "agent", "authority": True}, "no_authority"),
        ({"paid_by": "supporter"}, "unknown_payer"),
        (
            {"paid_by": "petty", "authority": True, "paid_on": date(2024, 3, 31)},
            "authority_not_in_force",
        ),
    ],
)
def test_a_payer_without_the_right_paper_is_refused(
    campaign: Campaign, organiser: User, fields: dict[str, Any], code: str
) -> None:
    notice(campaign)
    paper = authority(campaign, organiser)
    invoice = bill(commit(campaign), "100.00")
    fields = {**fields, "authority": paper if fields.get("authority") else None}

    with pytest.raises(PayerRefused) as refused:
        pay(invoice, "10.00", **fields)

    assert refused.value.code == code
    assert not Payment.objects.exists()


def test_a_paper_that_was_revoked_or_is_anothers_pays_nothing(
    campaign: Campaign, other_campaign: Campaign, organiser: User
) -> None:
    notice(campaign)
    invoice = bill(commit(campaign), "100.00")
    theirs = authority(other_campaign, organiser)
    revoked = authority(campaign, organiser)
    revoke_authority(revoked, reason="Left", by=clerk(campaign), at=NOW)

    for paper in (theirs, revoked):
        with pytest.raises(PayerRefused):
            pay(invoice, "10.00", paid_by="petty", authority=paper, paid_on=NOW.date())


def test_a_campaigner_pays_what_was_spent_by_their_own_paper(
    campaign: Campaign,
) -> None:
    """So it is neither the campaign's to pay nor a claim on its return (s.75)."""
    notice(campaign)
    theirs, others = (
        authorise(campaign, kind="campaigner", cap=Decimal("500.00")) for _ in range(2)
    )
    posters = commit(campaign, "300.00", authority=theirs)
    leaflets = commit(campaign, "40.00", description="Ours")
    invoice = bill(posters, "300.00")

    for paper, of in ((others, invoice), (theirs, bill(leaflets, "40.00"))):
        with pytest.raises(PayerRefused) as refused:
            pay(of, "20.00", paid_by="campaigner", authority=paper)
        assert refused.value.code == "other_paper"
    before = spending_return(campaign, at=NOW)
    pay(invoice, "300.00", paid_by="campaigner", authority=theirs)

    funds = funding_position(campaign, at=NOW)
    assert (funds.cash, funds.unpaid) == (0, Decimal("40.00"))
    for made in (before, spending_return(campaign, at=NOW)):
        assert [one.values["what"] for one in made.section("unpaid").lines] == ["Ours"]
        item = next(
            one for one in made.section("unsolicited").lines if one.values["spent_by"]
        )
        assert (item.values["payer"], item.values["unpaid"]) == ("Petra Petty", "")


def test_what_goes_back_to_the_candidate_is_no_cash(campaign: Campaign) -> None:
    theirs, ours = (personal(campaign, "100.00") for _ in range(2))
    for expense, payer in ((theirs, BY_THEM), (ours, {})):
        invoice = bill(expense, "100.00")
        pay(invoice, "100.00", **payer)
        record_credit_note(
            invoice=invoice,
            number="C-1",
            amount=Decimal("30.00"),
            dated_on=date(2024, 4, 22),
            reason="A train was late",
            refunded_on=date(2024, 4, 22),
            by=clerk(campaign),
            at=NOW,
        )

    funds = funding_position(campaign, at=NOW)

    assert (funds.cash, funds.unpaid) == (Decimal("-70.00"), 0)
    assert funds.weeks[-1].bound == Decimal("70.00")


@pytest.mark.django_db(transaction=True)
def test_clerks_at_once_pay_no_more_than_the_sum(pcc: Campaign) -> None:
    invoices = [
        bill(personal(pcc, "2000.00"), "2000.00", f"T-{nth}") for nth in range(5)
    ]
    barrier = Barrier(len(invoices))

    def one(nth: int) -> type[Refusal] | None:
        barrier.wait()
        try:
            pay(invoices[nth], "2000.00", **BY_THEM)
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(invoices)) as pool:
        outcomes = list(pool.map(one, range(len(invoices))))

    assert outcomes.count(None) == 2
    assert outcomes.count(PayerRefused) == 3
