"""A phone with a round: what it is told, what it sends, and what becomes of that."""

import json
from datetime import timedelta
from typing import Any

import pytest

from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from canvassing.models import (
    BuildingNote,
    Contact,
    FieldPhone,
    HeldItem,
    RoundIssue,
    RoundKnocker,
)
from tests.canvassing.contact_helpers import standing
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.cast import NOW
from tests.house.test_access import signed_in
from volunteers.models import Volunteer


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    stand_at_now(organisation)


@pytest.fixture
def street(campaign: Campaign, ward: Ward, on_the_day: None) -> Street:
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def phone(street: Street) -> Phone:
    phone = Phone()
    phone.join(issue(street.round))
    return phone


def answers(verdicts: list[Any]) -> list[str]:
    return [verdict["answer"] for verdict in verdicts]


def test_a_phone_has_the_doors_of_its_round_in_walking_order(
    phone: Phone, street: Street
) -> None:
    answer = phone.get("round").json()

    assert [door["address"] for door in answer["doors"]] == [
        address.pk for address in street.addresses
    ]
    assert answer["doors"][0]["electors"][0]["name"] == "Ivy Marsh"
    assert answer["you"]["name"] == "Ada Finch"


def test_what_was_recorded_is_filed_once(
    phone: Phone, street: Street, campaign: Campaign
) -> None:
    items = [contact(elector) for elector in street.electors]

    first, again = phone.send(*items), phone.send(*items)

    assert answers(first) == ["filed"] * 3
    assert answers(again) == ["already_filed"] * 3
    assert Contact.objects.count() == 3


def test_every_kind_is_filed_in_one_batch(
    phone: Phone, street: Street, campaign: Campaign
) -> None:
    first, second, third = street.electors
    joined = item(
        "knocker", name="Bo Lane", mobile="07700 900456", promised=True, is_18=True
    )
    items = [
        contact(first, "spoken", intention="P1", spoke=joined["id"]),
        joined,
        item("wish", elector=second.pk, scope="person", channel="door", until=""),
        item("wish", address=third.address_id, scope="household", channel="", until=""),
        item("building_note", address=first.address_id, text="buzz 12"),
        item("sent_to", knocker=joined["id"], address=first.address_id),
    ]

    first_time, again = phone.send(*items), phone.send(*items)

    assert answers(first_time) == ["filed"] * 6
    assert answers(again) == ["already_filed"] * 6
    assert Contact.objects.get().spoke.name == "Bo Lane"
    assert standing(campaign, second).no_contact
    assert standing(campaign, third).household_no_contact
    assert BuildingNote.objects.get().text == "buzz 12"
    assert RoundKnocker.objects.get(volunteer__name="Bo Lane").address_id
    assert HeldItem.objects.count() == 0


def test_the_others_see_it(phone: Phone, street: Street) -> None:
    cursor = phone.get("round").json()["cursor"]
    first = phone.get("changes", since=cursor).json()
    phone.send(contact(street.electors[0]))

    answer = phone.get("changes", since=first["cursor"]).json()

    assert answer["state"] == "out"
    assert [one["elector"] for one in answer["contacts"]] == [street.electors[0].pk]
    assert first["electors"] is not None
    assert answer["electors"] is None


@pytest.mark.parametrize(
    "since",
    [
        "~\0",
        "0001-01-01T00:00:00+23:59~x",
        "9999-12-31T23:59:59-23:59~",
        "2024-04-23T10:00:00+00:00:00.000001~",
        "2024-04-23T10:00:00~",
    ],
)
def test_a_cursor_that_we_never_gave_brings_everything(
    since: str, phone: Phone, street: Street
) -> None:
    answer = phone.get("changes", since=since)

    assert answer.status_code == 200
    assert answer.json()["electors"] is not None


