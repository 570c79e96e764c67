"""The campaign's own settings, and where it is fought."""

import html
import re

import pytest

from campaigns.actions.campaign_settings import SettingRefused, change_campaign
from campaigns.actions.expense_checks import Share
from campaigns.models import AuditEntry, Campaign, Council, User, Ward
from canvassing.actions.standing import refresh_some
from canvassing.models import ElectorStanding
from tests.campaigns.purchases import commit, notice
from tests.cast import NOW, actor, make_district, make_elector
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Mayor",
    "pledge_word": "promise",
    "pledges_planned": "1200",
    "agent_name": "Ada Agent",
    "joint_candidates": "1",
    "imprint_promoter": "Ada Agent, 1 Elm Row",
    "imprint_on_behalf_of": "Rowan Ash, 1 Elm Row",
    "imprint_printer": "Plane Press, 2 Elm Row",
    "privacy_notice_url": "https://alder.example/privacy",
}


def settings_of(campaign: Campaign) -> str:
    return f"/{campaign.slug}/campaign/"


@pytest.fixture
def of_a_ward(campaign: Campaign) -> None:
    """It fights a seat of a ward, for which candidates may stand jointly."""
    campaign.election.slug = "local.wolverhampton.penn.2024-05-02"
    campaign.election.save(update_fields=["slug"])


def test_an_imprint_is_saved_and_audited_without_its_words(
    campaign: Campaign, organiser: User
) -> None:
    signed_in(organiser).post(settings_of(campaign), GIVEN)

    campaign.refresh_from_db()
    assert campaign.imprint_printer == "Plane Press, 2 Elm Row"
    entry = AuditEntry.objects.get(verb="campaign.changed")
    assert "imprint_printer" in entry.data["fields"]
    assert "Plane" not in str(entry.data)


def test_the_notice_of_all_campaigns_is_set_by_who_organises_all(
    campaign: Campaign, organiser: User
) -> None:
    client, notice = signed_in(organiser), GIVEN["privacy_notice_url"]

    page = client.get(settings_of(campaign)).content.decode()
    client.post(settings_of(campaign), GIVEN)
    campaign.organisation.refresh_from_db()
    assert re.search(r"privacy_notice_url\"[^>]* disabled", page)
    assert campaign.organisation.privacy_notice_url == ""

    organiser.memberships.update(campaign=None)
    client.post(settings_of(campaign), GIVEN)
    campaign.organisation.refresh_from_db()
    assert campaign.organisation.privacy_notice_url == notice
    entry = AuditEntry.objects.get(verb="organisation.changed")
    assert (entry.campaign_id, entry.target) == (
        None,
        f"organisation:{campaign.organisation_id}",
    )


def test_saving_what_is_there_already_changes_and_audits_nothing(
    campaign: Campaign, organiser: User
) -> None:
    client = signed_in(organiser)
    client.post(settings_of(campaign), GIVEN)

    text = client.post(settings_of(campaign), GIVEN, follow=True).content.decode()

    assert "Nothing was changed." in text
    assert AuditEntry.objects.filter(verb="campaign.changed").count() == 1


@pytest.mark.usefixtures("of_a_ward")
def test_a_page_left_open_puts_back_nothing_that_a_colleague_changed(
    campaign: Campaign, organiser: User
) -> None:
    client = signed_in(organiser)
    opened = client.get(settings_of(campaign)).content.decode()
    client.post(settings_of(campaign), GIVEN)
    sent = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(
            r'<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?', opened
        )
    }

    stale = {name: sent[f"initial-{name}"] for name in GIVEN} | {"agent_name": "New"}
    client.post(settings_of(campaign), sent | stale)

    campaign.refresh_from_db()
    assert campaign.agent_name == "New"
    assert campaign.imprint_printer == "Plane Press, 2 Elm Row"
    assert campaign.pledges_planned == 1200


def test_a_campaign_without_a_name_is_refused_beside_the_field(
    campaign: Campaign, organiser: User
) -> None:
    answer = signed_in(organiser).post(settings_of(campaign), {**GIVEN, "name": ""})

    assert "This is missing" in answer.content.decode()
    campaign.refresh_from_db()
    assert campaign.name != ""


@pytest.mark.usefixtures("of_a_ward")
def test_how_many_stand_jointly_is_audited_as_it_was_and_is(
    campaign: Campaign, organiser: User
) -> None:
    signed_in(organiser).post(settings_of(campaign), {**GIVEN, "joint_candidates": "3"})

    told = AuditEntry.objects.get(verb="campaign.changed").data
    assert told["before"]["joint_candidates"] == 1
    assert told["after"]["joint_candidates"] == 3


