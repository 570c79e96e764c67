"""A deliverer's phone: streets and no names, ticked off with or without a signal."""

from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import Actor, Grant, system
from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from campaigns.roles import Capability
from canvassing.actions.held_items import try_held_items
from canvassing.actions.leaflet_stock import hand_out_leaflets, mark_street_done
from canvassing.actions.round_issues import IssueRefused, close_phone, take_back
from canvassing.models import (
    ClosedBecause,
    Contact,
    HeldItem,
    LeafletDelivery,
    LeafletMiss,
    LeafletRound,
    LeafletStreet,
    RoundIssue,
)
from canvassing.reports.leaflets import copies_by_day, with_deliverer
from canvassing.rules.contacts import Answer
from canvassing.rules.rounds import RoundsRefused
from tests.canvassing.field_helpers import (
    Phone,
    contact,
    issue,
    make_street,
    make_volunteer,
    stand_at_now,
)
from tests.canvassing.leaflet_helpers import (
    make_leaflet_round,
    said_of,
    send_out,
)
from tests.cast import NOW
from tests.signing_in import signed_in
from volunteers.models import Volunteer

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation, campaign: Campaign) -> None:
    stand_at_now(organisation)
    campaign.refresh_from_db()


@pytest.fixture
def leaflets(campaign: Campaign, ward: Ward, on_the_day: None) -> LeafletRound:
    return make_leaflet_round(campaign, ward)


@pytest.fixture
def link(leaflets: LeafletRound) -> RoundIssue:
    return send_out(leaflets)


@pytest.fixture
def phone(link: RoundIssue) -> Phone:
    phone = Phone()
    assert phone.join(link).status_code == 200
    return phone


@pytest.fixture
def oak(leaflets: LeafletRound) -> LeafletStreet:
    return leaflets.streets.get(street="Oak Road")


def verdicts(answers: list[Any]) -> list[tuple[str, str]]:
    return [(one["answer"], one["code"]) for one in answers]


def standing() -> list[int]:
    rows = LeafletDelivery.objects.filter(withdrawn_at=None).order_by("pk")
    return list(rows.values_list("copies", flat=True))


def test_the_link_says_what_it_is_for_and_asks_for_the_code(link: RoundIssue) -> None:
    phone = Phone()

    wrong = phone.join(link, code="000000")
    right = phone.join(link)

    assert wrong.json()["error"]["code"] == "wrong_code"
    assert right.json()["kind"] == "leaflets"


def test_whoever_joins_has_the_leaflets_and_is_made_a_volunteer(
    phone: Phone, leaflets: LeafletRound
) -> None:
    leaflets.refresh_from_db()

    assert leaflets.deliverer == Volunteer.objects.get(name="Ada Finch")


def test_the_phone_has_streets_and_numbers_and_nobodys_name(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet, campaign: Campaign
) -> None:
    make_street(campaign, leaflets.ward)

    answer = phone.get("round").json()

    assert answer["streets"][0] == {
        "id": oak.pk,
        "street": "Oak Road",
        "numbers": "odd 1 to 9",
        "boxes": 5,
        "not_at": "3",
    }
    assert answer["leaflet"] == {"name": "Spring", "copies_left": 8}
    assert answer["doors"] == answer["knockers"] == []


def test_copies_put_through_are_filed_by_day_and_once(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet
) -> None:
    yesterday = (NOW - timedelta(days=1)).isoformat()
    done = said_of(oak, copies=5, said_at=yesterday)

    first, again = phone.send(done), phone.send(done)

    assert verdicts(first) == [("filed", "")]
    assert verdicts(again) == [("already_filed", "")]
    assert copies_by_day(leaflets.leaflet) == [(NOW.date() - timedelta(days=1), 5)]
    assert with_deliverer(leaflets) == 3
    delivery = LeafletDelivery.objects.get()
    assert delivery.deliverer is not None
    assert delivery.deliverer.name == "Ada Finch"