def test_a_closed_phone_shows_nothing_and_what_it_sends_is_held(
    phone: Phone, street: Street
) -> None:
    assert phone.post("hand-back", {}).json() == {"state": "handed_back"}
    assert phone.post("hand-back", {}).json() == {"state": "handed_back"}

    refused = phone.get("round")
    verdicts = phone.send(contact(street.electors[0]))

    assert (refused.status_code, json.loads(refused.content)["error"]["code"]) == (
        403,
        "handed_back",
    )
    assert answers(verdicts) == ["held"]
    assert phone.get("changes").json()["state"] == "handed_back"
    assert HeldItem.objects.get().code == "handed_back"


def given_back(how: str, phone: Phone) -> None:
    """It had the round for an hour, until twenty minutes ago."""
    FieldPhone.objects.update(joined_at=NOW - timedelta(minutes=60))
    phone.post(how, {})
    FieldPhone.objects.update(closed_at=NOW - timedelta(minutes=20))


def ago(minutes: int) -> str:
    return (NOW - timedelta(minutes=minutes)).isoformat()


@pytest.mark.parametrize("how", ["hand-back", "sign-out"])
def test_what_was_said_before_a_round_was_given_back_is_filed_when_it_comes_late(
    how: str, phone: Phone, street: Street
) -> None:
    first, second, third = street.electors
    given_back(how, phone)

    verdicts = phone.send(
        contact(first, said_at=ago(21)),
        contact(second, said_at=ago(19)),
        item("wish", elector=third.pk, scope="person", said_at=ago(30)),
        item("building_note", address=first.address_id, text="9", said_at=ago(5)),
    )

    assert answers(verdicts) == ["filed", "held", "filed", "held"]
    assert Contact.objects.get().elector_id == first.pk
    assert answers(phone.send(contact(first, said_at=ago(61)))) == ["filed"]
    assert answers(phone.send(contact(first, said_at=ago(63)))) == ["held"]


@pytest.mark.parametrize(("hours", "answer"), [(47, "filed"), (49, "held")])
def test_two_days_after_a_round_was_given_back_what_comes_waits_for_an_organiser(
    hours: int, answer: str, phone: Phone, street: Street
) -> None:
    given_back("hand-back", phone)
    FieldPhone.objects.update(
        joined_at=NOW - timedelta(hours=hours + 2),
        closed_at=NOW - timedelta(hours=hours),
    )

    late = contact(street.electors[0], said_at=ago(60 * (hours + 1)))

    assert answers(phone.send(late)) == [answer]


@pytest.mark.parametrize("how", ["hand-back", "sign-out"])
def test_an_organiser_cuts_a_phone_off_that_gave_its_round_back(
    how: str, phone: Phone, street: Street, organiser: User
) -> None:
    given_back(how, phone)
    before = list(RoundKnocker.objects.values_list("left_at"))
    [of_ada] = FieldPhone.objects.all()
    page = f"/mayor-2024/rounds/out/{of_ada.issue_id}/"
    cut_off = f"{page}phones/{of_ada.pk}/cut-off/"
    desk = signed_in(organiser)
    assert cut_off in desk.get(page).content.decode()

    said = desk.post(cut_off, follow=True).content.decode()
    again = desk.post(cut_off, follow=True).content.decode()

    assert "The phone of Ada Finch is cut off." in said
    assert "The phone of Ada Finch was cut off already." in again
    assert f'action="{cut_off}"' not in again
    assert answers(phone.send(contact(street.electors[0], said_at=ago(30)))) == ["held"]
    assert list(RoundKnocker.objects.values_list("left_at")) == before
    cut = AuditEntry.objects.filter(verb="phone.cut_off")
    assert cut.count() == 1


DOUBTFUL = {
    "a clock an hour out": {"sent_at": NOW - timedelta(minutes=61)},
    "a clock that is not said": {"sent_at": None},
}


