"""Making a list: who is on it, why the others are not, and that it all adds up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.access import system
from campaigns.actions.exports import ExportRefused
from campaigns.actions.job_parts import run_claimed_part
from campaigns.actions.jobs import cancel_job
from campaigns.actions.supply import CopyRefused
from campaigns.models import (
    AuditEntry,
    Campaign,
    Candidate,
    JobPart,
    Organisation,
    RegisterEdition,
    User,
    Ward,
)
from canvassing.actions.gotv_lists import GotvListRefused, make_gotv_list
from canvassing.models import (
    Eligible,
    GotvList,
    ListState,
    NoContact,
    OutcomeCode,
    VotesBy,
)
from canvassing.reports.gotv_lists import sum_of
from canvassing.rules.gotv import GotvRule, Reason, RuleRefused
from tests.canvassing.contact_helpers import record, said
from tests.canvassing.list_helpers import entries, made, make_code, names, stand
from tests.cast import NOW, actor, make_address, make_district, make_edition

pytestmark = pytest.mark.django_db

# Why an elector is left out, and the standing of which it is the first reason.
LEFT_OUT = {
    Reason.ENDED: {"is_current": False},
    Reason.ANONYMOUS: {"is_anonymous": True},
    Reason.NOT_ELIGIBLE: {"eligible": Eligible.NO},
    Reason.NEEDS_CHECKING: {"eligible": Eligible.CHECK},
    Reason.VOTED: {"voted_at": NOW},
    Reason.POSTED: {"posted": True},
    Reason.NO_CONTACT_PERSON: {"no_contact": NoContact.ALL},
    Reason.NO_CONTACT_HOUSEHOLD: {"household_no_contact": NoContact.DOOR},
    Reason.NO_CONTACT_CHANNEL: {"no_contact": NoContact.DOOR | NoContact.EMAIL},
    Reason.NO_PLEDGE: {"pledged": False},
    Reason.TOO_WEAK: {"strength": 3},
    Reason.VOTES_OTHERWISE: {"votes_by": VotesBy.PROXY},
    Reason.NOT_CONTACTED_SINCE: {"last_contact_at": None},
}
GOOD = {"strength": 1, "votes_by": VotesBy.POST, "last_contact_at": NOW}
RULE = GotvRule(strength=2, votes_by=("post",), since=NOW.date())


@pytest.mark.parametrize("reason", LEFT_OUT, ids=str)
def test_an_elector_is_left_out_for_one_reason(
    campaign: Campaign, ward: Ward, reason: Reason
) -> None:
    stand(campaign, ward, forename="Tom", **GOOD)
    stand(campaign, ward, forename="Ivy", **(GOOD | LEFT_OUT[reason]))

    gotv_list = made(campaign, RULE)

    row = gotv_list.wards.get(ward=ward)
    assert names(gotv_list) == ["Tom"]
    assert row.excluded == {reason: 1}
    assert (row.electors, row.listed) == (2, 1)


def test_the_first_reason_counts_where_many_apply(
    campaign: Campaign, ward: Ward
) -> None:
    everything: dict[str, object] = {}
    for reason in reversed(LEFT_OUT):
        everything |= LEFT_OUT[reason]
        stand(campaign, ward, **(GOOD | everything))

    row = made(campaign, RULE).wards.get(ward=ward)

    assert row.electors == len(LEFT_OUT)
    assert row.excluded[Reason.ENDED] == 1
    assert row.excluded[Reason.VOTED] >= 1
    assert sum_of([row]).reconciles


def test_a_list_of_codes_takes_the_answers_and_not_the_pledges(
    campaign: Campaign, ward: Ward
) -> None:
    doubtful = make_code(campaign, "D")
    stand(campaign, ward, forename="Tom", pledged=False, intention=doubtful)
    stand(campaign, ward, forename="Ivy")

    assert names(made(campaign, GotvRule(pledges=False, codes=("D",)))) == ["Tom"]
    assert len(names(made(campaign, GotvRule(codes=("D",))))) == 2


def test_a_second_preference_may_be_asked_for(campaign: Campaign, ward: Ward) -> None:
    ours = Candidate.objects.get(campaign=campaign, is_ours=True)
    stand(campaign, ward, forename="Tom", second_preference=ours)
    stand(campaign, ward, forename="Ivy")

    assert names(made(campaign, GotvRule(second=ours.name))) == ["Tom"]


def test_the_last_vote_said_may_be_asked_for_unless_it_was_corrected(
    campaign: Campaign, ward: Ward
) -> None:
    make_code(campaign, "T")
    OutcomeCode.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        code="spoken",
        label="Spoken to",
        kind="spoken",
        counts_as_spoken=True,
    )
    tom = stand(campaign, ward, forename="Tom")
    ivy = stand(campaign, ward, forename="Ivy")
    wrong = said(ivy, voted_last_time="T")
    record(campaign, said(tom, voted_last_time="T"), wrong)
    record(campaign, said(ivy, corrects=wrong.uuid))

    gotv_list = made(campaign, GotvRule(voted_last_time=("T",)))

    assert names(gotv_list) == ["Tom"]


def test_a_list_is_in_walking_order_and_counts_its_homes(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    first, second = make_address(district), make_address(district)
    stand(campaign, ward, address=second, forename="Third")
    stand(campaign, ward, address=first, forename="First")
    stand(campaign, ward, address=first, forename="Second")

    gotv_list = made(campaign)

    assert names(gotv_list) == ["First", "Second", "Third"]
    assert [entry.position for entry in entries(gotv_list)] == [1, 2, 3]
    assert gotv_list.wards.get(ward=ward).households == 2


def test_a_part_that_runs_twice_replaces_what_it_wrote(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)
    gotv_list = made(campaign)
    part = JobPart.objects.get(job=gotv_list.job, key=ward.gss)
    JobPart.objects.filter(pk=part.pk).update(
        state="running", lease_until=timezone.now() - timedelta(minutes=5)
    )

    assert run_claimed_part(part.pk)

    assert entries(gotv_list).count() == 1


def test_a_cancelled_list_files_nothing_more(campaign: Campaign, ward: Ward) -> None:
    stand(campaign, ward)
    by = system(campaign.organisation)
    gotv_list = make_gotv_list(
        campaign=campaign, name="", rule=GotvRule(), reason="test", by=by, at=NOW
    )
    assert gotv_list.job is not None
    cancel_job(gotv_list.job, by=by, at=NOW)

    for part in gotv_list.job.parts.all():
        assert not run_claimed_part(part.pk)

    found = GotvList.objects.select_related("job").get(pk=gotv_list.pk)
    assert found.state == ListState.CANCELLED
    assert not entries(found).exists()


def test_two_campaigns_over_the_same_people_make_their_own_lists(
    campaign: Campaign, other_campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)

    assert len(names(made(campaign))) == 1
    assert made(other_campaign).wards.get(ward=ward).electors == 0


def test_a_ward_lead_makes_a_list_of_their_wards_only(
    campaign: Campaign, ward: Ward, other_ward: Ward, ward_lead: User
) -> None:
    stand(campaign, ward)

    assert [row.ward for row in made(campaign, by=actor(ward_lead)).wards.all()] == [
        ward
    ]
    with pytest.raises(GotvListRefused):
        made(campaign, by=actor(ward_lead), wards=[other_ward])


def test_a_list_is_refused_to_whoever_may_make_none(
    campaign: Campaign, agent: User, outsider: User
) -> None:
    for user in (agent, outsider):
        with pytest.raises(GotvListRefused):
            made(campaign, by=actor(user))
    assert not GotvList.objects.exists()


def test_a_list_needs_a_reason(campaign: Campaign) -> None:
    with pytest.raises(ExportRefused):
        made(campaign, reason=" ")


@pytest.mark.parametrize(
    "rule", [GotvRule(codes=("Z",)), GotvRule(second="Nobody Known")]
)
def test_a_rule_may_name_only_what_the_campaign_has(
    campaign: Campaign, rule: GotvRule
) -> None:
    with pytest.raises(RuleRefused):
        made(campaign, rule)


def test_making_a_list_is_written_down_without_names(
    campaign: Campaign, ward: Ward
) -> None:
    stand(campaign, ward)

    gotv_list = made(campaign)

    entry = AuditEntry.objects.get(verb="gotv_list.made")
    assert entry.target == f"gotvlist:{gotv_list.pk}"
    assert "Marsh" not in str(entry.data)


def test_no_list_is_made_from_a_copy_that_is_locked(
    campaign: Campaign, organisation: Organisation, ward: Ward
) -> None:
    edition = make_edition(organisation, ward.council)
    RegisterEdition.objects.filter(pk=edition.pk).update(
        destroy_by=NOW.date() - timedelta(days=30)
    )

    with pytest.raises(CopyRefused) as refused:
        make_gotv_list(
            campaign=campaign,
            name="",
            rule=GotvRule(),
            reason="To remind them",
            by=system(organisation),
            at=NOW,
        )

    assert refused.value.code == "locked"
    assert not GotvList.objects.exists()
