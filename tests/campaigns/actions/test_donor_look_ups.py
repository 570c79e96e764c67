"""Is a donor on our register? Yes with a number, or no; and every look-up is kept."""

from decimal import Decimal
from typing import Any

import pytest

from campaigns.access import Actor
from campaigns.actions.donations import (
    DonationRefused,
    record_donation,
    return_donation,
)
from campaigns.actions.donor_look_ups import MOST_AN_HOUR, LookUp, look_up_donor
from campaigns.models import (
    Address,
    AuditEntry,
    Campaign,
    Donation,
    Elector,
    User,
    Ward,
)
from campaigns.roles import Role
from tests.campaigns.purchases import clerk
from tests.cast import NOW, actor, make_address, make_district, make_elector, member

POSTCODE = "ZA1 1AB"


@pytest.fixture
def treasurer(campaign: Campaign) -> Actor:
    return actor(member("Trudy Treasurer", Role.TREASURER, campaign))


@pytest.fixture
def dora(campaign: Campaign, ward: Ward) -> Elector:
    district = make_district(campaign.organisation, ward)
    address = make_address(district)
    Address.objects.filter(pk=address.pk).update(postcode=POSTCODE)
    return make_elector(
        district, address=address, forename="Dora Mary", surname="Donor"
    )


def give(campaign: Campaign, **changed: Any) -> Donation:
    told = {"donor_kind": "individual", "amount": Decimal("500.00"), **changed}
    return record_donation(
        campaign=campaign,
        donor="Dora Donor",
        received_on=NOW.date(),
        by=clerk(campaign),
        at=NOW,
        **told,
    )


def look(donation: Donation, by: Actor, **changed: str) -> LookUp:
    asked = {
        "forename": "Dora",
        "surname": "Donor",
        "postcode": "za11ab",
        "reason": "To check a donor",
        **changed,
    }
    return look_up_donor(donation, by=by, at=NOW, **asked)


def test_the_answer_is_the_number_and_the_council_and_is_audited_without_the_name(
    campaign: Campaign, treasurer: Actor, dora: Elector
) -> None:
    found = look(give(campaign), treasurer)

    assert found.entries == (f"{dora.elector_number}, Wolverhampton",)
    assert "Wolverhampton" in found.registers[0]
    entry = AuditEntry.objects.get(verb="donor.looked_up")
    assert (entry.by_label, entry.data["found"]) == ("Trudy Treasurer", 1)
    assert entry.data["reason"] == "To check a donor"
    assert "Donor" not in str(entry.data).replace("a donor", "")
    assert "Dora" not in str(entry.data)


@pytest.mark.parametrize(
    ("changed", "is_found"),
    [
        ({}, True),
        ({"forename": "dora mary"}, True),
        ({"surname": "DONOR"}, True),
        ({"forename": "Dor"}, False),
        ({"forename": "Dora M"}, False),
        ({"forename": "Mary"}, False),
        ({"surname": "Don"}, False),
        ({"surname": "Donors"}, False),
        ({"postcode": "ZA1 1AD"}, False),
    ],
)
def test_only_the_whole_name_and_postcode_find_somebody(
    campaign: Campaign,
    treasurer: Actor,
    dora: Elector,
    changed: dict[str, str],
    is_found: bool,
) -> None:
    assert look(give(campaign), treasurer, **changed).is_found is is_found


@pytest.mark.parametrize(
    "gone",
    [
        {"on_register": False},
        {"hidden_at": NOW},
        {"is_anonymous": True},
        {"merged_into": 1},
    ],
    ids=["left", "hidden", "anonymous", "merged"],
)
def test_whoever_is_not_on_the_register_to_be_seen_is_not_found(
    campaign: Campaign, treasurer: Actor, dora: Elector, gone: dict[str, Any]
) -> None:
    Elector.objects.filter(pk=dora.pk).update(**gone)

    assert not look(give(campaign), treasurer).is_found
    assert AuditEntry.objects.get(verb="donor.looked_up").data["found"] == 0


def test_the_register_of_another_organisation_is_never_looked_at(
    foreign_campaign: Campaign, dora: Elector
) -> None:
    theirs = give(foreign_campaign)

    assert not look(theirs, clerk(foreign_campaign)).is_found


@pytest.mark.parametrize(
    ("given", "asked", "message"),
    [
        ({"amount": Decimal("50.00")}, {}, "only for an individual who gave more"),
        ({"donor_kind": "company"}, {}, "only for an individual who gave more"),
        ({}, {"forename": " "}, "Give forename, surname and the whole postcode"),
        ({}, {"surname": "%"}, "Give forename, surname and the whole postcode"),
        ({}, {"postcode": "ZA1"}, "Give forename, surname and the whole postcode"),
        ({}, {"reason": "  "}, "Say why"),
        ({}, {"reason": "x" * 301}, "Say why"),
    ],
)
def test_what_is_not_needed_or_not_exact_is_refused_and_finds_nobody(
    campaign: Campaign,
    treasurer: Actor,
    dora: Elector,
    given: dict[str, Any],
    asked: dict[str, str],
    message: str,
) -> None:
    with pytest.raises(DonationRefused, match=message):
        look(give(campaign, **given), treasurer, **asked)

    assert not AuditEntry.objects.filter(verb="donor.looked_up").exists()


def test_a_donation_that_is_decided_on_is_no_reason_any_more(
    campaign: Campaign, treasurer: Actor, dora: Elector
) -> None:
    donation = return_donation(
        give(campaign),
        returned_on=NOW.date(),
        returned_how="by bank",
        by=treasurer,
        at=NOW,
    )

    with pytest.raises(DonationRefused, match="returned before"):
        look(donation, treasurer)


def test_a_candidate_and_a_ward_lead_look_nobody_up(
    campaign: Campaign, ward_lead: User, dora: Elector
) -> None:
    candidate = member("Rowan Ash", Role.CANDIDATE, campaign)

    for user in (candidate, ward_lead):
        with pytest.raises(DonationRefused, match="Only whoever keeps the donations"):
            look(give(campaign), actor(user))


def test_one_person_asks_so_often_in_an_hour_and_no_more(
    campaign: Campaign, treasurer: Actor, dora: Elector
) -> None:
    donation = give(campaign)
    for _ in range(MOST_AN_HOUR):
        look(donation, treasurer)

    with pytest.raises(DonationRefused, match="20 donors were looked up within"):
        look(donation, treasurer)

    assert look(donation, clerk(campaign)).is_found