@pytest.mark.parametrize("said", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_a_clock_in_doubt_says_of_a_round_given_back_is_held(
    said: dict[str, Any], phone: Phone, street: Street
) -> None:
    given_back("hand-back", phone)
    sent_at = said["sent_at"] and said["sent_at"].isoformat()
    late = contact(street.electors[0], said_at=ago(91 if sent_at else 30))

    answer = phone.post("sync", {"sent_at": sent_at, "items": [late]})

    assert [one["answer"] for one in answer.json()["verdicts"]] == ["held"]
    assert HeldItem.objects.get().code == "handed_back"


CUT_OFF = {
    "whose volunteer stood down": (Volunteer, {"stood_down_at": NOW}),
    "whose round was taken back": (RoundIssue, {"closed_because": "revoked"}),
    "that was cut off": (FieldPhone, {"closed_because": "revoked"}),
    "whose time was over": (FieldPhone, {"closed_because": "expired"}),
    "of a closed campaign": (Campaign, {"closed_at": NOW}),
}


@pytest.mark.parametrize(("model", "changed"), CUT_OFF.values(), ids=CUT_OFF)
def test_whatever_comes_late_of_a_phone_is_held(
    model: Any, changed: dict[str, Any], phone: Phone, street: Street
) -> None:
    given_back("sign-out", phone)
    model.objects.update(**changed)

    late = contact(street.electors[0], said_at=ago(30))

    assert answers(phone.send(late)) == ["held"]


def test_a_phone_hears_on_how_many_phones_its_round_is_and_who_is_under_18(
    phone: Phone, street: Street
) -> None:
    out = RoundIssue.objects.get()
    yan = Phone()
    yan.join(out, name="Yan Young", mobile="07700 900456", is_18=False)

    knockers = phone.get("changes").json()["knockers"]

    whole = phone.get("round").json()["knockers"]
    for heard in (knockers, whole):
        told = [(one.get("phones"), one.get("under_18")) for one in heard]
        assert told == [(1, None), (1, True)]
    yan.post("sign-out", {})
    knockers = phone.get("changes").json()["knockers"]
    assert [one.get("phones") for one in knockers] == [1, None]


def test_a_clock_that_is_wrong_by_years_is_put_right(
    phone: Phone, street: Street
) -> None:
    years = timedelta(days=5 * 365)
    said = NOW - years - timedelta(minutes=30)

    phone.send(
        contact(street.electors[0], said_at=said.isoformat()), sent_at=NOW - years
    )

    filed = Contact.objects.get()
    assert not filed.time_is_doubtful
    assert abs(filed.effective_at - (NOW - timedelta(minutes=30))) < timedelta(
        minutes=1
    )


def test_an_organiser_accepts_what_a_closed_phone_sent_in_one_click(
    phone: Phone, street: Street, campaign: Campaign, organiser: User
) -> None:
    first, second, third = street.electors
    phone.post("hand-back", {})
    sent = [
        contact(first),
        contact(second),
        item("wish", elector=third.pk, scope="person", channel="door", until=""),
        item("building_note", address=first.address_id, text="buzz 12"),
    ]
    assert answers(phone.send(*sent)) == ["held"] * 4
    desk = signed_in(organiser)

    page = desk.get("/mayor-2024/electors/held/?code=handed_back")
    done = desk.post("/mayor-2024/electors/held/try/", {"code": "handed_back"})

    assert b"Accept all of these" in page.content
    assert done.status_code == 302
    assert HeldItem.objects.filter(resolved_at=None).count() == 0
    assert {one.spoke.name for one in Contact.objects.all()} == {"Ada Finch"}
    assert not any(one.time_is_doubtful for one in Contact.objects.all())
    assert standing(campaign, third).no_contact
    assert BuildingNote.objects.count() == 1
    assert answers(phone.send(*sent)) == ["already_filed"] * 4


def test_what_a_closed_phone_sent_is_not_filed_unless_somebody_says_so(
    phone: Phone, street: Street, organiser: User
) -> None:
    phone.post("hand-back", {})
    phone.send(contact(street.electors[0]), contact(street.electors[1]))
    desk = signed_in(organiser)
    one = HeldItem.objects.first()
    assert one

    desk.post("/mayor-2024/electors/held/try/")
    assert Contact.objects.count() == 0
    desk.post("/mayor-2024/electors/held/try/", {"items": [str(one.pk)]})
    assert Contact.objects.count() == 1
