"""Reading intentions: what an answer says about a pledge."""

import pytest

from canvassing.rules.intentions import IntentionMeaning, contradicts


def meaning(
    kind: str = "intention", *, us: bool = False, pledge: bool = False
) -> IntentionMeaning:
    return IntentionMeaning(
        id=1,
        kind=kind,
        names_us=us,
        candidate_id=None,
        strength=None,
        counts_as_spoken=True,
        counts_as_pledge=pledge,
    )


PLEDGE = meaning(us=True, pledge=True)
LEAN = meaning(us=True)
OTHER = meaning()


@pytest.mark.parametrize(
    ("intention", "says"),
    [
        pytest.param(PLEDGE, True, id="a pledge makes it"),
        pytest.param(LEAN, None, id="a lean towards us leaves it"),
        pytest.param(meaning("wont_say"), None, id="won't say leaves it"),
        pytest.param(OTHER, False, id="naming another withdraws it"),
        pytest.param(meaning("undecided"), False, id="undecided withdraws it"),
        pytest.param(meaning("not_voting"), False, id="not voting withdraws it"),
        pytest.param(meaning("not_eligible"), False, id="not eligible withdraws it"),
    ],
)
def test_an_answer_makes_leaves_or_withdraws_a_pledge(
    intention: IntentionMeaning, says: bool | None
) -> None:
    assert intention.pledge is says


def test_nobody_pledges_to_us_and_names_another_in_one_breath() -> None:
    assert contradicts(OTHER, pledge=True)
    assert not contradicts(OTHER, pledge=False)
    assert not contradicts(LEAN, pledge=True)
