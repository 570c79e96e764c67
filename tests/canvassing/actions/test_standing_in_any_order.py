"""Standing follows from the facts alone, in whatever order they arrive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import Campaign, Elector, ElectorMerge, Ward
from canvassing.actions.contact_merges import follow_merge
from canvassing.models import ElectorStanding
from canvassing.rules.contacts import ContactItem
from tests.canvassing.contact_helpers import differences, prepare, record
from tests.cast import NOW, make_district, make_elector

PEOPLE = 3
PLEDGES = {"P1": True, "P2": None, "B": False, "U": False, "W": None, "": None}
MERGE, MERGE_AND_UNDO = "merge", "merge and undo"


@dataclass(frozen=True)
class Scene:
    """What happens, in one order or another; `people` are places in the list."""

    said: tuple[tuple[int, str, bool | None], ...]
    corrected: frozenset[int]
    withdrawn: frozenset[int]
    is_merged: bool
    first: tuple[Any, ...]
    second: tuple[Any, ...]


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    answers = st.tuples(
        st.integers(0, PEOPLE - 1),
        st.sampled_from(sorted(PLEDGES)),
        st.sampled_from((None, False)),
    )
    said = draw(st.lists(answers, min_size=1, max_size=7))
    places = st.frozensets(st.integers(0, len(said) - 1))
    corrected = draw(places)
    withdrawn = draw(places) - corrected
    is_merged = draw(st.booleans())
    events: list[Any] = [("said", n) for n in range(len(said))]
    events += [("corrected", n) for n in corrected]
    events += [("withdrawn", n) for n in withdrawn]
    events += [MERGE] if is_merged else [MERGE_AND_UNDO]
    return Scene(
        tuple(said),
        corrected,
        withdrawn,
        is_merged,
        tuple(draw(st.permutations(events))),
        tuple(draw(st.permutations(events))),
    )


def item_of(scene: Scene, what: str, n: int, people: list[Elector]) -> ContactItem:
    """Contacts are said in their order in the scene, a minute apart."""
    person, intention, pledge = scene.said[n]
    item = ContactItem(
        uuid=UUID(int=n + 1),
        elector_id=people[person].pk,
        outcome="spoken",
        channel="door",
        said_at=NOW - timedelta(minutes=100 - n),
        intention=intention,
        pledge=pledge,
    )
    if what == "said":
        return item
    takes_its_place = {"uuid": UUID(int=1000 + n), "corrects": item.uuid}
    if what == "corrected":
        return replace(item, intention="B", pledge=None, **takes_its_place)
    return replace(item, outcome="", intention="", pledge=None, **takes_its_place)


def merge(people: list[Elector], *, undo: bool) -> None:
    """The last person proves to be the first; or so it seemed."""
    kept, tombstone = people[0], people[-1]
    row = ElectorMerge(
        organisation_id=kept.organisation_id,
        kept=kept,
        tombstone=tombstone,
        merged_at=NOW,
        by_kind="system",
        by_label="Committee Room",
    )
    row.save()
    Elector.objects.filter(pk=tombstone.pk).update(merged_into=kept)
    row.moved = follow_merge(kept=kept, tombstone=tombstone, merge=row)
    if undo:
        Elector.objects.filter(pk=tombstone.pk).update(merged_into=None)
        follow_merge(kept=kept, tombstone=tombstone, merge=row, undo=True)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def standings(campaign: Campaign) -> list[tuple[Any, ...]]:
    rows = ElectorStanding.objects.filter(campaign=campaign).order_by("elector_id")
    return list(
        rows.values_list(
            "elector_id",
            "is_current",
            "intention__code",
            "intention_contact__uuid",
            "pledged",
            "pledge_contact__uuid",
            "last_contact__uuid",
            "last_contact_at",
            "last_spoken_at",
        )
    )


def play(
    campaign: Campaign, scene: Scene, events: tuple[Any, ...], people: list[Elector]
) -> list[tuple[Any, ...]]:
    with undone():
        for event in events:
            if event in (MERGE, MERGE_AND_UNDO):
                merge(people, undo=event == MERGE_AND_UNDO)
            else:
                record(campaign, item_of(scene, *event, people))
        seen = standings(campaign)
        assert differences(campaign) == 0
    return seen


def expected(
    scene: Scene, people: list[Elector]
) -> dict[int, tuple[str | None, bool, datetime | None]]:
    """The rules once more, in words of one loop."""
    answers = {person.pk: (None, False, None) for person in people}
    for n, (person, intention, pledge) in enumerate(scene.said):
        if n in scene.withdrawn:
            continue
        if n in scene.corrected:
            intention, pledge = "B", None
        is_first = scene.is_merged and person == PEOPLE - 1
        elector = people[0 if is_first else person].pk
        code, pledged, _ = answers[elector]
        says = pledge if pledge is not None else PLEDGES[intention]
        answers[elector] = (
            intention or code,
            pledged if says is None else says,
            NOW - timedelta(minutes=100 - n),
        )
    return answers


@pytest.fixture
def people(campaign: Campaign, ward: Ward) -> list[Elector]:
    district = make_district(campaign.organisation, ward)
    people = [make_elector(district) for _ in range(PEOPLE)]
    prepare(campaign)
    return people


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(scene=scenes())
def test_any_order_of_arrival_gives_the_same_standing(
    campaign: Campaign, people: list[Elector], scene: Scene
) -> None:
    first = play(campaign, scene, scene.first, people)
    second = play(campaign, scene, scene.second, people)

    assert first == second
    assert {row[0]: (row[2], row[4], row[7]) for row in first} == expected(
        scene, people
    )
