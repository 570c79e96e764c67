"""The verdict on each contact: the first reason to hold it, or none."""

import json
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest

from canvassing.rules.contacts import (
    REASONS,
    Answer,
    ContactContext,
    ContactItem,
    ElectorFacts,
    Ours,
    reason_to_hold,
    verdict_on_the_rest,
)
from canvassing.rules.intentions import Codes, IntentionMeaning, OutcomeMeaning
from tests.cast import NOW

HAZEL, ROWAN = 11, 12


def intention(pk: int, kind: str = "intention", **fields: Any) -> IntentionMeaning:
    values = {
        "names_us": False,
        "candidate_id": None,
        "strength": None,
        "counts_as_spoken": True,
        "counts_as_pledge": False,
    }
    return IntentionMeaning(id=pk, kind=kind, **values | fields)


CODES = Codes(
    intentions={
        "P1": intention(1, names_us=True, candidate_id=ROWAN, counts_as_pledge=True),
        "B": intention(2, candidate_id=HAZEL),
        "W": intention(3, "wont_say"),
        "OLD": intention(4, retired_at=NOW - timedelta(days=9)),
    },
    outcomes={
        "spoken": OutcomeMeaning(1, True),
        "not_in": OutcomeMeaning(2, False),
        "gone": OutcomeMeaning(3, False, NOW - timedelta(days=9)),
    },
    candidate_ids=frozenset((HAZEL, ROWAN)),
)
IVY = ElectorFacts(1, ward_id=7, is_current=True, is_anonymous=False)
EARLIER, ELSEWHERE = UUID(int=10), UUID(int=11)
CONTEXT = ContactContext(
    codes=CODES,
    electors={
        1: IVY,
        2: replace(IVY, elector_id=2, ward_id=8),
        3: replace(IVY, elector_id=3, is_current=False),
        4: replace(IVY, elector_id=4, is_anonymous=True),
    },
    originals={EARLIER: IVY, ELSEWHERE: None},
    reach=frozenset({7}),
    asks_second_preference=True,
    ours=Ours(session_ids={5}, volunteer_ids={6}),
)
ITEM = ContactItem(UUID(int=1), 1, "spoken", "door", NOW, intention="P1")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"elector_id": 99}, "not_yours"),
        ({"elector_id": 2}, "not_yours"),
        ({"elector_id": 3}, "left_register"),
        ({"elector_id": 3, "corrects": EARLIER}, ""),
        ({"elector_id": 4}, "anonymous_entry"),
        ({"outcome": "Z"}, "unknown_outcome"),
        ({"outcome": ""}, "unknown_outcome"),
        ({"outcome": "gone", "intention": ""}, "unknown_outcome"),
        ({"outcome": "not_in", "intention": ""}, ""),
        ({"outcome": "not_in"}, "nobody_answered"),
        ({"outcome": "not_in", "intention": "", "pledge": True}, "nobody_answered"),
        ({"intention": "Q"}, "unknown_intention"),
        ({"intention": "OLD"}, "unknown_intention"),
        ({"intention": "OLD", "said_at": NOW - timedelta(days=30)}, ""),
        ({"voted_last_time": "B"}, ""),
        ({"voted_last_time": "Q"}, "unknown_last_vote"),
        ({"intention": "B", "pledge": True}, "contradiction"),
        ({"intention": "B", "pledge": False}, ""),
        ({"second_preference_id": HAZEL}, ""),
        ({"second_preference_id": 99}, "second_preference_unknown"),
        ({"second_preference_id": ROWAN}, "second_preference_is_first"),
        ({"note": "x" * 281}, "note_too_long"),
        ({"session_id": 5, "spoke_id": 6}, ""),
        ({"session_id": 9}, "unknown_session"),
        ({"spoke_id": 9}, "unknown_volunteer"),
        ({"corrects": EARLIER}, ""),
        ({"corrects": UUID(int=2)}, ""),
        ({"corrects": ELSEWHERE}, "corrects_unknown"),
        ({"corrects": ITEM.uuid}, "corrects_itself"),
        ({"corrects": EARLIER, "outcome": "", "intention": ""}, ""),
        ({"corrects": EARLIER, "outcome": ""}, "unknown_outcome"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else value or "files",
)
def test_the_first_reason_to_hold(changes: dict[str, Any], reason: str) -> None:
    assert reason_to_hold(replace(ITEM, **changes), CONTEXT) == reason
    assert not reason or REASONS[reason].endswith(".")


def test_a_second_preference_is_held_where_the_election_has_none() -> None:
    item = replace(ITEM, second_preference_id=HAZEL)
    context = replace(CONTEXT, asks_second_preference=False)

    assert reason_to_hold(item, context) == "second_preference_not_asked"


@pytest.mark.parametrize(
    ("on_file", "answer", "code"),
    [
        ({}, Answer.HELD, "corrected_before"),
        ({ITEM.uuid: ITEM.content_hash()}, Answer.ALREADY_FILED, ""),
        ({ITEM.uuid: ""}, Answer.ALREADY_FILED, ""),
        ({ITEM.uuid: "another"}, Answer.HELD, "other_content"),
    ],
)
def test_what_comes_again_is_on_file_or_held(
    on_file: dict[UUID, str], answer: Answer, code: str
) -> None:
    verdict = verdict_on_the_rest(ITEM, "", on_file)

    assert (verdict.answer, verdict.code) == (answer, code)


def test_an_item_survives_being_held() -> None:
    item = replace(ITEM, corrects=EARLIER, note="Łukasz: call after six")

    again = ContactItem.from_json(item.as_json())

    assert again == item
    assert again.content_hash() == item.content_hash()


class Way(StrEnum):
    STALL = "stall"


def test_what_is_said_on_a_channel_of_an_enumeration_has_the_hash_of_its_text() -> None:
    item = replace(ITEM, channel=Way.STALL)

    assert item.content_hash() == replace(ITEM, channel="stall").content_hash()
    again = ContactItem.from_json(json.loads(json.dumps(item.as_json())))
    assert again.content_hash() == item.content_hash()


def test_the_hash_tells_any_two_contents_apart() -> None:
    changes = {"intention": "B", "pledge": False, "note": "x", "channel": "phone"}
    items = [replace(ITEM, **{name: value}) for name, value in changes.items()]

    assert len({item.content_hash() for item in (ITEM, *items)}) == 5


def test_what_no_database_can_keep_is_left_out() -> None:
    item = replace(ITEM, note="gate\0 \ud83d code")

    assert item.note == "gate  code"
