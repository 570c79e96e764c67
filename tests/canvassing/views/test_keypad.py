"""The keypad: a line typed is a contact filed, seen, and taken back with one press."""

from uuid import uuid4

import pytest
from django.test import Client

from campaigns.models import (
    Campaign,
    ControllerKind,
    Election,
    Elector,
    User,
    VotingSystem,
    Ward,
)
from canvassing.actions.standing import refresh_some
from canvassing.models import (
    Contact,
    DoNotContact,
    HeldItem,
    OpinionConsent,
    ViewsObjection,
)
from tests.canvassing.contact_helpers import differences, standing
from tests.cast import make_district, make_elector

ADDRESS = "/mayor-2024/electors/keypad/"


def line(ivy: Elector, **typed: object) -> dict[str, object]:
    return {
        "council": ivy.council_id,
        "district": "bn1",
        "number": "4",
        "code": "p1",
        "said_on": "2024-04-20",
        "uuid": uuid4(),
    } | typed


def test_a_line_is_filed_and_the_district_stays(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    answer = clerk.post(ADDRESS, line(ivy), follow=True)

    contact = Contact.objects.get()
    assert (contact.channel, contact.intention.code) == ("paper", "P1")
    assert standing(campaign, ivy).pledged
    assert 'value="bn1"' in answer.content.decode()
    assert "Ivy Marsh" in answer.content.decode()


def test_a_line_sent_twice_is_one_contact(ivy: Elector, clerk: Client) -> None:
    twice = line(ivy)

    clerk.post(ADDRESS, twice)
    clerk.post(ADDRESS, twice)

    assert Contact.objects.count() == 1


def test_undo_takes_a_line_back_once(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    clerk.post(ADDRESS, line(ivy))
    undo = f"{ADDRESS}undo/{Contact.objects.get().pk}/"

    first = clerk.post(undo, {"district": "bn1"}, follow=True)
    second = clerk.post(undo, follow=True)

    assert "Taken back: BN1-4" in first.content.decode()
    assert "taken back already" in second.content.decode()
    assert not standing(campaign, ivy).pledged
    assert differences(campaign) == 0


def test_a_second_preference_follows_a_stroke_where_it_is_asked(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    refused = clerk.post(ADDRESS, line(ivy, code="p1/b")).content.decode()
    Election.objects.update(voting_system=VotingSystem.SV)
    nobody = clerk.post(ADDRESS, line(ivy, code="p1/u")).content.decode()

    clerk.post(ADDRESS, line(ivy, code="p1/b"))

    assert "This election has no second preferences." in refused
    assert "names no candidate" in nobody
    assert standing(campaign, ivy).second_preference.name == "Hazel Thorne"


def test_a_code_may_have_a_stroke_of_its_own(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    campaign.intention_codes.filter(code="P1").update(code="P/1")

    clerk.post(ADDRESS, line(ivy, code="p/1"))

    assert standing(campaign, ivy).pledged


@pytest.mark.parametrize(
    ("code", "channel", "is_now", "outcome"),
    [
        ("-off", "", False, "refused"),
        ("p1-door", "door", False, "spoken"),
        ("ni-notnow", "door", True, "not_in"),
    ],
)
def test_what_they_ask_of_us_is_kept_once_a_line_and_read_back(
    campaign: Campaign,
    ivy: Elector,
    clerk: Client,
    code: str,
    channel: str,
    is_now: bool,
    outcome: str,
) -> None:
    sent = line(ivy, code=code)
    for _ in range(2):
        page = clerk.post(ADDRESS, sent, follow=True).content.decode()
        assert "they asked: " in page

    wish = DoNotContact.objects.get()
    assert (wish.elector, wish.channel) == (ivy, channel)
    assert wish.campaign == (campaign if is_now else None)
    assert f"{wish.said_at:%d %B}" == "20 April"
    assert wish.by_kind == "user"
    kinds = Contact.objects.values_list("outcome__kind", flat=True)
    assert set(kinds) == {outcome}
    assert standing(campaign, ivy).no_contact
    assert differences(campaign) == 0


def test_a_line_that_is_taken_back_takes_its_wishes_along(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    clerk.post(ADDRESS, line(ivy, code="-off-views"))
    asked = Contact.objects.get()
    clerk.post(ADDRESS, line(ivy, code="ni"))
    later = Contact.objects.latest("pk")

    clerk.post(f"{ADDRESS}undo/{later.pk}/")
    assert DoNotContact.objects.get().lifted_at is None
    assert ViewsObjection.objects.get().lifted_at is None
    clerk.post(f"{ADDRESS}undo/{asked.pk}/")

    assert DoNotContact.objects.get().lifted_at is not None
    assert ViewsObjection.objects.get().lifted_at is not None
    assert not standing(campaign, ivy).no_contact


@pytest.mark.parametrize("taken_back", [0, 1], ids=["first", "second"])
def test_what_two_lines_asked_stands_though_one_is_taken_back(
    taken_back: int, campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    for _ in range(2):
        clerk.post(ADDRESS, line(ivy, code="-off-views"))
    lines = Contact.objects.order_by("pk")

    clerk.post(f"{ADDRESS}undo/{lines[taken_back].pk}/")

    wish = DoNotContact.objects.get(lifted_at=None)
    objection = ViewsObjection.objects.get(lifted_at=None)
    assert wish.came_with == objection.came_with == lines[1 - taken_back].uuid
    assert standing(campaign, ivy).no_contact
    assert differences(campaign) == 0


@pytest.mark.parametrize(
    ("code", "channel", "is_now"),
    [
        ("-off-all", "", False),
        ("p1-door-all", "door", False),
        ("ni-notnow-all", "door", True),
    ],
)
def test_a_household_is_left_alone_by_one_line_once_until_it_is_taken_back(
    campaign: Campaign,
    ivy: Elector,
    clerk: Client,
    code: str,
    channel: str,
    is_now: bool,
) -> None:
    ben = make_elector(ivy.polling_district, address=ivy.address)
    refresh_some(organisation_id=ivy.organisation_id, electors=[ben.pk])
    sent = line(ivy, code=code)
    for _ in range(2):
        page = clerk.post(ADDRESS, sent, follow=True).content.decode()
        assert "of us" in page

    wish = DoNotContact.objects.get()
    assert (wish.scope, wish.address, wish.channel) == (
        "household",
        ivy.address,
        channel,
    )
    assert wish.campaign == (campaign if is_now else None)
    assert wish.present == [ivy.pk, ben.pk]
    assert standing(campaign, ben).household_no_contact
    clerk.post(f"{ADDRESS}undo/{Contact.objects.get().pk}/")
    assert not standing(campaign, ben).household_no_contact
    assert differences(campaign) == 0


def test_a_household_of_which_we_know_no_home_is_the_one_who_asked(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    Elector.objects.update(address=None)
    refresh_some(organisation_id=ivy.organisation_id, electors=[ivy.pk])

    clerk.post(ADDRESS, line(ivy, code="-off-all"))

    assert DoNotContact.objects.get().elector == ivy
    assert standing(campaign, ivy).no_contact


def test_a_wish_is_kept_though_the_answer_beside_it_lacks_consent(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    campaign.organisation.controller_kind = ControllerKind.CANDIDATE
    campaign.organisation.save()

    clerk.post(ADDRESS, line(ivy, code="p1-door"))

    assert HeldItem.objects.get().code == "consent_lacking"
    assert DoNotContact.objects.get().elector == ivy


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": "5"}, "Nobody on your list has this number"),
        ({"number": "four"}, "Nobody on your list has this number"),
        ({"code": "Q9"}, "no code &#x27;Q9&#x27;"),
        ({"code": "-Z"}, "no code &#x27;-Z&#x27;"),
        ({"code": "P1-VIEWS"}, "They want no views recorded"),
        ({"code": "-ALL"}, "-ALL goes with -OFF, -DOOR or -NOTNOW"),
        ({"said_on": "2099-01-01"}, "has not come yet"),
    ],
    ids=str,
)
def test_a_line_that_cannot_be_right_says_so_and_files_nothing(
    ivy: Elector, clerk: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = clerk.post(ADDRESS, line(ivy, **typed))

    assert sentence in answer.content.decode()
    assert not Contact.objects.exists()


def test_whose_number_it_is_shows_before_the_line_is_sent(
    ivy: Elector, clerk: Client
) -> None:
    where = {"council": ivy.council_id, "district": "bn1"}

    theirs = clerk.get(f"{ADDRESS}who/", where | {"number": "4"}).json()
    nobodys = clerk.get(f"{ADDRESS}who/", where | {"number": "9"}).json()

    assert theirs["who"].startswith("Ivy Marsh, ")
    assert nobodys["who"] == ""


def test_a_clerk_sees_nobody_beyond_their_wards(
    campaign: Campaign, ivy: Elector, clerk: Client, other_ward: Ward
) -> None:
    make_elector(make_district(campaign.organisation, other_ward, "PN1"), number=7)
    differences(campaign)

    where = {"council": ivy.council_id, "district": "PN1", "number": "7"}

    assert clerk.get(f"{ADDRESS}who/", where).json()["who"] == ""
    assert (
        "Nobody on your list"
        in clerk.post(ADDRESS, line(ivy, **where)).content.decode()
    )


def test_the_keypad_is_not_there_for_who_may_not_record(
    ivy: Elector, client: Client, agent: User, outsider: User
) -> None:
    for stranger in (agent, outsider):
        client.force_login(stranger)
        assert client.get(ADDRESS).status_code == 404


def test_who_is_no_party_types_up_views_with_the_consent_that_was_given(
    campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    assert "-AGREED" not in clerk.get(ADDRESS).content.decode()
    refused = clerk.post(ADDRESS, line(ivy, code="p1-agreed")).content.decode()
    assert "A party keeps answers without consent" in refused
    campaign.organisation.controller_kind = ControllerKind.CANDIDATE
    campaign.organisation.save()
    shown = clerk.get(ADDRESS).content.decode()
    assert "-AGREED" in shown
    assert "keeps a record of how I may vote" in shown

    clerk.post(ADDRESS, line(ivy))
    assert HeldItem.objects.get().code == "consent_lacking"
    clerk.post(ADDRESS, line(ivy, code="p1-agreed"))

    assert Contact.objects.get().intention.code == "P1"
    consent = OpinionConsent.objects.get()
    assert (consent.elector, consent.channel) == (ivy, "paper")
    assert consent.given_at.date().isoformat() == "2024-04-20"
    assert consent.text.startswith("I agree that")


@pytest.mark.parametrize("taken_back", [["first"], ["second"], ["first", "second"]])
def test_a_consent_stands_as_long_as_a_line_has_it(
    taken_back: list[str], campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    campaign.organisation.controller_kind = ControllerKind.CANDIDATE
    campaign.organisation.save()
    lines = {name: line(ivy, code="p1-agreed") for name in ("first", "second")}
    for typed in lines.values():
        clerk.post(ADDRESS, typed)

    for name in taken_back:
        contact = Contact.objects.get(uuid=lines[name]["uuid"])
        clerk.post(f"{ADDRESS}undo/{contact.pk}/")

    kept = OpinionConsent.objects.filter(withdrawn_at=None).count()
    views = Contact.objects.filter(intention__code="P1").count()
    assert kept == 2 - len(taken_back)
    assert views == (2 if kept else 0)
    assert standing(campaign, ivy).pledged == bool(kept)
    assert differences(campaign) == 0
    clerk.post(ADDRESS, line(ivy))
    assert HeldItem.objects.filter(code="consent_lacking").exists() == (not kept)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("-agreed-views", "They want no views recorded"),
        ("ni-agreed", "nobody was spoken to"),
    ],
)
def test_a_consent_that_nobody_can_have_given_is_refused(
    code: str, sentence: str, campaign: Campaign, ivy: Elector, clerk: Client
) -> None:
    campaign.organisation.controller_kind = ControllerKind.CANDIDATE
    campaign.organisation.save()

    assert sentence in clerk.post(ADDRESS, line(ivy, code=code)).content.decode()
    assert not OpinionConsent.objects.exists()


def test_a_party_whose_code_is_a_letter_takes_nobody_off_the_list(
    ivy: Elector, clerk: Client
) -> None:
    answer = clerk.post(ADDRESS, line(ivy, code="-L")).content.decode()

    assert "There is no code &#x27;-L&#x27;. What they ask of us is -OFF" in answer
    assert not DoNotContact.objects.exists()
