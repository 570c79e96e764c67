from collections import Counter
from datetime import datetime, timedelta
from random import Random

from canvassing.models import IntentionKind, OutcomeKind
from config.demo import cast
from config.demo.calendar import POLL, UK, Outing, outings
from config.demo.doorsteps import Rounds, Voter

OURS = "Kingfisher Party"


def make_rounds(homes=300, **fields):
    people = iter(range(10_000))
    ward = [[Voter(n := next(people), str(n)) for _ in range(2)] for _ in range(homes)]
    options = {"support": 0.4, "asks_second": False} | fields
    return Rounds(ward, OURS, ("Oakleaf Party", "Lantern Party"), **options)


def an_outing(places=8):
    start, end = (datetime(2024, 4, 20, hour, tzinfo=UK) for hour in (10, 12))
    return Outing("doors", cast.MAYOR, cast.SHARD_END, start, end, places, "Here")


def test_the_same_dice_give_the_same_answers():
    first = [*make_rounds().walk(an_outing(), Random(1))]
    again = [*make_rounds().walk(an_outing(), Random(1))]

    assert first == again
    assert first


def test_answers_are_given_during_the_outing():
    outing = an_outing()

    for said in make_rounds().walk(outing, Random(2)):
        assert outing.starts_at <= said.at <= outing.ends_at + timedelta(minutes=5)


def test_who_was_spoken_to_is_left_in_peace_when_the_ward_is_walked_again():
    rounds, dice = make_rounds(homes=40), Random(3)

    spoken = Counter(
        said.voter
        for _ in range(30)
        for said in rounds.walk(an_outing(), dice)
        if said.outcome == OutcomeKind.SPOKEN
    )

    assert len(spoken) > 20
    assert set(spoken.values()) == {1}


def test_only_those_who_were_spoken_to_say_how_they_will_vote():
    for said in make_rounds().walk(an_outing(20), Random(4)):
        if said.intention:
            assert said.outcome == OutcomeKind.SPOKEN
        if said.party:
            assert said.intention == IntentionKind.INTENTION
        if said.pledge is not None:
            assert said.party == OURS


def test_a_second_preference_is_for_somebody_else_and_only_where_it_is_asked():
    asked = [*make_rounds(asks_second=True).walk(an_outing(20), Random(5))]
    not_asked = [*make_rounds().walk(an_outing(20), Random(5))]

    assert any(said.second_party for said in asked)
    assert not any(said.second_party for said in not_asked)
    for said in asked:
        assert not said.second_party or said.second_party != said.party


def test_outings_come_in_order_of_days_and_end_with_the_poll():
    days = [outing.starts_at.date() for outing in outings()]

    assert days == sorted(days)
    assert days[-1] == POLL


def test_the_by_election_has_its_own_outings_once_it_is_called():
    by_election = [found for found in outings() if found.campaign == cast.BY_ELECTION]

    assert {found.ward for found in by_election} == {cast.FRIAR_PARK}
    assert min(found.starts_at for found in by_election).month == 3
