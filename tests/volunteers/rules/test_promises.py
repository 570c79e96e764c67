"""The wordings of the data promise."""

from datetime import date, timedelta

from volunteers.rules.promises import ENGLISH, PROMISES, WELSH, promise_on


def test_wordings_follow_each_other_by_day() -> None:
    days = [one.from_day for one in PROMISES]
    assert days == sorted(set(days))
    assert len({one.version for one in PROMISES}) == len(PROMISES)


def test_each_day_is_asked_the_wording_of_its_time() -> None:
    for one in PROMISES:
        assert promise_on(one.from_day) == one
    assert promise_on(date(2000, 1, 1)) == PROMISES[0]
    assert promise_on(PROMISES[-1].from_day + timedelta(days=9999)) == PROMISES[-1]


def test_a_wording_names_the_organisation_in_every_language() -> None:
    for one in PROMISES:
        said = {
            one.worded_for("Alder Party", language=language) for language in one.texts
        }
        assert one.texts.keys() == {ENGLISH, WELSH}
        assert len(said) == len(one.texts)
        assert all("Alder Party" in words and "{" not in words for words in said)


def test_it_is_english_where_there_is_no_wording_in_a_language() -> None:
    english = PROMISES[0].worded_for("Alder Party", language=ENGLISH)
    assert english.startswith("I will use the names")
    for language in (None, "tlh"):
        assert PROMISES[0].worded_for("Alder Party", language=language) == english