def test_what_was_said_last_of_a_street_stands_also_within_one_batch(
    phone: Phone, oak: LeafletStreet
) -> None:
    sent = [
        said_of(oak, copies=5),
        said_of(oak),
        said_of(oak, copies=4, missed="locked"),
    ]

    answers = phone.send(*sent)

    assert verdicts(answers) == [("filed", "")] * 3
    assert standing() == [4]
    assert [one.reason for one in LeafletMiss.objects.filter(withdrawn_at=None)] == [
        "locked"
    ]


def test_a_number_put_right_on_a_later_day_leaves_the_copies_on_theirs(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=5, said_at=(NOW - 24 * HOUR).isoformat()))

    phone.send(said_of(oak, copies=4, missed="locked"))

    assert copies_by_day(leaflets.leaflet) == [(NOW.date() - timedelta(days=1), 4)]


def test_not_done_that_is_undone_on_a_later_day_leaves_the_copies_on_theirs(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet
) -> None:
    yesterday = NOW.date() - timedelta(days=1)
    phone.send(said_of(oak, copies=5, said_at=(NOW - 24 * HOUR).isoformat()))

    phone.send(said_of(oak), said_of(oak, copies=5, on=yesterday.isoformat()))

    assert copies_by_day(leaflets.leaflet) == [(yesterday, 5)]


def test_a_street_done_anew_on_a_later_day_is_of_that_day(
    phone: Phone, leaflets: LeafletRound, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=5, said_at=(NOW - 24 * HOUR).isoformat()))

    phone.send(said_of(oak), said_of(oak, copies=5))

    assert copies_by_day(leaflets.leaflet) == [(NOW.date(), 5)]


def test_a_street_taken_back_is_not_done_and_nothing_of_it_was_missed(
    phone: Phone, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=4, missed="dog"))

    phone.send(said_of(oak))

    assert standing() == []
    assert not LeafletMiss.objects.filter(withdrawn_at=None).exists()
    assert "copies" not in phone.get("changes").json()["streets"][0]


def test_more_copies_than_were_handed_out_wait_for_an_organiser(
    phone: Phone, oak: LeafletStreet
) -> None:
    [answer] = phone.send(said_of(oak, copies=9))

    assert (answer["answer"], answer["code"]) == ("held", "copies_out")
    assert answer["reason"] == "More copies than were handed out with this round."
    assert standing() == []


def test_a_phone_does_not_change_what_the_desk_wrote_down(
    phone: Phone, oak: LeafletStreet, organisation: Organisation
) -> None:
    mark_street_done(
        oak, copies=3, delivered_on=NOW.date(), by=system(organisation), at=NOW
    )

    same, other = phone.send(said_of(oak, copies=3), said_of(oak, copies=5))

    assert (same["answer"], other["code"]) == ("filed", "street_done")
    assert standing() == [3]


def test_a_phone_does_not_change_why_somebody_else_could_not_deliver(
    phone: Phone, link: RoundIssue, oak: LeafletStreet, campaign: Campaign
) -> None:
    phone.send(said_of(oak, missed="dog"))
    close_phone(
        link.phones.get(),
        ClosedBecause.REVOKED,
        by=system(campaign.organisation),
        at=NOW,
    )
    bo = Phone()
    bo.join(link, name="Bo Lane", mobile="07700 900456")

    same, gone = bo.send(said_of(oak, missed="dog"), said_of(oak))

    assert (same["answer"], gone["code"]) == ("filed", "street_done")
    assert [one.reason for one in LeafletMiss.objects.filter(withdrawn_at=None)] == [
        "dog"
    ]


def test_an_older_word_of_ones_own_is_filed_and_changes_nothing(
    phone: Phone, oak: LeafletStreet
) -> None:
    phone.send(said_of(oak, copies=4, said_at=(NOW - HOUR).isoformat()))

    answers = phone.send(
        said_of(oak, copies=2, missed="dog", said_at=(NOW - 2 * HOUR).isoformat())
    )

    assert verdicts(answers) == [("filed", "")]
    assert standing() == [4]
    assert not LeafletMiss.objects.exists()