@pytest.mark.usefixtures("of_a_ward")
def test_once_money_is_committed_only_the_agent_moves_the_limit_of_joint_candidates(
    campaign: Campaign, organiser: User, agent: User
) -> None:
    notice(campaign, electors=7_641, councils=None)
    commit(campaign, "900.00")
    desk, joint = signed_in(organiser), f"/{campaign.slug}/money/limit/joint/"
    sent = {**GIVEN, "joint_candidates": "3", "name": "Mayor of us all"}

    page = desk.get(settings_of(campaign)).content.decode()
    desk.post(settings_of(campaign), sent)
    with pytest.raises(SettingRefused, match="only the election agent"):
        change_campaign(campaign, {"joint_candidates": 3}, by=actor(organiser), at=NOW)
    campaign.refresh_from_db()
    before = (campaign.name, campaign.joint_candidates)
    nobody = desk.post(joint, {"joint_candidates": "2"})
    wrong = signed_in(agent).post(joint, {"joint_candidates": "0"})
    done = signed_in(agent).post(joint, {"joint_candidates": "2"}, follow=True)
    again = signed_in(agent).post(joint, {"joint_candidates": "2"}, follow=True)

    assert "only the election agent changes the number of joint candidates" in page
    assert before == ("Mayor of us all", 1)
    assert nobody.status_code == 404
    assert "greater than or equal to 1" in wrong.content.decode()
    assert wrong.context["form"]["is_official"].value() == "yes"
    assert "for so many candidates now" in done.content.decode()
    assert "for so many candidates now" not in again.content.decode()
    assert "Numbers for the limit" in again.content.decode()
    campaign.refresh_from_db()
    assert campaign.joint_candidates == 2
    told = AuditEntry.objects.filter(verb="campaign.changed").latest("pk").data
    assert told["after"] == {"joint_candidates": 2}


def test_a_share_of_anothers_expense_is_committed_money_too(
    campaign: Campaign, other_campaign: Campaign, organiser: User
) -> None:
    notice(campaign)
    notice(other_campaign, electors=7_641, councils=None)
    half = Share(1, 2, "One leaflet for both", campaign=other_campaign)
    commit(campaign, "100.00", shares=[half])

    with pytest.raises(SettingRefused):
        change_campaign(
            other_campaign, {"joint_candidates": 2}, by=actor(organiser), at=NOW
        )


def test_a_poll_whose_rule_for_joint_candidates_was_not_read_takes_none(
    campaign: Campaign, organiser: User, agent: User
) -> None:
    joint = f"/{campaign.slug}/money/limit/joint/"

    settings = signed_in(organiser).get(settings_of(campaign)).content.decode()
    numbers = signed_in(agent).get(f"/{campaign.slug}/money/limit/").content.decode()
    typed = signed_in(agent).post(joint, {"joint_candidates": "2"})

    assert "Joint candidates" not in settings + numbers
    assert typed.status_code == 200
    assert "was not read for a combined authority mayor" in typed.content.decode()
    campaign.refresh_from_db()
    assert campaign.joint_candidates == 1


def test_joint_candidates_typed_before_their_rule_was_asked_for_are_put_right(
    campaign: Campaign, organiser: User
) -> None:
    campaign.joint_candidates = 2
    campaign.save(update_fields=["joint_candidates"])

    signed_in(organiser).post(settings_of(campaign), GIVEN)

    campaign.refresh_from_db()
    assert campaign.joint_candidates == 1
    assert "Joint candidates" not in (
        signed_in(organiser).get(settings_of(campaign)).content.decode()
    )


@pytest.mark.parametrize("number", ["0", "-1", "32768"])
@pytest.mark.usefixtures("of_a_ward")
def test_fewer_candidates_than_one_and_more_than_can_be_are_refused(
    campaign: Campaign, organiser: User, number: str
) -> None:
    sent = {**GIVEN, "joint_candidates": number}

    answer = signed_in(organiser).post(settings_of(campaign), sent)

    assert 'class="errorlist"' in answer.content.decode()
    campaign.refresh_from_db()
    assert campaign.joint_candidates == 1


def test_a_ward_left_out_takes_its_electors_along_and_brings_them_back(
    campaign: Campaign, organiser: User, ward: Ward, other_ward: Ward
) -> None:
    campaign.councils.add(ward.council)
    elector = make_elector(make_district(campaign.organisation, other_ward))
    refresh_some(organisation_id=campaign.organisation_id, electors=[elector.pk])
    client, address = signed_in(organiser), f"{settings_of(campaign)}wards/"
    standing = ElectorStanding.objects.filter(campaign=campaign, elector=elector)

    client.post(address, {"wards": [ward.pk]})
    assert not standing.get().is_current

    client.post(address, {"wards": [ward.pk, other_ward.pk]})
    assert standing.get().is_current


@pytest.mark.parametrize("chosen", [[], ["elsewhere"]])
def test_no_ward_and_a_ward_of_another_council_are_refused(
    campaign: Campaign, organiser: User, other_council: Council, chosen: list[str]
) -> None:
    elsewhere = Ward.objects.create(
        gss="E05014099", name="Elsewhere", council=other_council
    )
    before = set(campaign.wards.all())

    answer = signed_in(organiser).post(
        f"{settings_of(campaign)}wards/",
        {"wards": [elsewhere.pk for _ in chosen]},
    )

    assert 'class="errorlist"' in answer.content.decode()
    assert set(campaign.wards.all()) == before


def test_whoever_only_sees_the_campaign_does_not_change_it(
    campaign: Campaign, agent: User
) -> None:
    assert signed_in(agent).get(settings_of(campaign)).status_code == 404
    assert "The campaign</a>" not in (
        signed_in(agent).get(f"/{campaign.slug}/").content.decode()
    )
