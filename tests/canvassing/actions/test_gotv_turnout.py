"""Lists by vote history: who is marked as having voted at an earlier poll, or not."""

from datetime import date

import pytest

from campaigns.models import Campaign, Elector, RegisterEdition, Ward
from canvassing.models import VotedMark
from canvassing.reports.turnout import earlier_polls
from canvassing.rules.gotv import GotvRule, Reason, RuleRefused, parse_rule
from tests.canvassing.list_helpers import made, names, stand
from tests.cast import NOW

pytestmark = pytest.mark.django_db
IN_2021, IN_2023 = date(2021, 5, 6), date(2023, 5, 4)


def marked(elector: Elector, poll_on: date = IN_2023, **fields: object) -> None:
    VotedMark.objects.create(
        organisation=elector.organisation,
        elector=elector,
        poll_on=poll_on,
        marked_at=NOW,
        by_kind="system",
        by_label="Committee Room",
        **fields,
    )


@pytest.fixture
def street(campaign: Campaign, ward: Ward, other_ward: Ward) -> dict[str, Elector]:
    """Ivy voted in 2023, Tom did not, Una's mark was a slip; nobody knows of Pam."""
    people = {name: stand(campaign, ward, forename=name) for name in ("Ivy", "Tom")}
    people["Una"] = stand(campaign, ward, forename="Una")
    people["Pam"] = stand(campaign, other_ward, code="PN1", forename="Pam")
    marked(people["Ivy"])
    marked(people["Una"], withdrawn_at=NOW)
    RegisterEdition.objects.update(published_on=date(2022, 12, 1))
    return people


def test_who_voted_at_an_earlier_poll_is_known_by_marks(
    campaign: Campaign, street: dict[str, Elector]
) -> None:
    gotv_list = made(campaign, parse_rule("pledges; voted_on=2023-05-04"))

    assert names(gotv_list) == ["Ivy"]
    left_out = [row.excluded for row in gotv_list.wards.order_by("ward__gss")]
    assert left_out == [{Reason.OTHER_TURNOUT: 2}, {Reason.OTHER_TURNOUT: 1}]


def test_one_of_several_polls_will_do(
    campaign: Campaign, street: dict[str, Elector]
) -> None:
    marked(street["Pam"], IN_2021)

    rule = GotvRule(voted_on=(IN_2021, IN_2023))

    assert set(names(made(campaign, rule))) == {"Ivy", "Pam"}


def test_who_stayed_at_home_is_known_only_where_others_are_marked(
    campaign: Campaign, street: dict[str, Elector]
) -> None:
    rule = GotvRule(not_voted_on=(IN_2023,))

    assert set(names(made(campaign, rule))) == {"Tom", "Una"}


def test_who_came_later_or_was_too_young_did_not_stay_at_home(
    campaign: Campaign, ward: Ward, street: dict[str, Elector]
) -> None:
    young = stand(campaign, ward, forename="Yan")
    Elector.objects.filter(pk=young.pk).update(attains_on=date(2023, 6, 1))
    RegisterEdition.objects.update(published_on=date(2022, 12, 1))
    stand(campaign, ward, forename="Nora")

    rule = GotvRule(not_voted_on=(IN_2023,))

    assert set(names(made(campaign, rule))) == {"Tom", "Una"}


@pytest.mark.parametrize(
    ("poll", "sentence"),
    [
        ("2019-05-02", "We do not know who voted on 2 May 2019."),
        ("2024-05-02", "2 May 2024 is not the day of an earlier poll."),
    ],
)
def test_a_poll_of_which_nothing_is_known_is_refused(
    campaign: Campaign, street: dict[str, Elector], poll: str, sentence: str
) -> None:
    with pytest.raises(RuleRefused, match=sentence):
        made(campaign, parse_rule(f"pledges; not_voted_on={poll}"))


def test_the_polls_offered_are_those_of_which_marks_are_held(
    campaign: Campaign, street: dict[str, Elector]
) -> None:
    marked(street["Ivy"], IN_2021)
    marked(street["Ivy"], campaign.election.poll_on)

    assert earlier_polls(campaign) == [IN_2023, IN_2021]
