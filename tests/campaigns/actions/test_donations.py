"""Donations: recorded, accepted with a check, or returned."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from campaigns.actions.donations import (
    DonationRefused,
    accept_donation,
    receive_donation,
    record_donation,
    return_donation,
    void_donation,
)
from campaigns.actions.donor_evidence import record_evidence
from campaigns.models import AuditEntry, Campaign, Donation
from campaigns.reports.donation_position import (
    donation_position,
    donations_to_decide,
)
from tests.campaigns.purchases import clerk
from tests.cast import NOW

pytestmark = pytest.mark.django_db
CAME = date(2024, 4, 2)


def give(campaign: Campaign, amount: str = "250.00", **fields: Any) -> Donation:
    fields.setdefault("donor", "Dorothy Penhallow")
    fields.setdefault("donor_kind", "individual")
    fields.setdefault("donor_address", "14 Fallowshaw Road, QX1 1AB")
    fields.setdefault("received_on", CAME)
    return record_donation(
        campaign=campaign,
        amount=Decimal(amount),
        by=clerk(campaign),
        at=NOW,
        **fields,
    )


ENTRY = {
    "register_entry": "AB1 123, Quexley",
    "register_on_the_day": "The register of March with its update of April",
}


def look(donation: Donation, **found: str) -> Donation:
    return record_evidence(
        donation,
        found=found,
        looked_on=date(2024, 4, 3),
        by=clerk(donation.campaign),
        at=NOW,
    )


def accept(donation: Donation) -> Donation:
    return accept_donation(
        donation,
        accepted_on=date(2024, 4, 3),
        by=clerk(donation.campaign),
        at=NOW,
    )


def test_over_fifty_pounds_needs_all_the_evidence_and_the_address(
    campaign: Campaign,
) -> None:
    begun = look(give(campaign, "50.01"), register_entry="AB1 123, Quexley")
    with pytest.raises(DonationRefused) as unchecked:
        accept(begun)
    with pytest.raises(DonationRefused) as homeless:
        accept(look(give(campaign, "50.01", donor_address=""), **ENTRY))
    fifty = accept(give(campaign, "50.00", donor_address=""))
    checked = accept(look(give(campaign, "50.01"), **ENTRY))

    assert unchecked.value.code == "not_checked"
    assert "On the register on the day" in unchecked.value.message
    assert "Elector number" not in unchecked.value.message
    assert homeless.value.code == "no_address"
    assert fifty.accepted_on == checked.accepted_on == date(2024, 4, 3)
    assert AuditEntry.objects.filter(verb="donation.accepted").count() == 2
    assert AuditEntry.objects.filter(verb="donation.checked").count() == 3


def test_what_was_found_is_corrected_until_the_donation_is_decided_on(
    campaign: Campaign,
) -> None:
    donation = look(give(campaign), **ENTRY)
    look(donation, register_entry="AB1 124, Quexley", register_on_the_day=" ")
    accept(donation)

    with pytest.raises(DonationRefused) as decided:
        look(donation, register_entry="AB1 125, Quexley")

    found = dict(donation.evidence.values_list("code", "found"))
    assert found == {**ENTRY, "register_entry": "AB1 124, Quexley"}
    assert decided.value.code == "already_accepted"


@pytest.mark.parametrize(
    ("code", "found", "looked_on"),
    [
        ("no_evidence", {"register_entry": " "}, CAME),
        ("unknown_evidence", {"company_number": "00000000"}, CAME),
        ("too_long", {"register_entry": "A" * 301}, CAME),
        ("not_looked", {"register_entry": "AB1 123"}, date(9999, 12, 31)),
    ],
)
def test_evidence_that_says_nothing_of_the_donor_is_refused(
    campaign: Campaign, code: str, found: dict[str, str], looked_on: date
) -> None:
    donation = give(campaign)

    with pytest.raises(DonationRefused) as refused:
        record_evidence(
            donation, found=found, looked_on=looked_on, by=clerk(campaign), at=NOW
        )

    assert refused.value.code == code
    assert not donation.evidence.exists()


@pytest.mark.parametrize("kind", ["anonymous", "other"])
def test_who_may_not_give_over_fifty_pounds_gets_it_back(
    campaign: Campaign, kind: str
) -> None:
    donation = give(campaign, donor_kind=kind)

    with pytest.raises(DonationRefused) as refused:
        accept(donation)
    returned = return_donation(
        donation,
        returned_on=date(2024, 4, 10),
        returned_how="By the bank, to the account it came from",
        by=clerk(campaign),
        at=NOW,
    )

    assert refused.value.code == "not_permissible"
    assert returned.returned_on == date(2024, 4, 10)
    with pytest.raises(DonationRefused):
        accept(donation)


def give_back(donation: Donation, on: date, at: datetime = NOW) -> Donation:
    return return_donation(
        donation,
        returned_on=on,
        returned_how="By the bank",
        by=clerk(donation.campaign),
        at=at,
    )


def test_what_was_wrongly_accepted_goes_back_within_its_days(
    campaign: Campaign,
) -> None:
    given = accept(look(give(campaign), **ENTRY))

    back = give_back(given, date(2024, 4, 23))

    assert (back.accepted_on, back.returned_on) == (None, date(2024, 4, 23))
    entry = AuditEntry.objects.get(verb="donation.returned")
    assert entry.data["accepted_on"] == "2024-04-03"
    position = donation_position(campaign, at=NOW)
    assert (position.accepted, position.returned) == (0, Decimal("250.00"))
    with pytest.raises(DonationRefused) as twice:
        give_back(given, date(2024, 4, 23))
    assert twice.value.code == "already_returned"


def test_after_its_days_what_is_paid_back_stays_accepted_however_it_was(
    campaign: Campaign,
) -> None:
    later = NOW + timedelta(days=20)
    clicked = accept(look(give(campaign, "100.00"), **ENTRY))
    in_time = accept(look(give(campaign, "10.00"), **ENTRY))
    lapsed, never = give(campaign, "2500.00"), give(campaign, donor_kind="other")

    give_back(in_time, date(2024, 5, 2), at=later)
    for donation in (clicked, lapsed, never):
        give_back(donation, date(2024, 5, 3), at=later)

    for donation in (clicked, lapsed, never, in_time):
        donation.refresh_from_db()
    assert (clicked.accepted_on, in_time.accepted_on) == (date(2024, 4, 3), None)
    assert clicked.kept_since == date(2024, 4, 3)
    assert lapsed.kept_since == date(2024, 5, 3)
    assert in_time.kept_since is never.kept_since is None
    position = donation_position(campaign, at=later)
    assert position.accepted == position.paid_back == Decimal("2600.00")
    assert position.returned == Decimal("260.00")
    assert position.undecided == position.overdue == 0


def test_the_database_knows_too_when_an_acceptance_is_taken_back(
    campaign: Campaign,
) -> None:
    given = accept(look(give(campaign), **ENTRY))

    with pytest.raises(IntegrityError), transaction.atomic():
        Donation.objects.filter(pk=given.pk).update(returned_on=date(2024, 5, 2))
    Donation.objects.filter(pk=given.pk).update(returned_on=date(2024, 5, 3))


def test_what_is_only_promised_is_not_accepted_until_it_has_come(
    campaign: Campaign,
) -> None:
    promised = look(give(campaign, received_on=None), **ENTRY)
    with pytest.raises(DonationRefused) as refused:
        accept(promised)

    come = receive_donation(promised, received_on=CAME, by=clerk(campaign), at=NOW)
    with pytest.raises(DonationRefused) as twice:
        receive_donation(promised, received_on=CAME, by=clerk(campaign), at=NOW)

    assert refused.value.code == "not_received"
    assert come.received_on == CAME
    assert twice.value.code == "already_received"
    assert accept(promised).accepted_on == date(2024, 4, 3)


def test_nothing_is_decided_on_a_day_to_come(campaign: Campaign) -> None:
    donation, later = give(campaign, "20.00"), NOW.date() + timedelta(days=1)

    with pytest.raises(DonationRefused) as accepted:
        accept_donation(donation, accepted_on=later, by=clerk(campaign), at=NOW)
    with pytest.raises(DonationRefused) as returned:
        return_donation(
            donation,
            returned_on=later,
            returned_how="By hand",
            by=clerk(campaign),
            at=NOW,
        )

    assert accepted.value.code == returned.value.code == "day_to_come"


def test_a_standing_says_the_days_left_and_what_is_missing(campaign: Campaign) -> None:
    look(give(campaign), register_entry="AB1 123, Quexley")
    give(campaign, donor_kind="anonymous", received_on=NOW.date() - timedelta(days=31))
    accept(give(campaign, "20.00"))
    give(campaign, received_on=None)

    overdue, waiting = donations_to_decide(campaign, on=NOW.date())

    assert (waiting.days_left, waiting.days_over) == (9, 0)
    assert [asked.code for asked in waiting.missing] == ["register_on_the_day"]
    assert not waiting.must_return
    assert (overdue.days_left, overdue.days_over) == (-1, 1)
    assert overdue.must_return


@pytest.mark.parametrize(
    ("code", "amount", "fields"),
    [
        ("no_donor", "10.00", {"donor": " "}),
        ("unknown_kind", "10.00", {"donor_kind": "aunt"}),
        ("bad_amount", "0.00", {}),
        ("bad_amount", "0.001", {}),
        ("not_received", "10.00", {"received_on": date(9999, 12, 31)}),
    ],
)
def test_an_unclear_donation_is_refused(
    campaign: Campaign, code: str, amount: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(DonationRefused) as refused:
        give(campaign, amount, **fields)

    assert refused.value.code == code
    assert not Donation.objects.exists()


def test_the_position_tells_kept_undecided_promised_returned_and_overdue(
    campaign: Campaign, other_campaign: Campaign
) -> None:
    accept(look(give(campaign, "100.00"), **ENTRY))
    accept(give(campaign, "40.00", in_kind="The loan of a van"))
    give(campaign, "20.00")
    give(campaign, "7.00", received_on=NOW.date() - timedelta(days=31))
    give(campaign, "30.00", received_on=None)
    wrong = give(campaign, "999.00")
    void_donation(wrong, reason="Typed twice", by=clerk(campaign), at=NOW)
    accept(look(give(other_campaign, "500.00"), **ENTRY))

    position = donation_position(campaign, at=NOW)

    assert position.accepted == Decimal("147.00")
    assert position.in_kind == Decimal("40.00")
    assert position.in_money == Decimal("107.00")
    assert position.undecided == Decimal("20.00")
    assert position.promised == Decimal("30.00")
    assert position.overdue == 1
