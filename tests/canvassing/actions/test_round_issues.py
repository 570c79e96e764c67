"""A round is out once at a time, and comes back: by hand, taken back, or in time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, Organisation, User, Ward
from canvassing.actions.round_issues import (
    IssueRefused,
    hand_back,
    link_secret,
    release_expired,
    take_back,
)
from canvassing.models import CanvassRound, ClosedBecause, FieldPhone, RoundIssue
from canvassing.tasks import release_rounds
from tests.canvassing.field_helpers import (
    Phone,
    issue,
    make_round,
    make_session,
    make_street,
    make_volunteer,
)
from tests.cast import NOW, actor, make_address, make_district
from volunteers.models import Team


@pytest.fixture
def canvass_round(campaign: Campaign, ward: Ward) -> CanvassRound:
    district = make_district(campaign.organisation, ward)
    return make_round(campaign, ward, make_address(district), name="Quarry Lane 1")


def refusal(canvass_round: CanvassRound, **asked: object) -> str:
    with pytest.raises(IssueRefused) as refused:
        issue(canvass_round, **asked)
    return refused.value.code


def test_a_round_is_out_once_and_who_has_it_is_said(
    canvass_round: CanvassRound, campaign: Campaign
) -> None:
    issue(canvass_round, "volunteer", volunteer=make_volunteer(campaign))

    with pytest.raises(IssueRefused) as refused:
        issue(canvass_round)

    assert refused.value.message == "It is out already: Ada Finch has it."
    assert RoundIssue.objects.count() == 1


def test_a_round_that_was_cut_anew_since_it_was_looked_at_is_not_sent_out(
    canvass_round: CanvassRound,
) -> None:
    """Its doors are on another round by now, or it is gone."""
    same = CanvassRound.objects.filter(pk=canvass_round.pk)

    same.update(retired_at=NOW)
    retired = refusal(canvass_round)
    same.delete()

    assert (retired, refusal(canvass_round)) == ("cut_anew", "cut_anew")
    assert not RoundIssue.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_organisers_at_once_one_sends_it_out(
    campaign: Campaign, ward: Ward, canvass_round: CanvassRound
) -> None:
    together = Barrier(2)

    def send(_: int) -> str:
        together.wait()
        try:
            issue(canvass_round)
        except IssueRefused as refused:
            return refused.code
        finally:
            connection.close()
        return "out"

    with ThreadPoolExecutor(2) as organisers:
        said: Iterator[str] = organisers.map(send, range(2))
        assert sorted(said) == ["out", "out_already"]


def test_it_goes_out_again_once_it_is_back(canvass_round: CanvassRound) -> None:
    first = issue(canvass_round)
    by = system(canvass_round.organisation)

    assert hand_back(first, by=by, at=NOW)
    assert not hand_back(first, by=by, at=NOW)
    second = issue(canvass_round)

    assert link_secret(first) != link_secret(second)


def test_a_round_whose_time_is_over_goes_out_again_before_it_is_released(
    canvass_round: CanvassRound,
) -> None:
    first = issue(canvass_round, expires_at=NOW + timedelta(hours=1))

    issue(
        canvass_round,
        at=NOW + timedelta(hours=2),
        expires_at=NOW + timedelta(hours=3),
    )

    first.refresh_from_db()
    assert first.closed_because == ClosedBecause.EXPIRED


def test_what_has_expired_is_released_with_its_phones(
    canvass_round: CanvassRound, organisation: Organisation
) -> None:
    organisation.clock_offset = timedelta(days=-900)
    organisation.save()
    out = issue(canvass_round)
    FieldPhone.objects.create(
        organisation=organisation,
        campaign=canvass_round.campaign,
        issue=out,
        volunteer=make_volunteer(canvass_round.campaign),
        key_hash="0" * 64,
        joined_at=NOW,
        last_seen_at=NOW,
    )
    by = system(canvass_round.organisation)

    early = release_expired(organisation=organisation, by=by, at=NOW)
    released = release_expired(
        organisation=organisation, by=by, at=NOW + timedelta(hours=4)
    )

    assert (early, released) == (0, 1)
    assert FieldPhone.objects.get().closed_because == ClosedBecause.EXPIRED
    assert AuditEntry.objects.filter(verb="round.released").count() == 1


def test_beat_releases_by_the_clock_of_each_organisation(
    canvass_round: CanvassRound, organisation: Organisation
) -> None:
    issue(canvass_round)

    assert release_rounds() == 1
    assert release_rounds() == 0


def test_somebody_under_18_is_never_sent_out_alone(
    canvass_round: CanvassRound, campaign: Campaign
) -> None:
    young = make_volunteer(campaign, "Yan Young", is_under_18=True)
    team = Team.objects.create(organisation=campaign.organisation, name="Sixth form")
    team.members.add(young)

    assert refusal(canvass_round, kind="volunteer", volunteer=young) == "under_18"
    assert refusal(canvass_round, kind="team", team=team) == "under_18"
    team.members.add(make_volunteer(campaign))
    assert issue(canvass_round, kind="team", team=team).pk


def test_what_cannot_go_out_is_refused_with_one_sentence_each(
    canvass_round: CanvassRound,
    campaign: Campaign,
    other_campaign: Campaign,
    ward_lead: User,
    other_ward: Ward,
) -> None:
    gone = make_volunteer(campaign, "Gil Gone", stood_down_at=NOW)
    foreign = make_session(other_campaign)
    elsewhere = make_round(campaign, other_ward)

    assert refusal(canvass_round, kind="volunteer") == "nobody"
    assert refusal(canvass_round, kind="team") == "nobody"
    assert refusal(canvass_round, kind="volunteer", volunteer=gone) == "stood_down"
    assert refusal(canvass_round, session=foreign) == "session"
    assert refusal(canvass_round, expires_at=NOW) == "expiry"
    assert refusal(canvass_round, expires_at=NOW + timedelta(days=15)) == "expiry"
    assert refusal(elsewhere, by=actor(ward_lead)) == "not_allowed"
    canvass_round.retired_at = NOW
    assert refusal(canvass_round) == "cut_anew"
    canvass_round.retired_at = None
    canvass_round.campaign.closed_at = NOW
    assert refusal(canvass_round) == "campaign_closed"


def test_only_who_sends_out_rounds_of_a_ward_takes_them_back(
    campaign: Campaign, other_ward: Ward, ward_lead: User, organiser: User
) -> None:
    out = issue(make_round(campaign, other_ward))

    with pytest.raises(IssueRefused):
        take_back(out, by=actor(ward_lead), at=NOW)
    assert take_back(out, by=actor(organiser), at=NOW)
    assert not take_back(out, by=actor(organiser), at=NOW)


def test_nothing_in_the_database_opens_a_round(campaign: Campaign, ward: Ward) -> None:
    street = make_street(campaign, ward)
    out = issue(street.round)
    kept = {out.secret_hash, out.link_seed}

    assert link_secret(out) not in kept
    for guess in kept:
        answer = Phone().post("join/look", {"secret": guess})
        assert answer.status_code == 404
