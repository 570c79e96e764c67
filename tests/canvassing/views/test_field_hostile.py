"""What a phone may get wrong, or somebody may try: one clear answer, nothing lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from campaigns.clock import now
from campaigns.models import Campaign, Organisation, Ward
from canvassing.models import (
    BuildingNote,
    Contact,
    DoNotContact,
    FieldPhone,
    HeldItem,
    RoundIssue,
    RoundKnocker,
)
from tests.canvassing.contact_helpers import prepare
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    contact,
    issue,
    item,
    make_street,
    stand_at_now,
)
from tests.cast import NOW, make_district, make_elector
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


def codes(verdicts: list[Any]) -> list[str]:
    return [verdict["code"] or verdict["answer"] for verdict in verdicts]


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["error"]["code"]


def test_electors_who_are_not_behind_its_doors_are_all_nobody_to_a_phone(
    phone: Phone,
    street: Street,
    campaign: Campaign,
    ward: Ward,
    other_organisation: Organisation,
) -> None:
    neighbour = make_elector(make_district(campaign.organisation, ward))
    foreign = make_elector(make_district(other_organisation, ward))
    prepare(campaign)
    wish = {"scope": "person", "channel": "", "until": ""}

    verdicts = phone.send(
        contact(neighbour),
        contact(foreign),
        item("contact", elector=999_999_999, outcome="not_in"),
        item("wish", elector=neighbour.pk, **wish),
        item("wish", address=neighbour.address_id, **{**wish, "scope": "household"}),
        item("building_note", address=neighbour.address_id, text="buzz 12"),
    )

    assert codes(verdicts) == ["not_yours"] * 3 + ["not_on_round"] * 3
    assert HeldItem.objects.count() == 6
    assert not Contact.objects.exists()
    assert not DoNotContact.objects.exists()
    assert not BuildingNote.objects.exists()


def test_who_has_left_the_register_since_is_held(
    phone: Phone, street: Street, campaign: Campaign
) -> None:
    gone = street.electors[0]
    gone.on_register = False
    gone.save()
    prepare(campaign)

    assert codes(phone.send(contact(gone))) == ["left_register"]


def test_the_same_id_with_other_content_is_held_and_changes_nothing(
    phone: Phone, street: Street
) -> None:
    first, second, _ = street.electors
    said = contact(first)
    note = item("building_note", address=first.address_id, text="buzz 12")
    phone.send(said, note)

    verdicts = phone.send(
        {**said, "elector": second.pk},
        {**note, "text": "buzz 13"},
        {**note, "id": said["id"]},
    )

    assert codes(verdicts) == ["other_content", "other_item", "filed"]
    assert Contact.objects.get().elector_id == first.pk
    assert HeldItem.objects.count() == 2
    assert set(BuildingNote.objects.values_list("text", flat=True)) == {"buzz 12"}


UNREADABLE: list[Any] = [
    "a text",
    None,
    7,
    [],
    {},
    {"id": "no id", "kind": "contact"},
    item("dance"),
    {**item("contact"), "kind": ["contact"]},
    {**item("contact"), "kind": {}},
    item("contact", elector="Ivy", outcome="not_in"),
    item("contact", elector=-1, outcome="not_in"),
    item("contact", elector=2**70, outcome="not_in"),
    item("contact", elector=float("inf"), outcome="not_in"),
    item("contact", elector=float("nan"), outcome="not_in"),
    {**item("contact"), "id": 10**30},
    item("contact", elector=True, outcome="not_in"),
    item("contact", elector=1, outcome=["not_in"]),
    item("contact", elector=1, outcome="not_in", pledge="yes"),
    item("contact", elector=1, outcome="not_in", corrects="that one"),
    item("contact", elector=1, outcome="not_in", said_at="yesterday"),
    item("contact", elector=1, outcome="not_in", said_at="2024-04-23T10:00:00"),
    item("contact", elector=1, outcome="not_in", said_at="9999-12-31T23:59:59Z"),
    item("wish", elector=1, scope="street"),
    item("wish", scope="person"),
    item("building_note", address=None, text="x"),
    item("building_note", address=1, text={"a": 1}),
    item("left", knocker=5),
    item("knocker", name="\0\ud800", mobile=[], promised=True),
]


def test_what_cannot_be_read_is_held_and_does_not_stop_the_others(
    phone: Phone, street: Street
) -> None:
    verdicts = phone.send(*UNREADABLE, contact(street.electors[0]))

    assert codes(verdicts) == ["unreadable"] * len(UNREADABLE) + ["filed"]
    assert HeldItem.objects.filter(code="unreadable").count() == len(UNREADABLE)
    again = phone.send(*UNREADABLE)
    assert codes(again) == ["unreadable"] * len(UNREADABLE)
    assert HeldItem.objects.count() == len(UNREADABLE)


def test_a_text_that_no_database_keeps_is_kept_without_what_is_wrong(
    phone: Phone, street: Street
) -> None:
    first = street.electors[0]
    note = item("building_note", address=first.address_id, text="buzz\0 12\ud800")

    assert codes(phone.send(note, contact(first, note="a\0b"))) == ["filed"] * 2
    assert BuildingNote.objects.get().text == "buzz 12"
    assert Contact.objects.get().note == "ab"


def test_people_who_may_not_join_beside_a_phone_are_held(
    phone: Phone, street: Street
) -> None:
    bo = {"name": "Bo Lane", "mobile": "07700 900456", "promised": True, "is_18": True}
    theirs = str(RoundKnocker.objects.get().uuid)

    verdicts = phone.send(
        item("knocker", **{**bo, "promised": False}),
        item("knocker", **{**bo, "name": " "}),
        item("knocker", **{**bo, "mobile": "none"}),
        item("knocker", **bo, id=theirs),
        item("sent_to", knocker=str(item("")["id"]), address=street.addresses[0].pk),
        item("sent_to", knocker=theirs, address=999_999),
        item("building_note", address=street.addresses[0].pk, text="x" * 121),
    )

    assert codes(verdicts) == [
        "no_promise",
        "no_name",
        "bad_mobile",
        "other_item",
        "unknown_knocker",
        "not_on_round",
        "long_note",
    ]


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("x" * 10 * 1024 * 1024, (413, "too_large")),
        ('{"items": [{"id": "', (400, "bad_json")),
        ("[" * 100_000, (400, "bad_json")),
        ("[]", (400, "bad_json")),
        ('{"items": {}}', (400, "bad_json")),
        (json.dumps({"items": [{}] * 201}), (413, "too_many")),
        ("\udcff", (400, "bad_json")),
    ],
    ids=["10 MB", "half", "deep", "list", "no items", "201 items", "no text"],
)
def test_a_body_that_cannot_be_taken_has_one_answer_and_nothing_is_done(
    body: str, answer: tuple[int, str], phone: Phone, street: Street
) -> None:
    sent = phone.client.post(
        "/field/sync/",
        body.encode(errors="surrogateescape"),
        content_type="application/json",
        headers={"Authorization": f"Phone {phone.key}"},
    )

    assert refused(sent) == answer
    assert not HeldItem.objects.exists()


def test_a_key_that_we_never_gave_gets_one_answer_everywhere(phone: Phone) -> None:
    phone.key = "0" * 43

    assert refused(phone.get("round")) == (401, "unknown_key")
    assert refused(phone.get("changes")) == (401, "unknown_key")
    for where in ("sync", "hand-back", "sign-out"):
        assert refused(phone.post(where, {"items": []})) == (401, "unknown_key")


def test_a_closed_phone_sees_its_round_no_more_and_loses_nothing(
    phone: Phone, street: Street
) -> None:
    first, second, _ = street.electors
    before = contact(first)
    phone.send(before)
    FieldPhone.objects.update(closed_at=NOW, closed_because="revoked")

    verdicts = phone.send(
        before, contact(second), item("wish", elector=second.pk, scope="person")
    )

    # What was filed before it was closed, of which the answer was lost, is still filed.
    assert codes(verdicts) == ["already_filed", "revoked", "revoked"]
    assert Contact.objects.count() == 1
    assert not DoNotContact.objects.exists()


def test_once_its_time_is_over_a_phone_sees_nothing(
    phone: Phone, street: Street
) -> None:
    out = FieldPhone.objects.get().issue
    out.expires_at = NOW - timedelta(seconds=1)
    out.save()

    assert refused(phone.get("round")) == (403, "expired")
    assert phone.get("changes").json()["state"] == "expired"
    assert codes(phone.send(contact(street.electors[0]))) == ["expired"]


def test_whoever_stands_down_sees_nothing_any_more(
    phone: Phone, street: Street
) -> None:
    Volunteer.objects.update(stood_down_at=NOW)

    assert refused(phone.get("round")) == (403, "revoked")
    assert phone.get("changes").json()["state"] == "revoked"
    assert codes(phone.send(contact(street.electors[0]))) == ["revoked"]


def test_in_a_closed_campaign_everything_is_held(
    phone: Phone, street: Street, campaign: Campaign
) -> None:
    campaign.closed_at = NOW
    campaign.save()

    assert codes(phone.send(contact(street.electors[0]))) == ["campaign_closed"]


@pytest.mark.django_db(transaction=True)
def test_the_same_batch_sent_twice_at_once_is_filed_once(
    phone: Phone, street: Street
) -> None:
    joined = item(
        "knocker", name="Bo Lane", mobile="07700 900456", promised=True, is_18=True
    )
    first = street.electors[0]
    items = [
        *(contact(elector) for elector in street.electors),
        joined,
        item("wish", elector=first.pk, scope="person", channel="door"),
        item("building_note", address=first.address_id, text="buzz 12"),
    ]
    together = Barrier(2)

    def send(_: int) -> list[Any]:
        together.wait()
        try:
            return codes(phone.send(*items))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as requests:
        answers = sorted(requests.map(send, range(2)))

    assert answers == [["already_filed"] * 6, ["filed"] * 6]
    assert Contact.objects.count() == 3
    assert DoNotContact.objects.count() == BuildingNote.objects.count() == 1


@pytest.mark.parametrize(
    "since",
    [
        "~\0",
        "2024-04-23T10:00:00+00:00~\0",
        "0001-01-01T00:00:00+23:59~x",
        "0001-01-01T00:00:00+23:59~",
        "9999-12-31T23:59:59-23:59~",
        "2024-04-23T10:00:00+00:00:00.000001~",
        "2024-04-23T10:00:00~",
        "nothing of ours",
    ],
)
def test_a_cursor_that_we_never_gave_brings_everything_once_more(
    phone: Phone, street: Street, since: str
) -> None:
    phone.send(contact(street.electors[0]))

    answer = phone.get("changes", since=since)

    assert answer.status_code == 200
    assert len(answer.json()["electors"]) == 3


@pytest.mark.django_db(transaction=True)
def test_waiting_for_others_of_the_round_makes_nothing_later_than_it_was_said(
    phone: Phone, street: Street, organisation: Organisation
) -> None:
    organisation.refresh_from_db()
    said = now(organisation)

    def send() -> list[Any]:
        try:
            first = contact(street.electors[0], said_at=said.isoformat())
            return phone.send(first, sent_at=said)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as requests:
        with transaction.atomic():
            RoundIssue.objects.select_for_update().get()
            answer = requests.submit(send)
            while not (somebody_waits() or answer.done()):
                sleep(0.05)
            sleep(5)
        assert codes(answer.result()) == ["filed"]

    assert Contact.objects.get().effective_at - said < timedelta(seconds=5)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


def test_what_is_nested_too_deeply_is_no_batch(phone: Phone, street: Street) -> None:
    first = street.electors[0]
    wish = item("wish", elector=first.pk, scope="person", channel="door", more="deep")

    nested = "[" * 980 + "]" * 980
    body = json.dumps({"sent_at": NOW.isoformat(), "items": [wish]})
    body = body.replace('"deep"', nested)

    assert refused(phone.post("sync", body)) == (400, "bad_json")
    assert not DoNotContact.objects.exists()


def test_what_has_no_room_in_64_bits_is_known_again_beside_half_a_character(
    phone: Phone, street: Street
) -> None:
    first = street.electors[0]
    wish = item("wish", elector=first.pk, scope="person", channel="door", more=2**70)
    note = item("building_note", address=first.address_id, text="buzz 12\ud800")

    assert codes(phone.send(wish)) == ["filed"]
    assert codes(phone.send(wish, note)) == ["already_filed", "filed"]
