"""The cast: the same few invented people, wards and campaigns in every test.

Fixtures give the small region; the `make_*` functions add to it. Everything here is
written directly to the tables, so that a test of one action needs no other.
"""

import itertools
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from campaigns.access import Actor, actor_of_user
from campaigns.models import (
    Address,
    Campaign,
    Candidate,
    Council,
    Election,
    Elector,
    Membership,
    Organisation,
    PollingDistrict,
    RegisterEdition,
    RegisterEntry,
    User,
    VotingSystem,
    Ward,
)
from campaigns.roles import Role

UK = ZoneInfo("Europe/London")
# Nine days before the poll: the day on which most tests stand.
NOW = datetime(2024, 4, 23, 10, 0, tzinfo=UK)
POLL_ON = date(2024, 5, 2)

IMPRINT = {
    "imprint_promoter": "Agnes Agent, 1 Mill Street, Walsall",
    "imprint_on_behalf_of": "Rowan Ash, 1 Mill Street, Walsall",
    "imprint_printer": "Press Row Ltd, 2 Press Row, Walsall",
}

ON_THE_LEAFLET = (
    "Printed by Press Row Ltd, 2 Press Row, Walsall. Promoted by Agnes Agent on behalf "
    "of Rowan Ash, both of 1 Mill Street, Walsall."
)

_counter = itertools.count(1)


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Alder Party", slug="alder")


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    return Organisation.objects.create(name="Birch Party", slug="birch")


@pytest.fixture
def council(db: None) -> Council:
    return Council.objects.create(gss="E08000031", name="Wolverhampton")


@pytest.fixture
def other_council(db: None) -> Council:
    return Council.objects.create(gss="E08000030", name="Walsall")


@pytest.fixture
def ward(council: Council) -> Ward:
    return Ward.objects.create(gss="E05014001", name="Bilston North", council=council)


@pytest.fixture
def other_ward(council: Council) -> Ward:
    return Ward.objects.create(gss="E05014002", name="Penn", council=council)


@pytest.fixture
def election(db: None) -> Election:
    return Election.objects.create(
        slug="mayor.west-midlands.2024-05-02",
        kind="cam_mayor",
        name="West Midlands Mayor",
        poll_on=POLL_ON,
        voting_system=VotingSystem.FPTP,
    )


def make_campaign(
    organisation: Organisation, election: Election, *wards: Ward, **fields: Any
) -> Campaign:
    fields.setdefault("slug", f"campaign-{next(_counter)}")
    fields.setdefault("name", election.name)
    for part, text in IMPRINT.items():
        fields.setdefault(part, text)
    campaign = Campaign.objects.create(
        organisation=organisation, election=election, **fields
    )
    campaign.wards.set(wards)
    campaign.councils.set({ward.council for ward in wards})
    return campaign


@pytest.fixture
def campaign(
    organisation: Organisation, election: Election, ward: Ward, other_ward: Ward
) -> Campaign:
    campaign = make_campaign(
        organisation, election, ward, other_ward, slug="mayor-2024"
    )
    Candidate.objects.create(
        organisation=organisation,
        campaign=campaign,
        name="Rowan Ash",
        party="Alder Party",
        is_ours=True,
    )
    Candidate.objects.create(
        organisation=organisation,
        campaign=campaign,
        name="Hazel Thorne",
        party="Birch Party",
        position=1,
    )
    return campaign


@pytest.fixture
def other_campaign(organisation: Organisation, ward: Ward) -> Campaign:
    """The same organisation's second fight, over one of the same wards."""
    election = Election.objects.create(
        slug="local.wolverhampton.bilston-north.by.2024-05-02",
        kind="local",
        name="Bilston North by-election",
        poll_on=POLL_ON,
        voting_system=VotingSystem.FPTP,
    )
    return make_campaign(organisation, election, ward, slug="bilston-by")


@pytest.fixture
def foreign_campaign(
    other_organisation: Organisation, election: Election, ward: Ward
) -> Campaign:
    """Another organisation's campaign in the same election."""
    return make_campaign(other_organisation, election, ward, slug="birch-mayor")


def make_user(name: str) -> User:
    slug = name.lower().replace(" ", ".")
    return User.objects.create_user(f"{slug}@example.org", "a long password", name=name)