@pytest.mark.parametrize(("said", "stands", "waits"), [(-1, 5, 0), (-3, 3, 1)])
def test_an_organiser_who_accepts_replaces_what_was_written_before_it_was_said(
    phone: Phone,
    oak: LeafletStreet,
    organisation: Organisation,
    campaign: Campaign,
    said: int,
    stands: int,
    waits: int,
) -> None:
    by = system(organisation)
    mark_street_done(oak, copies=3, delivered_on=NOW.date(), by=by, at=NOW - 2 * HOUR)
    phone.send(said_of(oak, copies=5, said_at=(NOW + said * HOUR).isoformat()))

    try_held_items(HeldItem.objects.all(), by=by, at=NOW, campaign=campaign)

    assert standing() == [stands]
    assert HeldItem.objects.filter(resolved_at=None).count() == waits


def test_what_differs_from_the_desks_word_is_not_filed_with_all_that_can_be(
    phone: Phone, oak: LeafletStreet, organisation: Organisation, organiser: User
) -> None:
    mark_street_done(
        oak,
        copies=3,
        delivered_on=NOW.date(),
        by=system(organisation),
        at=NOW - 2 * HOUR,
    )
    phone.send(said_of(oak, copies=5))
    desk = signed_in(organiser)

    desk.post("/mayor-2024/electors/held/try/")
    by_itself = standing()
    page = desk.get("/mayor-2024/electors/held/").content.decode()
    desk.post("/mayor-2024/electors/held/try/", {"code": "street_done"})

    assert by_itself == [3]
    assert "takes the place of what was written down before" in page
    assert standing() == [5]


def test_what_comes_after_the_round_was_taken_back_is_held_and_can_be_accepted(
    phone: Phone, link: RoundIssue, oak: LeafletStreet, campaign: Campaign
) -> None:
    by = system(campaign.organisation)
    take_back(link, by=by, at=NOW)

    [answer] = phone.send(said_of(oak, copies=5))
    shown = phone.get("round")
    counts = try_held_items(HeldItem.objects.all(), by=by, at=NOW, campaign=campaign)

    assert (answer["answer"], answer["code"]) == ("held", "revoked")
    assert shown.json()["error"]["code"] == "revoked"
    assert counts[Answer.FILED] == 1
    assert standing() == [5]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"street": 10**9}, "no_street"),
        ({"street": "Oak"}, "unreadable"),
        ({"copies": -1}, "unreadable"),
        ({"copies": 10**15}, "copies_out"),
        ({"missed": "tired"}, "unreadable"),
        ({"on": "soon"}, "unreadable"),
        ({"on": "2099-01-01"}, "unreadable"),
        ({"on": "2020-01-01"}, "before_round"),
    ],
)
def test_what_cannot_be_filed_is_held_and_stops_nothing_else(
    phone: Phone, oak: LeafletStreet, wrong: dict[str, Any], code: str
) -> None:
    answers = phone.send({**said_of(oak, copies=2), **wrong}, said_of(oak, copies=3))

    assert verdicts(answers) == [("held", code), ("filed", "")]
    assert standing() == [3]


def test_a_deliverer_records_nothing_of_any_elector(
    phone: Phone, leaflets: LeafletRound, campaign: Campaign
) -> None:
    street = make_street(campaign, leaflets.ward)

    [answer] = phone.send(contact(street.electors[0]))

    assert answer["answer"] == "held"
    assert not Contact.objects.exists()


def test_a_round_of_doors_ticks_no_street(
    oak: LeafletStreet, campaign: Campaign, ward: Ward
) -> None:
    knocker = Phone()
    knocker.join(issue(make_street(campaign, ward).round))

    [answer] = knocker.send(said_of(oak, copies=2))

    assert answer["code"] == "no_street"


