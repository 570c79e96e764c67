"""Contacts taken back: what stands is what was said last and not taken back."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from campaigns.access import Actor, system
from campaigns.models import AuditEntry, Campaign, ControllerKind, Elector, Ward
from canvassing.actions.contacts import ContactsRefused
from canvassing.actions.corrections import correct_contact
from canvassing.actions.do_not_contact import (
    keep_away_from_person,
    keep_away_once,
    lift_do_not_contact,
)
from canvassing.actions.opinions import Objection, object_to_views
from canvassing.actions.paper_wishes import file_paper
from canvassing.actions.taking_back import put_right, take_back_contact
from canvassing.models import Contact, DoNotContact, OpinionConsent, ViewsObjection
from canvassing.reports.came_with import came_with_all
from canvassing.reports.contact_past import past_of, taken_back_id
from canvassing.rules.keypad import PaperWish
from canvassing.rules.opinions import CONSENT_NOW
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_address, make_district, make_elector

MINUTE = timedelta(minutes=1)
LATER = [NOW + n * MINUTE for n in range(1, 6)]


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    district = make_district(campaign.organisation, ward)
    elector = make_elector(district, address=make_address(district))
    prepare(campaign)
    return elector


@pytest.fixture
def by(campaign: Campaign) -> Actor:
    return system(campaign.organisation)


def typed(
    campaign: Campaign, ivy: Elector, *wishes: PaperWish, **fields: Any
) -> Contact:
    """A line of paper with what they asked of us."""
    item = said(ivy, channel="paper", **{"outcome": "refused", **fields})
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    file_paper([item], {ivy.pk: wishes}, campaign=campaign, **of)
    return Contact.objects.get(uuid=item.uuid)


def asked(contact: Contact) -> dict[str, Any]:
    past = past_of(contact)
    within = {one.elector_id for one in past.chain}
    return dict(came_with_all(past, within=within).wishes)


def standing_away() -> list[UUID | None]:
    rows = DoNotContact.objects.filter(lifted_at=None)
    return list(rows.values_list("came_with", flat=True))


def the_last() -> Contact:
    return Contact.objects.latest("pk")


WISHES = (PaperWish.OFF_THE_LIST, PaperWish.NO_VIEWS, PaperWish.NO_VISITS_TO_ANY)


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_that_a_correction_has_not_stands_again_once_that_is_taken_back(
    wish: PaperWish, campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, wish)
    put_right(first, not_asked=asked(first), by=by, at=LATER[0], outcome="not_in")
    assert not asked(the_last())

    before = take_back_contact(the_last(), by=by, at=LATER[1])

    assert before == first
    assert the_last().outcome == first.outcome
    assert the_last().effective_at == first.effective_at
    assert len(asked(the_last())) == 1
    masks = standing(campaign, ivy)
    is_away = bool(masks.no_contact | masks.household_no_contact)
    assert is_away is (wish is not PaperWish.NO_VIEWS)
    assert differences(campaign) == 0


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_that_is_not_ticked_stands_through_a_correction_of_its_contact(
    wish: PaperWish, campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, wish)

    put_right(first, by=by, at=LATER[0], outcome="not_in")
    assert len(asked(the_last())) == 1

    take_back_contact(the_last(), by=by, at=LATER[1])
    assert len(asked(the_last())) == 1

    take_back_contact(the_last(), by=by, at=LATER[2])
    assert not standing_away()
    assert not ViewsObjection.objects.filter(lifted_at=None).exists()
    assert differences(campaign) == 0


def test_a_wish_from_elsewhere_stands_whatever_is_put_right_or_taken_back(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    other = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    keep_away_from_person(ivy, by=by, at=NOW)

    put_right(first, not_asked=asked(first), by=by, at=LATER[0], outcome="not_in")
    assert set(standing_away()) == {other.uuid, None}

    names = {f"away-{one.pk}" for one in DoNotContact.objects.all()}
    put_right(the_last(), not_asked=names, by=by, at=LATER[1], outcome="moved")
    for at in LATER[2:]:
        if the_last().outcome:
            take_back_contact(the_last(), by=by, at=at)

    assert the_last().outcome is None
    assert set(standing_away()) == {other.uuid, None}
    assert standing(campaign, ivy).last_contact.uuid == other.uuid


def test_a_wish_that_was_lifted_for_itself_stays_lifted(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    wish = DoNotContact.objects.get()
    correct_contact(first, by=by, at=LATER[0], outcome="not_in")
    lift_do_not_contact(wish, reason="They rang us.", by=by, at=LATER[0])

    take_back_contact(the_last(), by=by, at=LATER[1])

    wish.refresh_from_db()
    assert wish.lifted_reason == "They rang us."


def test_corrections_are_taken_back_one_after_another_and_the_first_contact_goes(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    record(campaign, said(ivy, "P1"))
    correct_contact(the_last(), by=by, at=LATER[0], intention="B")
    correct_contact(the_last(), by=by, at=LATER[1], intention="W")

    stood = []
    for at in LATER[2:]:
        take_back_contact(the_last(), by=by, at=at)
        now = standing(campaign, ivy).intention
        stood.append(now.code if now else None)

    assert stood == ["B", "P1", None]
    assert Contact.objects.count() == 6
    assert differences(campaign) == 0


def test_what_stands_again_may_be_put_right_and_taken_back_like_any_other(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    put_right(first, not_asked=asked(first), by=by, at=LATER[0], outcome="not_in")
    take_back_contact(the_last(), by=by, at=LATER[1])

    again = the_last()
    put_right(again, not_asked=asked(again), by=by, at=LATER[2], outcome="moved")
    assert not standing_away()
    take_back_contact(the_last(), by=by, at=LATER[3])
    assert standing_away() == [first.uuid]
    take_back_contact(the_last(), by=by, at=LATER[4])

    assert not standing_away()
    assert the_last().outcome is None


def test_taken_back_twice_is_taken_back_once(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    put_right(first, not_asked=asked(first), by=by, at=LATER[0], outcome="not_in")
    correction = the_last()

    for at in LATER[1:3]:
        take_back_contact(correction, by=by, at=at)

    assert standing_away() == [first.uuid]
    assert Contact.objects.count() == 3
    verbs = AuditEntry.objects.filter(verb="do_not_contact.recorded")
    assert verbs.count() == 2


def test_what_was_put_right_since_is_not_taken_back_and_its_wishes_stand(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    correct_contact(first, by=by, at=LATER[0], outcome="not_in")

    with pytest.raises(ContactsRefused, match="corrected before"):
        take_back_contact(first, by=by, at=LATER[1])

    assert standing_away() == [first.uuid]


def test_a_contact_moved_to_the_wrong_person_is_the_first_persons_again(
    campaign: Campaign, ivy: Elector, by: Actor, ward: Ward
) -> None:
    otto = make_elector(make_district(campaign.organisation, ward, code="BN2"))
    prepare(campaign)
    record(campaign, said(ivy, "P1"))
    correct_contact(the_last(), by=by, at=LATER[0], elector_id=otto.pk)

    take_back_contact(the_last(), by=by, at=LATER[1])

    assert standing(campaign, ivy).pledged
    assert not standing(campaign, otto).pledged
    assert differences(campaign) == 0


def test_of_whoever_objects_by_now_stands_again_only_that_they_were_spoken_to(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    record(campaign, said(ivy, "P1", note="Likes trams"))
    correct_contact(the_last(), by=by, at=LATER[0], intention="B")
    objects = [Objection(ivy.pk, NOW)]
    of: dict[str, Any] = {"organisation_id": ivy.organisation_id, "by": by}
    object_to_views(objects, at=NOW, **of)

    take_back_contact(the_last(), by=by, at=LATER[1])

    again = the_last()
    assert (again.outcome.code, again.intention, again.note) == ("spoken", None, "")
    assert differences(campaign) == 0


def test_a_wish_that_was_said_again_since_stands_once(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy)
    terms: dict[str, Any] = {"by": by, "channel": "door", "came_with": first.uuid}
    keep_away_once(ivy, at=NOW, **terms)
    put_right(first, not_asked=asked(first), by=by, at=LATER[0], outcome="not_in")
    keep_away_once(ivy, at=LATER[1], **terms)

    take_back_contact(the_last(), by=by, at=LATER[2])

    assert standing_away() == [first.uuid]
    assert differences(campaign) == 0


def test_what_another_filed_under_the_id_of_taking_back_is_not_taken_for_it(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = typed(campaign, ivy, PaperWish.OFF_THE_LIST)
    record(campaign, said(ivy, uuid=taken_back_id(first.uuid)))

    with pytest.raises(ContactsRefused):
        take_back_contact(first, by=by, at=LATER[0])

    assert standing_away() == [first.uuid]


def test_of_whoever_objects_again_stands_only_that_they_were_spoken_to(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    first = record(campaign, said(ivy, "P1", note="Likes trams"))[0].uuid
    objects = [Objection(ivy.pk, NOW, first)]
    of: dict[str, Any] = {"organisation_id": ivy.organisation_id, "by": by}
    object_to_views(objects, at=NOW, **of)
    put_right(
        the_last(), not_asked=asked(the_last()), by=by, at=LATER[0], intention="B"
    )

    take_back_contact(the_last(), by=by, at=LATER[1])

    again = the_last()
    assert (again.outcome.code, again.intention, again.note) == ("spoken", None, "")
    assert ViewsObjection.objects.get().lifted_at is None
    assert differences(campaign) == 0


def test_a_consent_goes_with_the_correction_that_it_came_with_and_no_other(
    campaign: Campaign, ivy: Elector, by: Actor
) -> None:
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()
    record(campaign, said(ivy, "P1", consent=CONSENT_NOW))
    first = the_last()
    correct_contact(first, by=by, at=LATER[0], intention="B", consent=CONSENT_NOW)
    second = the_last()

    take_back_contact(second, by=by, at=LATER[1])

    consents = OpinionConsent.objects.filter(withdrawn_at=None)
    assert [one.came_with for one in consents] == [first.uuid]
    assert standing(campaign, ivy).pledged

    take_back_contact(the_last(), by=by, at=LATER[2])
    assert not consents.all().exists()
    assert differences(campaign) == 0


def test_corrections_that_go_round_in_a_circle_have_an_end(
    campaign: Campaign, ivy: Elector
) -> None:
    one, two = uuid4(), uuid4()
    record(campaign, said(ivy, uuid=one, corrects=two))
    record(campaign, said(ivy, uuid=two, corrects=one))

    contacts = past_of(Contact.objects.get(uuid=two)).contacts

    assert {contact.uuid for contact in contacts} == {one, two}