def give_role(user: User, role: Role, campaign: Campaign, *wards: Ward) -> Membership:
    membership = Membership.objects.create(
        user=user,
        organisation=campaign.organisation,
        campaign=campaign,
        role=role,
        from_at=NOW - timedelta(days=365),
    )
    membership.wards.set(wards)
    return membership


def member(name: str, role: Role, campaign: Campaign, *wards: Ward) -> User:
    user = make_user(name)
    give_role(user, role, campaign, *wards)
    return user


def actor(user: User) -> Actor:
    return actor_of_user(user, at=NOW)


@pytest.fixture
def organiser(campaign: Campaign) -> User:
    return member("Olive Organiser", Role.ORGANISER, campaign)


@pytest.fixture
def agent(campaign: Campaign) -> User:
    return member("Agnes Agent", Role.AGENT, campaign)


@pytest.fixture
def data_officer(campaign: Campaign) -> User:
    return member("Dara Officer", Role.DATA_OFFICER, campaign)


@pytest.fixture
def ward_lead(campaign: Campaign, ward: Ward) -> User:
    return member("Wade Lead", Role.WARD_LEAD, campaign, ward)


@pytest.fixture
def canvasser(campaign: Campaign) -> User:
    return member("Cass Canvasser", Role.CANVASSER, campaign)


@pytest.fixture
def data_clerk(campaign: Campaign, ward: Ward) -> User:
    return member("Clem Clerk", Role.DATA_CLERK, campaign, ward)


@pytest.fixture
def outsider(foreign_campaign: Campaign) -> User:
    """An organiser of another organisation."""
    return member("Otto Outsider", Role.ORGANISER, foreign_campaign)


def make_edition(organisation: Organisation, council: Council) -> RegisterEdition:
    return RegisterEdition.objects.create(
        organisation=organisation,
        council=council,
        kind="full",
        published_on=date(2023, 12, 1),
        layout="xpress-full",
        file_name="register.csv",
        file_sha256=f"{next(_counter):064x}",
        loaded_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )


def make_district(
    organisation: Organisation, ward: Ward, code: str = "BN1"
) -> PollingDistrict:
    return PollingDistrict.objects.get_or_create(
        organisation=organisation,
        council=ward.council,
        code=code,
        until_edition=None,
        defaults={"ward": ward, "ward_source": "hand"},
    )[0]


def make_address(district: PollingDistrict, **fields: Any) -> Address:
    n = next(_counter)
    street = fields.setdefault("street", "Quarry Lane")
    number = fields.setdefault("number", str(n))
    flat = fields.setdefault("flat", "")
    postcode = fields.setdefault("postcode", "ZA1 1AA")
    fields.setdefault("key", f"{postcode}|{street}|{number}|{flat}".upper())
    fields.setdefault("building_key", f"{postcode}|{street}|{number}".upper())
    printed = f"{number} {street}"
    fields.setdefault("printed", f"Flat {flat}, {printed}" if flat else printed)
    fields.setdefault("walk_position", n)
    return Address.objects.create(
        organisation_id=district.organisation_id,
        council_id=district.council_id,
        polling_district=district,
        **fields,
    )


def make_elector(
    district: PollingDistrict,
    *,
    address: Address | None = None,
    forename: str = "Ivy",
    surname: str = "Marsh",
    number: int | None = None,
    edition: RegisterEdition | None = None,
    **fields: Any,
) -> Elector:
    """An elector with an open register entry; no standing (the actions make it)."""
    number = number or next(_counter)
    elector = Elector.objects.create(
        organisation_id=district.organisation_id,
        council_id=district.council_id,
        polling_district=district,
        address=address or make_address(district),
        elector_number=f"{district.code}-{number}",
        forename=forename,
        surname=surname,
        name_key=f"{surname} {forename}".upper(),
        **fields,
    )
    edition = edition or make_edition(district.organisation, district.council)
    RegisterEntry.objects.create(
        organisation_id=district.organisation_id,
        council_id=district.council_id,
        elector=elector,
        from_edition=edition,
        polling_district=district,
        address_id=elector.address_id,
        prefix=district.code,
        number=str(number),
        surname=surname,
        forename=forename,
        markers=elector.markers,
        attains_on=elector.attains_on,
    )
    return elector
