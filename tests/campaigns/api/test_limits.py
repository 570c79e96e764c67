"""What the limit rests on by REST: the numbers, the days that count, the deadlines."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from campaigns.models import AuditEntry, Campaign, LimitNotice, User
from campaigns.roles import Role
from tests.campaigns.api.test_tokens import client_of, client_of_person, token_for
from tests.campaigns.purchases import commit, notice
from tests.cast import member

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/campaigns/mayor-2024/"
NOTICES = f"{ADDRESS}limit-notices/"
DAYS = f"{ADDRESS}spending/days/"
JOINT = f"{ADDRESS}spending/joint-candidates/"
LETTER = {
    "is_official": True,
    "electors": 2_000_000,
    "councils": 7,
    "given_on": "2024-04-02",
    "document": "Letter 9",
}
UNKNOWN = {
    "became_candidate_on": None,
    "period_opened_on": None,
    "parliament_met_on": None,
    "agent_appointed_on": None,
    "result_declared_on": None,
}


@pytest.fixture
def signed_in(agent: User) -> APIClient:
    cache.clear()
    return client_of_person(agent)


@pytest.fixture
def tool(campaign: Campaign) -> APIClient:
    cache.clear()
    return client_of(token_for(campaign)[1])


def test_the_agent_files_numbers_and_hears_whether_they_hold(
    campaign: Campaign, signed_in: APIClient
) -> None:
    made = signed_in.post(NOTICES, LETTER, format="json")
    older = signed_in.post(
        NOTICES, LETTER | {"given_on": "2024-04-01", "electors": 5}, format="json"
    )
    position = signed_in.get(f"{ADDRESS}spending/").json()
    listed = signed_in.get(NOTICES).json()["results"]

    assert made.status_code == 201
    assert (made.json()["holds"], older.json()["holds"]) == (True, False)
    assert position["limit"]["amount"] == "181280.00"
    assert [one["holds"] for one in listed] == [True, False]
    assert listed[0]["recorded_by"] == "Agnes Agent"
    assert signed_in.get(f"{NOTICES}{made.json()['id']}/").json()["holds"] is True


def test_numbers_from_which_no_limit_can_be_worked_are_refused(
    signed_in: APIClient,
) -> None:
    estimate = LETTER | {"is_official": False, "told_limit": "10.00"}

    silent = signed_in.post(NOTICES, LETTER | {"document": " "}, format="json")
    told = signed_in.post(NOTICES, estimate, format="json")
    unclear = signed_in.post(NOTICES, {**LETTER, "holds": True}, format="json")

    assert (silent.status_code, unclear.status_code) == (400, 400)
    assert told.json()["error"]["code"] == "not_told"
    assert not LimitNotice.objects.exists()


def test_a_notice_typed_wrongly_is_voided_and_the_one_before_holds(
    campaign: Campaign, signed_in: APIClient
) -> None:
    notice(campaign)
    wrong = signed_in.post(NOTICES, LETTER | {"electors": 5}, format="json").json()
    why = {"reason": "Another area's"}

    gone = signed_in.post(f"{NOTICES}{wrong['id']}/void/", why, format="json").json()
    listed = signed_in.get(NOTICES).json()["results"]

    assert wrong["holds"] is True
    assert (gone["void_reason"], gone["holds"]) == ("Another area's", False)
    assert [one["holds"] for one in listed] == [True, False]


def test_a_token_reads_what_the_limit_rests_on_and_moves_none_of_it(
    campaign: Campaign, tool: APIClient
) -> None:
    notice(campaign)

    assert tool.get(NOTICES).json()["results"][0]["electors"] == 2_000_000
    assert tool.get(DAYS).status_code == 200
    assert tool.post(NOTICES, LETTER, format="json").status_code == 403
    one = f"{NOTICES}{LimitNotice.objects.get().pk}/"
    assert tool.post(f"{one}void/", {"reason": "x"}, format="json").status_code == 403
    assert tool.put(DAYS, UNKNOWN, format="json").status_code == 403
    assert LimitNotice.objects.count() == 1


def test_the_agent_sets_the_days_and_the_period_follows(
    campaign: Campaign, signed_in: APIClient
) -> None:
    before = signed_in.get(DAYS).json()
    days = UNKNOWN | {"became_candidate_on": "2024-04-04"}

    after = signed_in.put(DAYS, days, format="json")
    half = signed_in.put(DAYS, {"became_candidate_on": None}, format="json")
    late = signed_in.put(
        DAYS, days | {"became_candidate_on": "2024-05-02"}, format="json"
    )

    assert before["became_candidate_on"] is None
    assert after.json()["short"]["first_on"] == "2024-04-05"
    assert after.json()["short"]["last_on"] == "2024-05-02"
    assert half.status_code == 400
    assert late.json()["error"]["code"] == "day_far_from_poll"
    campaign.refresh_from_db()
    assert str(campaign.became_candidate_on) == "2024-04-04"


def test_the_agent_says_how_many_joint_candidates_there_are(
    campaign: Campaign, signed_in: APIClient
) -> None:
    campaign.election.slug = "local.wolverhampton.penn.2024-05-02"
    campaign.election.save(update_fields=["slug"])
    notice(campaign, electors=7_641, councils=None)
    commit(campaign, "100.00")
    before = signed_in.get(JOINT).json()

    after = signed_in.put(JOINT, {"joint_candidates": 2}, format="json")
    none = signed_in.put(JOINT, {"joint_candidates": 0}, format="json")
    many = signed_in.put(JOINT, {"joint_candidates": 51}, format="json")
    empty = signed_in.put(JOINT, {}, format="json")

    assert before == {"joint_candidates": 1}
    assert (after.status_code, after.json()) == (200, {"joint_candidates": 2})
    assert {none.status_code, many.status_code, empty.status_code} == {400}
    assert signed_in.get(JOINT).json() == {"joint_candidates": 2}
    entry = AuditEntry.objects.get(verb="campaign.changed")
    assert entry.data["before"] == {"joint_candidates": 1}
    assert entry.data["after"] == {"joint_candidates": 2}


def test_nobody_but_the_agent_moves_the_number_of_joint_candidates_by_rest(
    campaign: Campaign, tool: APIClient
) -> None:
    sent = {"joint_candidates": 3}
    treasurer = client_of_person(member("Trudy Treasurer", Role.TREASURER, campaign))

    for caller in (treasurer, tool):
        assert caller.put(JOINT, sent, format="json").status_code == 403
    assert tool.get(JOINT).json() == {"joint_candidates": 1}


def test_the_deadlines_are_read(campaign: Campaign, tool: APIClient) -> None:
    found = tool.get(f"{ADDRESS}spending/deadlines/").json()

    agents, bills = found["days"][:2]
    assert (agents["code"], agents["day"]) == ("agent", "2024-04-05")
    assert "Mark R" in agents["how"]
    assert (bills["code"], bills["day"]) == ("bills_received", "2024-05-23")
