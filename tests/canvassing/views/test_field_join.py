"""Joining by a link: who gets a key, and one clear answer to everybody else."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from campaigns.access import system
from campaigns.clock import now
from campaigns.models import Campaign, Organisation, User, Ward
from canvassing.actions.round_issues import close_phone
from canvassing.models import (
    ClosedBecause,
    FieldPhone,
    JoinGuesses,
    RoundIssue,
    RoundKnocker,
)
from canvassing.rules.short_codes import OF_A_PLACE
from tests.canvassing.field_helpers import (
    Phone,
    Street,
    issue,
    make_session,
    make_street,
    make_volunteer,
    stand_at_now,
    who,
)
from tests.cast import NOW
from tests.house.test_access import signed_in
from volunteers.models import Team, Undertaking, Volunteer


@pytest.fixture(autouse=True)
def on_the_day(organisation: Organisation) -> None:
    stand_at_now(organisation)


@pytest.fixture
def street(campaign: Campaign, ward: Ward, on_the_day: None) -> Street:
    campaign.refresh_from_db()
    return make_street(campaign, ward)


@pytest.fixture
def out(street: Street) -> RoundIssue:
    return issue(street.round)


@pytest.fixture
def with_code(street: Street, campaign: Campaign) -> RoundIssue:
    return issue(street.round, session=make_session(campaign))


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["error"]["code"]


def test_a_link_says_what_it_is_for_and_names_nobody(
    with_code: RoundIssue, street: Street
) -> None:
    answer = Phone().post("join/look", {"secret": who(with_code)["secret"]})

    said = json.loads(answer.content)
    assert said["kind"] == "doors"
    assert said["asks_code"] is True
    assert "Alder Party" in said["promise"]["text"]
    assert "Marsh" not in answer.content.decode()
    assert "Quarry" not in answer.content.decode()


def test_whoever_joins_becomes_a_volunteer_who_gave_the_promise(
    out: RoundIssue,
) -> None:
    phone = Phone()

    answer = phone.join(out, name="  Ada   Finch ")

    volunteer = Volunteer.objects.get()
    promise = Undertaking.objects.get()
    assert json.loads(answer.content)["volunteer"]["name"] == "Ada Finch"
    assert volunteer.mobile == "+447700900123"
    assert "Alder Party" in promise.text
    assert FieldPhone.objects.get().key_hash != phone.key
    assert RoundKnocker.objects.get().volunteer == volunteer


def test_a_volunteer_is_known_again_by_their_mobile(
    out: RoundIssue, campaign: Campaign
) -> None:
    make_volunteer(campaign, "Bo Lane", mobile="07700 900123")
    ada = make_volunteer(campaign, "Ada Finch", mobile="+447700900123")

    Phone().join(out, name="ada finch")
    Phone().join(out, name="Ada F")

    assert Volunteer.objects.count() == 2
    assert RoundKnocker.objects.filter(volunteer=ada).count() == 1
    assert Undertaking.objects.filter(volunteer=ada).count() == 1


REFUSED = {
    "promised": (False, "no_promise"),
    "name": ("  ", "no_name"),
    "mobile": ("12", "bad_mobile"),
    "is_18": (False, "under_18"),
}


@pytest.mark.parametrize("field", REFUSED)
def test_what_is_missing_is_refused_and_leaves_nothing(
    field: str, out: RoundIssue
) -> None:
    value, code = REFUSED[field]

    answer = Phone().join(out, **{field: value})

    assert refused(answer) == (422, code)
    assert Volunteer.objects.count() == FieldPhone.objects.count() == 0


def test_somebody_under_18_joins_where_an_adult_is(out: RoundIssue) -> None:
    Phone().join(out)

    answer = Phone().join(out, name="Yan Young", mobile="07700 900456", is_18=False)

    assert answer.status_code == 200
    assert Volunteer.objects.get(name="Yan Young").is_under_18


def test_who_is_known_to_be_under_18_stays_so(
    out: RoundIssue, campaign: Campaign
) -> None:
    make_volunteer(campaign, mobile="+447700900123", is_under_18=True)

    assert refused(Phone().join(out)) == (422, "under_18")


def test_who_has_stood_down_is_refused(out: RoundIssue, campaign: Campaign) -> None:
    make_volunteer(campaign, mobile="+447700900123", stood_down_at=NOW)

    assert refused(Phone().join(out)) == (422, "stood_down")


def test_links_that_open_nothing_have_one_answer(
    street: Street, campaign: Campaign, caplog: pytest.LogCaptureFixture
) -> None:
    out = issue(street.round)
    good = who(out)["secret"]
    unknown = refused(Phone().post("join", {**who(out), "secret": "0" * 64}))
    tampered = refused(Phone().post("join", {**who(out), "secret": good[:-1] + "x"}))
    out.expires_at = NOW - timedelta(minutes=1)
    out.save()
    expired = refused(Phone().join(out))
    out.expires_at, out.closed_at = NOW + timedelta(hours=1), NOW
    out.save()
    closed = refused(Phone().join(out))
    looked = refused(Phone().post("join/look", {"secret": good}))

    answers = {unknown, tampered, expired, closed, looked}
    assert answers == {(404, "unknown_link")}
    assert good not in caplog.text


def test_a_volunteers_own_link_is_theirs_alone(
    street: Street, campaign: Campaign
) -> None:
    ada = make_volunteer(campaign)
    out = issue(street.round, "volunteer", volunteer=ada)

    joined = Phone().join(out)
    again = Phone().join(out)

    ada.refresh_from_db()
    out.refresh_from_db()
    assert joined.status_code == 200
    assert ada.mobile == "+447700900123"
    assert refused(again) == (422, "link_taken")
    assert out.refused_joins == 1


def test_a_wrong_code_is_refused_and_the_right_one_is_not(
    with_code: RoundIssue,
) -> None:
    assert refused(Phone().join(with_code, code="")) == (422, "wrong_code")
    assert refused(Phone().join(with_code, code="000000")) == (422, "wrong_code")
    assert Phone().join(with_code, code="483 920").status_code == 200


def test_a_thousand_guesses_never_succeed(
    with_code: RoundIssue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    said = who(with_code)
    guesses = [f"{guess:06d}" for guess in range(482921, 483921)]
    phone = Phone()

    answers = [refused(phone.post("join", said | {"code": g})) for g in guesses]

    assert answers[:10] == [(422, "wrong_code")] * 10
    assert set(answers[10:]) == {(429, "too_many_guesses")}
    assert FieldPhone.objects.count() == 0
    assert "too many guesses" in caplog.text
    assert "Finch" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_a_round_at_no_session_asks_for_a_code_of_its_own(
    out: RoundIssue, street: Street
) -> None:
    look = Phone().post("join/look", {"secret": who(out)["secret"]})

    assert json.loads(look.content)["asks_code"] is True
    assert refused(Phone().join(out, code="")) == (422, "wrong_code")
    assert FieldPhone.objects.count() == 0
    assert Phone().join(out, code=out.short_code).status_code == 200


def test_a_team_says_the_code_too_and_a_session_without_one_lets_nobody_in_by_itself(
    campaign: Campaign, ward: Ward, street: Street
) -> None:
    ada = make_volunteer(campaign, mobile="+447700900123")
    team = Team.objects.create(organisation=campaign.organisation, name="Tuesday")
    team.members.add(ada)
    for_team = issue(street.round, "team", team=team)
    at_session = issue(
        make_street(campaign, ward, doors=1).round,
        session=make_session(campaign, short_code=""),
    )

    for out in (for_team, at_session):
        assert refused(Phone().join(out, code="")) == (422, "wrong_code")
        assert Phone().join(out).status_code == 200


def test_one_volunteer_says_the_code_too_whether_we_hold_their_mobile_or_not(
    campaign: Campaign, ward: Ward, street: Street
) -> None:
    ada = make_volunteer(campaign, mobile="+447700900123")
    bo = make_volunteer(campaign, "Bo Lane")
    known = issue(street.round, "volunteer", volunteer=ada)
    of_bo = issue(make_street(campaign, ward, doors=1).round, "volunteer", volunteer=bo)

    assert refused(Phone().join(known, code="")) == (422, "wrong_code")
    assert Phone().join(known).status_code == 200
    said = {"name": "Bo Lane", "mobile": "07700 900456"}
    assert refused(Phone().join(of_bo, code="", **said)) == (422, "wrong_code")
    assert Phone().join(of_bo, **said).status_code == 200


def test_mobiles_are_not_tried_without_the_code(
    campaign: Campaign, street: Street
) -> None:
    ada = make_volunteer(campaign, mobile="+447700900123")
    out = issue(street.round, "volunteer", volunteer=ada)
    numbers = [f"07700 9002{number:02d}" for number in range(20)]

    answers = [refused(Phone().join(out, code="", mobile=one)) for one in numbers]

    assert answers[:10] == [(422, "wrong_code")] * 10
    assert set(answers[10:]) == {(429, "too_many_guesses")}
    assert not FieldPhone.objects.exists()


def wrong(out: RoundIssue, times: int, *, nonce: str = "", **place: str) -> Any:
    """The last answer to so many wrong codes."""
    phone = Phone()
    phone.client = Client(**place)
    for _ in range(times):
        answer = phone.join(out, code="000000", nonce=nonce)
    return refused(answer)


NONCES = [f"{number:022d}" for number in range(200)]


def test_whoever_guesses_keeps_nobody_out_who_has_the_code(
    with_code: RoundIssue,
) -> None:
    assert wrong(with_code, 11, nonce=NONCES[0]) == (429, "too_many_guesses")
    assert wrong(with_code, 200, nonce=NONCES[0]) == (429, "too_many_guesses")

    right = {"code": "483920", "nonce": NONCES[1]}
    assert Phone().join(with_code, **right).status_code == 200


def test_one_that_calls_itself_many_phones_has_thirty_guesses_from_one_place(
    with_code: RoundIssue,
) -> None:
    answers = [wrong(with_code, 1, nonce=nonce) for nonce in NONCES[:40]]

    assert answers[:30] == [(422, "wrong_code")] * 30
    assert answers[30:] == [(429, "too_many_guesses")] * 10
    elsewhere = Phone()
    elsewhere.client = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.join(with_code, code="483920").status_code == 200


def test_one_phone_does_not_lock_the_code_for_the_others(
    with_code: RoundIssue,
) -> None:
    answers = []
    for hour in (0, 1, 2, 4, 8, 16, 23):
        JoinGuesses.objects.update(since=now() - timedelta(hours=hour))
        answers += [wrong(with_code, 1, nonce=nonce) for nonce in NONCES[:40]]

    assert answers.count((422, "wrong_code")) == 90
    elsewhere = Phone()
    elsewhere.client = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.join(with_code, code="483920").status_code == 200
    assert wrong(with_code, 1) == (429, "too_many_guesses")


def test_whoever_shares_a_connection_with_a_guesser_waits_a_little_and_reads_it(
    with_code: RoundIssue,
) -> None:
    for nonce in NONCES[:31]:
        wrong(with_code, 1, nonce=nonce)
    right = {"code": "483920", "nonce": NONCES[100]}
    JoinGuesses.objects.update(since=now() - timedelta(minutes=10, seconds=-30))

    told = Phone().join(with_code, **right)

    sentence = json.loads(told.content)["error"]["message"]
    assert "wait 6 min, or ask the organiser" in sentence
    JoinGuesses.objects.update(since=now() - timedelta(minutes=16))
    assert Phone().join(with_code, **right).status_code == 200


def test_a_wait_counts_from_the_first_wrong_code_not_from_a_right_one(
    with_code: RoundIssue,
) -> None:
    assert Phone().join(with_code, code="483920", nonce=NONCES[0]).status_code == 200
    JoinGuesses.objects.update(since=now() - timedelta(minutes=16))

    answers = [wrong(with_code, 1, nonce=nonce) for nonce in NONCES[1:42]]

    assert answers[30:] == [(429, "too_many_guesses")] * 11


def test_whoever_guessed_right_long_ago_is_counted_anew(with_code: RoundIssue) -> None:
    right = {"code": "483920", "nonce": NONCES[0]}
    Phone().join(with_code, **right)
    JoinGuesses.objects.update(since=now() - timedelta(minutes=14))

    assert wrong(with_code, 11, nonce=NONCES[0]) == (429, "too_many_guesses")

    told = Phone().join(with_code, **right)
    assert "wait 15 min" in json.loads(told.content)["error"]["message"]


def test_a_long_wait_is_said_in_hours(with_code: RoundIssue) -> None:
    for nonce in NONCES[:30]:
        wrong(with_code, 1, nonce=nonce)
    of_a_place = JoinGuesses.objects.filter(counted__contains=OF_A_PLACE)
    of_a_place.update(wrong=80)
    right = {"code": "483920", "nonce": NONCES[100]}

    phone = Phone()

    assert (
        "wait about 16 hours, or ask" in phone.join(with_code, **right).content.decode()
    )
    phone.client.cookies["django_language"] = "cy"
    assert "arhoswch tua 16 awr" in phone.join(with_code, **right).content.decode()


def test_an_organiser_lets_a_phone_that_waits_try_again(
    with_code: RoundIssue, organiser: User
) -> None:
    session = with_code.session
    assert session
    assert wrong(with_code, 11, nonce=NONCES[0]) == (429, "too_many_guesses")
    desk = signed_in(organiser)
    address = f"/mayor-2024/sessions/{session.pk}/"
    assert "Let them try again" in desk.get(address).content.decode()

    desk.post(f"{address}code/", {"wanted": "let_try"})

    right = {"code": "483920", "nonce": NONCES[0]}
    assert Phone().join(with_code, **right).status_code == 200


def test_an_organiser_lets_those_who_wait_try_again_with_the_same_code(
    with_code: RoundIssue, organiser: User
) -> None:
    session = with_code.session
    assert session
    for nonce in NONCES[:31]:
        wrong(with_code, 1, nonce=nonce)
    desk = signed_in(organiser)
    address = f"/mayor-2024/sessions/{session.pk}/"
    assert "One internet connection has to wait" in desk.get(address).content.decode()

    page = desk.post(f"{address}code/", {"wanted": "let_try"}, follow=True)

    assert "Whoever waited may try the code again." in page.content.decode()
    assert "One internet connection has to wait" not in page.content.decode()
    assert JoinGuesses.objects.get(counted=session.code_name).wrong == 30
    assert Phone().join(with_code, code="483920").status_code == 200


def test_a_round_with_a_code_of_its_own_is_tried_again_as_a_session_is(
    out: RoundIssue, organiser: User
) -> None:
    for nonce in NONCES[:31]:
        wrong(out, 1, nonce=nonce)
    desk = signed_in(organiser)
    address = f"/mayor-2024/rounds/out/{out.pk}/"
    assert "One internet connection has to wait" in desk.get(address).content.decode()

    desk.post(f"{address}code/", {"wanted": "let_try"})

    assert Phone().join(out).status_code == 200


def test_a_phone_with_many_internet_addresses_guesses_from_one_place(
    with_code: RoundIssue,
) -> None:
    places = [f"2001:db8:1:2::{number:x}" for number in range(1, 36)]
    answers = [wrong(with_code, 1, REMOTE_ADDR=place) for place in places]

    assert answers[-1] == (429, "too_many_guesses")
    elsewhere = Phone()
    elsewhere.client = Client(REMOTE_ADDR="2001:db8:1:3::1")
    assert elsewhere.join(with_code, code="483920").status_code == 200


def test_a_place_that_had_its_share_writes_nothing_more(with_code: RoundIssue) -> None:
    for nonce in NONCES[:30]:
        wrong(with_code, 1, nonce=nonce)
    before = list(JoinGuesses.objects.order_by("pk").values())

    wrong(with_code, 1, nonce=NONCES[40])

    assert list(JoinGuesses.objects.order_by("pk").values()) == before


def test_a_hundred_guesses_from_wherever_lock_the_code_until_there_is_another(
    with_code: RoundIssue, campaign: Campaign, ward: Ward, organiser: User
) -> None:
    session = with_code.session
    assert session
    another = issue(make_street(campaign, ward, doors=1).round, session=session)
    places = [f"192.0.2.{number}" for number in range(50)]
    first = [wrong(with_code, 2, REMOTE_ADDR=place) for place in places[:25]]
    then = [wrong(another, 2, REMOTE_ADDR=place) for place in places[25:]]

    assert first + then == [(422, "wrong_code")] * 50
    told = refused(Phone().join(with_code, code="483920"))
    assert told == (429, "too_many_guesses")
    desk = signed_in(organiser)
    address = f"/mayor-2024/sessions/{session.pk}/"
    assert "Locked: 10" in desk.get(address).content.decode()

    desk.post(f"{address}code/")

    session.refresh_from_db()
    page = desk.get(address).content.decode()
    assert "Locked" not in page
    assert wrong(with_code, 1, REMOTE_ADDR=places[0]) == (422, "wrong_code")
    assert Phone().join(with_code, code=session.short_code).status_code == 200


def test_guesses_from_one_place_are_counted_over_all_links(
    with_code: RoundIssue, campaign: Campaign, ward: Ward
) -> None:
    session = with_code.session
    others = [
        issue(make_street(campaign, ward, doors=1).round, session=session)
        for _ in range(2)
    ]

    for out in (*others, *others, *others, *others, *others):
        Phone().join(out, code="000000")

    assert refused(Phone().join(with_code, code="483920")) == (429, "too_many_guesses")


def test_after_a_quarter_of_an_hour_the_code_may_be_tried_again(
    with_code: RoundIssue,
) -> None:
    for _ in range(11):
        Phone().join(with_code, code="000000")

    JoinGuesses.objects.update(since=now() - timedelta(minutes=16))

    assert Phone().join(with_code, code="483920").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_taken_by_one_phone(street: Street) -> None:
    out = issue(street.round)
    RoundIssue.objects.update(most_phones=1)
    together = Barrier(4)

    def join(number: int) -> int:
        together.wait()
        try:
            answer = Phone().join(
                out, name=f"Knocker {number}", mobile=f"07700 90010{number}"
            )
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as phones:
        assert sorted(phones.map(join, range(4))) == [200, 422, 422, 422]
    assert FieldPhone.objects.count() == 1


NONCE = "sTq0k3v8Zr1yWn6bXcPdLg"


def test_a_phone_that_heard_no_answer_joins_again_and_is_the_same(
    street: Street, campaign: Campaign
) -> None:
    out = issue(street.round, "volunteer", volunteer=make_volunteer(campaign))
    first, again, other = Phone(), Phone(), Phone()

    first.join(out, nonce=NONCE)
    answer = again.join(out, nonce=NONCE)
    elsewhere = other.join(out, nonce=NONCE[::-1])

    assert answer.status_code == 200
    assert again.key == first.key
    assert again.get("round").status_code == 200
    assert FieldPhone.objects.count() == 1
    assert refused(elsewhere) == (422, "link_taken")


def test_a_phone_that_was_cut_off_before_it_heard_its_key_joins_with_another(
    street: Street, campaign: Campaign
) -> None:
    own = issue(street.round, "volunteer", volunteer=make_volunteer(campaign))
    lost, again, once_more = Phone(), Phone(), Phone()
    lost.join(own, nonce=NONCE)
    by = system(campaign.organisation)
    close_phone(FieldPhone.objects.get(), ClosedBecause.REVOKED, by=by, at=NOW)

    again.join(own, nonce=NONCE)
    once_more.join(own, nonce=NONCE)

    assert again.key == once_more.key != lost.key
    assert again.get("round").status_code == 200
    assert FieldPhone.objects.count() == 2


def test_a_nonce_that_anybody_could_guess_is_none(out: RoundIssue) -> None:
    first, again = Phone(), Phone()

    first.join(out, nonce="1234")
    again.join(out, nonce="1234")

    assert again.key != first.key


def test_whoever_signed_out_is_at_no_door_and_with_nobody_under_18(
    out: RoundIssue,
) -> None:
    adult = Phone()
    adult.join(out)
    adult.post("sign-out", {})

    alone = Phone().join(out, name="Yan Young", mobile="07700 900456", is_18=False)

    assert refused(alone) == (422, "under_18")
    assert RoundKnocker.objects.get(volunteer__name="Ada Finch").left_at


def test_whoever_signs_one_of_two_phones_out_goes_on_knocking(out: RoundIssue) -> None:
    first, second = Phone(), Phone()
    first.join(out)
    second.join(out)

    first.post("sign-out", {})

    assert RoundKnocker.objects.get().left_at is None