def test_a_link_for_one_volunteer_opens_on_nobody_elses_phone(
    leaflets: LeafletRound, campaign: Campaign
) -> None:
    link = send_out(
        leaflets, volunteer=make_volunteer(campaign, mobile="+447700900777")
    )

    answer = Phone().join(link)

    assert answer.json()["error"]["code"] == "link_taken"


def test_a_deliverer_hands_the_round_back_from_the_phone(
    phone: Phone, link: RoundIssue
) -> None:
    assert phone.post("hand-back", {}).status_code == 200

    link.refresh_from_db()
    assert link.closed_because == "handed_back"
    assert phone.get("round").json()["error"]["code"] == "handed_back"


def test_somebody_under_18_has_no_leaflet_round_on_their_own_phone(
    link: RoundIssue, leaflets: LeafletRound
) -> None:
    young = Phone().join(link, is_18=False)

    leaflets.refresh_from_db()
    assert young.json()["error"] == {
        "code": "under_18",
        "message": "Under 18, you deliver with an adult who has the round on their "
        "phone.",
    }
    assert leaflets.deliverer is None


def test_a_link_to_leaflets_opens_on_one_phone_until_an_organiser_cuts_that_off(
    phone: Phone, link: RoundIssue, campaign: Campaign
) -> None:
    other = {"name": "Bo Lane", "mobile": "07700 900456"}

    taken = Phone().join(link, **other)
    close_phone(
        link.phones.get(),
        ClosedBecause.REVOKED,
        by=system(campaign.organisation),
        at=NOW,
    )
    free = Phone().join(link, **other)

    assert taken.json()["error"]["code"] == "link_taken"
    assert free.status_code == 200


def test_a_leaflet_round_is_out_once_at_a_time(
    phone: Phone, leaflets: LeafletRound
) -> None:
    with pytest.raises(IssueRefused, match="out already"):
        send_out(leaflets)


def test_none_goes_out_without_copies_or_beyond_ones_wards(
    leaflets: LeafletRound, organisation: Organisation
) -> None:
    elsewhere = Grant(
        organisation.pk, None, frozenset({0}), frozenset({Capability.MAKE_LISTS})
    )

    with pytest.raises(RoundsRefused, match="between 1 and 100"):
        send_out(leaflets, copies=0)
    with pytest.raises(IssueRefused, match="no rounds of this ward"):
        send_out(leaflets, by=Actor("user", 1, "Bo Lane", (elsewhere,)))
    assert not RoundIssue.objects.exists()
    assert not AuditEntry.objects.filter(verb="leaflets.handed_out").exists()


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ({"stood_down_at": NOW}, "Cy Moor has stood down."),
        (
            {"is_under_18": True},
            "Cy Moor is under 18: give it to an adult who goes with them.",
        ),
    ],
)
def test_nobody_is_given_leaflets_who_may_not_have_them_also_with_no_copies(
    leaflets: LeafletRound, campaign: Campaign, who: dict[str, Any], sentence: str
) -> None:
    by = system(campaign.organisation)
    hand_out_leaflets(leaflets, deliverer=None, copies=8, by=by, at=NOW)
    cy = make_volunteer(campaign, "Cy Moor", **who)

    with pytest.raises(RoundsRefused, match=sentence):
        send_out(leaflets, volunteer=cy, copies=0)
    with pytest.raises(RoundsRefused, match=sentence):
        hand_out_leaflets(leaflets, deliverer=cy, copies=1, by=by, at=NOW)
    assert not leaflets.issues.exists()


def test_no_other_organisations_volunteer_is_given_leaflets_that_are_out(
    leaflets: LeafletRound, organisation: Organisation
) -> None:
    hand_out_leaflets(
        leaflets, deliverer=None, copies=8, by=system(organisation), at=NOW
    )
    other = Organisation.objects.create(name="Others", slug="others")
    stranger = Volunteer.objects.create(
        organisation=other, name="Cy Moor", joined_on=NOW.date()
    )

    with pytest.raises(RoundsRefused, match="There is no such volunteer"):
        send_out(leaflets, volunteer=stranger, copies=0)
