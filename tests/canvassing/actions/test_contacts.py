"""Recording contacts: filed once, held with a reason, standing moved."""

from datetime import timedelta
from uuid import uuid4

import pytest

from campaigns.models import (
    AuditEntry,
    Campaign,
    Candidate,
    Elector,
    User,
    VotingSystem,
    Ward,
)
from canvassing.actions.contacts import ContactsRefused
from canvassing.models import Contact, HeldItem
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, actor, make_district, make_elector


@pytest.fixture
def elector(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return elector


def test_a_pledge_moves_the_standing(campaign: Campaign, elector: Elector) -> None:
    [verdict] = record(campaign, said(elector, "P1"))

    row = standing(campaign, elector)
    assert verdict.answer == "filed"
    assert (row.intention.code, row.pledged, row.strength) == ("P1", True, 1)
    assert row.pledge_contact == row.intention_contact
    assert row.last_spoken_at == NOW - timedelta(hours=1)


def test_nobody_in_is_an_attempt_and_changes_no_answer(
    campaign: Campaign, elector: Elector
) -> None:
    record(campaign, said(elector, "P1"))
    record(campaign, said(elector, outcome="not_in", said_at=NOW))

    row = standing(campaign, elector)
    assert (row.intention.code, row.pledged) == ("P1", True)
    assert (row.last_contact_at, row.last_spoken_at) == (NOW, NOW - timedelta(hours=1))


@pytest.mark.parametrize(
    ("later", "stands"),
    [("W", True), ("P2", True), ("U", False), ("B", False), ("N", False), ("X", False)],
)
def test_a_pledge_stands_until_a_later_answer_withdraws_it(
    campaign: Campaign, elector: Elector, later: str, stands: bool
) -> None:
    record(campaign, said(elector, "P1"))
    record(campaign, said(elector, later, said_at=NOW))

    row = standing(campaign, elector)
    assert (row.intention.code, row.pledged) == (later, stands)


def test_a_pledge_can_be_withdrawn_in_so_many_words(
    campaign: Campaign, elector: Elector
) -> None:
    record(campaign, said(elector, "P1"))
    record(campaign, said(elector, pledge=False, said_at=NOW))

    assert standing(campaign, elector).pledged is False


@pytest.mark.parametrize(
    ("intention", "pledge", "stands"),
    [("P1", None, True), ("P1", False, False), ("P2", True, True), ("", True, True)],
)
def test_what_is_said_in_so_many_words_goes_before_the_intention(
    campaign: Campaign,
    elector: Elector,
    intention: str,
    pledge: bool | None,
    stands: bool,
) -> None:
    record(campaign, said(elector, intention, pledge=pledge))

    assert standing(campaign, elector).pledged is stands


def test_what_was_said_last_wins_however_late_the_earlier_arrives(
    campaign: Campaign, elector: Elector
) -> None:
    record(campaign, said(elector, "P1", said_at=NOW))
    record(campaign, said(elector, "B", said_at=NOW - timedelta(days=3)))

    assert standing(campaign, elector).intention.code == "P1"


def test_the_same_item_is_filed_once(campaign: Campaign, elector: Elector) -> None:
    item = said(elector, "P1")

    first = record(campaign, item)
    again = record(campaign, item, item)

    assert [v.answer for v in first + again] == [
        "filed",
        "already_filed",
        "already_filed",
    ]
    assert Contact.objects.count() == 1


def test_an_item_twice_in_one_batch_is_filed_once(
    campaign: Campaign, elector: Elector
) -> None:
    item = said(elector, "P1")

    verdicts = record(campaign, item, item)

    assert [v.answer for v in verdicts] == ["filed", "already_filed"]


def test_the_same_id_with_other_content_is_held_for_a_person(
    campaign: Campaign, elector: Elector
) -> None:
    uuid = uuid4()

    filed, other = record(
        campaign, said(elector, "P1", uuid=uuid), said(elector, "B", uuid=uuid)
    )

    assert (filed.answer, other.answer, other.code) == (
        "filed",
        "held",
        "other_content",
    )
    assert standing(campaign, elector).intention.code == "P1"
    assert HeldItem.objects.get().payload["intention"] == "B"


def test_a_batch_files_the_good_and_holds_the_bad_once(
    campaign: Campaign, elector: Elector
) -> None:
    bad = said(elector, "Q9")
    batch = [said(elector, "P1"), bad]

    answers = [v.answer for v in record(campaign, *batch)]
    again = [v.answer for v in record(campaign, *batch)]

    assert (answers, again) == (["filed", "held"], ["already_filed", "held"])
    assert HeldItem.objects.get().uuid == bad.uuid


def test_a_held_item_that_can_be_filed_later_waits_no_longer(
    campaign: Campaign, elector: Elector
) -> None:
    Elector.objects.filter(pk=elector.pk).update(on_register=False)
    differences(campaign)
    item = said(elector, "P1")
    [held] = record(campaign, item)
    Elector.objects.filter(pk=elector.pk).update(on_register=True)
    differences(campaign)

    [filed] = record(campaign, item)

    assert (held.code, filed.answer) == ("left_register", "filed")
    assert HeldItem.objects.get().resolved_at == NOW


def test_what_lies_outside_the_senders_wards_reads_like_what_does_not_exist(
    campaign: Campaign, elector: Elector, data_clerk: User, other_ward: Ward
) -> None:
    elsewhere = make_elector(make_district(campaign.organisation, other_ward, "PN1"))
    differences(campaign)
    nobody = Elector(pk=987_654_321)
    clerk = actor(data_clerk)

    ours, theirs, none = record(
        campaign,
        said(elector, "P1"),
        said(elsewhere, "P1"),
        said(nobody, "P1"),
        by=clerk,
    )

    assert ours.answer == "filed"
    assert (theirs.code, theirs.reason) == (none.code, none.reason)
    assert theirs.code == "not_yours"


def test_another_organisations_elector_does_not_exist(
    campaign: Campaign, foreign_campaign: Campaign, elector: Elector
) -> None:
    prepare(foreign_campaign)

    [verdict] = record(foreign_campaign, said(elector, "P1"))

    assert verdict.code == "not_yours"


def test_an_anonymous_entry_is_held(campaign: Campaign, elector: Elector) -> None:
    Elector.objects.filter(pk=elector.pk).update(is_anonymous=True)
    differences(campaign)

    [verdict] = record(campaign, said(elector, "P1"))

    assert verdict.code == "anonymous_entry"


def test_who_may_not_record_is_refused(
    campaign: Campaign, elector: Elector, agent: User, outsider: User
) -> None:
    for stranger in (agent, outsider):
        with pytest.raises(ContactsRefused, match="may not record"):
            record(campaign, said(elector, "P1"), by=actor(stranger))


def test_a_closed_campaign_takes_no_contacts(
    campaign: Campaign, elector: Elector
) -> None:
    campaign.closed_at = NOW

    with pytest.raises(ContactsRefused, match="closed"):
        record(campaign, said(elector, "P1"))


def test_two_campaigns_over_the_same_people_never_overwrite_each_other(
    campaign: Campaign, other_campaign: Campaign, elector: Elector
) -> None:
    prepare(other_campaign)

    record(campaign, said(elector, "P1"))
    record(other_campaign, said(elector, "N", said_at=NOW))

    assert standing(campaign, elector).intention.code == "P1"
    assert standing(other_campaign, elector).intention.code == "N"


def test_second_preferences_are_taken_where_the_election_asks_for_them(
    campaign: Campaign, elector: Elector
) -> None:
    other = Candidate.objects.get(name="Hazel Thorne")
    item = said(elector, "P1", second_preference_id=other.pk)
    [not_asked] = record(campaign, item)
    campaign.election.voting_system = VotingSystem.SV
    campaign.election.save()

    [asked] = record(campaign, item)

    assert (not_asked.code, asked.answer) == ("second_preference_not_asked", "filed")
    assert standing(campaign, elector).second_preference == other


def test_a_phone_whose_clock_is_wrong_is_put_right_by_its_offset(
    campaign: Campaign, elector: Elector
) -> None:
    year = timedelta(days=366)
    item = said(elector, "P1", said_at=NOW - year - timedelta(minutes=5))

    record(campaign, item, clock_offset=year)

    contact = Contact.objects.get()
    assert contact.effective_at == NOW - timedelta(minutes=5)
    assert not contact.time_is_doubtful


def test_one_call_is_one_line_of_the_audit(
    campaign: Campaign, elector: Elector
) -> None:
    record(campaign, said(elector, "P1"), said(elector, "Q9"))

    entry = AuditEntry.objects.get(verb="contacts.recorded")
    assert entry.data == {"filed": 1, "held": 1}


def test_a_batch_asks_the_same_number_of_queries_as_one_item(
    campaign: Campaign, elector: Elector, django_assert_num_queries: object
) -> None:
    for size in (1, 40):
        # Lock electors; codes; file and move the standing; audit.
        with django_assert_num_queries(4):
            record(campaign, *(said(elector, "P1") for _ in range(size)))
