"""Bills, personal payments and what others may spend, with docs/rules/payments.md."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.rules.early_payments import early_caution, is_before_the_agent
from campaigns.rules.figures import SINCE_WHEN_NOT_READ
from campaigns.rules.payments import (
    PayerRefused,
    SumRefused,
    bill_figure,
    candidate_may_pay,
    candidates_sum_caution,
    is_donation_by_payer,
    needs_bill,
    permitted_for_others,
    refuse_payer,
)

APPOINTED_ON = date(2024, 4, 2)


@pytest.mark.parametrize(
    ("kind", "amount", "needed"),
    [
        ("cam_mayor", "19.99", False),
        ("cam_mayor", "20.00", True),
        ("parish", "9.99", False),
        ("parish", "10.00", True),
    ],
)
def test_a_payment_of_20_pounds_needs_a_bill_and_of_10_in_parishes(
    kind, amount, needed
):
    assert needs_bill(Decimal(amount), kind=kind) is needed


def test_what_a_candidate_may_pay_is_given_only_where_it_was_read():
    assert candidate_may_pay("parl") == 600
    assert candidate_may_pay("pcc") == 5000
    assert candidate_may_pay("cam_mayor") is None


@pytest.mark.parametrize(
    ("amount", "is_reimbursed", "is_donation"),
    [("50.00", False, False), ("50.01", False, True), ("500.00", True, False)],
)
def test_a_bill_paid_by_another_over_50_pounds_is_a_donation(
    amount, is_reimbursed, is_donation
):
    found = is_donation_by_payer(Decimal(amount), is_reimbursed=is_reimbursed)

    assert found is is_donation


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("50.00", "it is no donation, for it is not over £50.00"),
        ("50.01", "Pay back the £50.01, or enter it as a donation: it is over £50.00."),
    ],
)
def test_whoever_paid_what_the_agent_pays_hears_whether_it_is_a_donation(amount, said):
    with pytest.raises(PayerRefused, match=said):
        refuse_payer(
            "candidate",
            Decimal(amount),
            poll="parl",
            is_personal=False,
            paid_on=APPOINTED_ON,
            agent_from=APPOINTED_ON,
            paid_before=Decimal(0),
        )


@pytest.mark.parametrize(
    ("paid_on", "appointed_on", "is_before"),
    [
        (date(2024, 4, 1), APPOINTED_ON, True),
        (APPOINTED_ON, APPOINTED_ON, False),
        (date(2024, 4, 1), None, False),
    ],
)
def test_the_candidate_pays_until_the_day_before_the_agents_appointment(
    paid_on, appointed_on, is_before
):
    assert is_before_the_agent(paid_on, appointed_on) is is_before


@pytest.mark.parametrize("kind", ["parl", "pcc", "cam_mayor", "local"])
def test_before_the_agent_a_candidate_pays_any_sum_for_anything(kind):
    refuse_payer(
        "candidate",
        Decimal("9000.00"),
        poll=kind,
        is_personal=False,
        paid_on=date(2024, 4, 1),
        agent_from=APPOINTED_ON,
        paid_before=Decimal("9000.00"),
    )


@pytest.mark.parametrize(
    ("appointed_on", "code", "said"),
    [
        (
            APPOINTED_ON,
            "agent_pays",
            "From 2 April 2024 on, the day of",
        ),
        (None, "no_appointment", "enter the day of the appointment"),
    ],
)
def test_from_the_appointment_on_the_agent_pays_and_it_is_said_since_when(
    appointed_on, code, said
):
    with pytest.raises(PayerRefused, match=said) as refused:
        refuse_payer(
            "candidate",
            Decimal(100),
            poll="local",
            is_personal=False,
            paid_on=date(2024, 4, 2),
            agent_from=appointed_on,
            paid_before=Decimal(0),
        )

    assert refused.value.code == code


def pays(payer, paid_on, appointed_on=APPOINTED_ON):
    refuse_payer(
        payer,
        Decimal(10),
        poll="local",
        is_personal=False,
        paid_on=paid_on,
        agent_from=appointed_on,
        paid_before=Decimal(0),
        cap=None if payer == "agent" else Decimal(100),
    )


@pytest.mark.parametrize(
    ("payer", "said"),
    [
        ("agent", "The agent was appointed on 2 April 2024 .* the candidate paid"),
        ("petty", "Before 2 April 2024, .* no agent could authorise"),
        ("campaigner", "Before 2 April 2024, .* no agent could authorise"),
    ],
)
def test_nobody_but_the_candidate_pays_before_the_agent_is_appointed(payer, said):
    with pytest.raises(PayerRefused, match=said) as refused:
        pays(payer, date(2024, 4, 1))
    pays(payer, APPOINTED_ON)
    pays(payer, date(2024, 4, 1), appointed_on=None)

    assert refused.value.code == "no_agent_yet"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("pcc", SINCE_WHEN_NOT_READ),
        ("mayor_london", SINCE_WHEN_NOT_READ),
        ("cam_mayor", "For this kind of poll it was not read"),
        ("local", "For this kind of poll it was not read"),
    ],
)
def test_what_is_not_sure_of_payments_before_the_agent_is_said_for_each_kind(
    kind, said
):
    assert said in early_caution(kind, poll_on=date(2024, 5, 2))


def permitted(kind, **asked):
    return permitted_for_others(kind, poll_on=date(2024, 5, 2), **asked).amount


def test_others_may_spend_a_small_sum_without_authority():
    assert permitted("parl") == 700
    assert permitted("local", electors=7_500) == Decimal("87.50")
    assert permitted("local", electors=7_501) == Decimal("87.50")
    with pytest.raises(SumRefused):
        permitted("cam_mayor", electors=2_000_000)


@pytest.mark.parametrize(
    ("kind", "also"), [("parl", "Earlier it was £500.00"), ("local", ""), ("pcc", "")]
)
def test_from_which_day_others_sums_hold_was_not_read_and_is_said(kind, also):
    found = permitted_for_others(
        kind, poll_on=date(2015, 5, 7), electors=7_500, area="West Midlands"
    )

    assert SINCE_WHEN_NOT_READ in found.caution
    assert also in found.caution


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("parl", "A candidate may pay £600.00 personally. From which day"),
        ("pcc", "A candidate may pay £5,000.00 personally. From which day"),
        ("senedd", "A candidate may pay £900.00 personally. From which day"),
        ("cam_mayor", "was not read for this kind of poll"),
    ],
)
def test_what_is_not_sure_of_a_candidates_sum_is_said_for_each_kind(kind, said):
    assert said in candidates_sum_caution(kind, poll_on=date(2024, 5, 2))


def test_the_bill_figure_is_sure_from_the_day_of_the_page_it_was_read_in():
    assert not bill_figure("cam_mayor").caution_on(date(2024, 5, 2))
    assert "read as of 12 April 2024" in bill_figure("cam_mayor").caution_on(
        date(2017, 5, 4)
    )
    assert bill_figure("parish").caution_on(date(2024, 5, 2)) == SINCE_WHEN_NOT_READ


@pytest.mark.parametrize("area", ["West Midlands", "west-midlands"])
def test_in_a_police_area_others_may_spend_the_sum_of_its_row(area: str) -> None:
    assert permitted("pcc", area=area) == Decimal("10080.00")


@pytest.mark.parametrize("area", ["cheshire", ""])
def test_a_police_area_whose_row_was_not_read_has_no_sum(area: str) -> None:
    with pytest.raises(SumRefused):
        permitted("pcc", electors=800_000, area=area)


@pytest.mark.parametrize(
    ("payer", "personal", "before", "cap", "allowed"),
    [
        ("agent", False, "0", None, True),
        ("candidate", True, "500.00", None, True),
        ("candidate", True, "500.01", None, False),
        ("candidate", False, "0", None, False),
        ("petty", False, "0", None, False),
        ("petty", False, "150.00", "250.00", True),
        ("petty", False, "150.01", "250.00", False),
        ("campaigner", False, "0", None, False),
        ("campaigner", False, "150.00", "250.00", True),
        ("campaigner", False, "150.01", "250.00", False),
    ],
)
def test_only_the_agent_pays_save_what_others_may_by_law_or_paper(
    payer, personal, before, cap, allowed
):
    """£100.00 for the UK Parliament, where a candidate may pay £600."""

    def ask():
        refuse_payer(
            payer,
            Decimal(100),
            poll="parl",
            is_personal=personal,
            paid_on=APPOINTED_ON,
            agent_from=APPOINTED_ON,
            paid_before=Decimal(before),
            cap=Decimal(cap) if cap else None,
        )

    if allowed:
        ask()
    else:
        with pytest.raises(PayerRefused):
            ask()
