"""Whether we may keep what somebody thinks, and what is done when we may not."""

from datetime import timedelta
from typing import Any

import pytest

from campaigns.access import system
from campaigns.models import Campaign, ControllerKind, Elector, Ward
from canvassing.actions.opinions import (
    Objection,
    OpinionsRefused,
    erase_what_was_objected_to,
    lift_objection,
    note_consent,
    object_to_views,
    withdraw_consent,
    withdraw_consents,
)
from canvassing.models import Contact, HeldItem, OpinionConsent, ViewsObjection
from canvassing.rules.opinions import CONSENT_NOW
from canvassing.tasks import erase_views_objected_to
from tests.canvassing.contact_helpers import (
    differences,
    prepare,
    record,
    said,
    standing,
)
from tests.cast import NOW, make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward))
    prepare(campaign)
    return elector


@pytest.fixture
def independent(campaign: Campaign) -> Campaign:
    """A candidate who stands for no party."""
    organisation = campaign.organisation
    organisation.controller_kind = ControllerKind.CANDIDATE
    organisation.save()
    return campaign


def objects(campaign: Campaign, elector: Elector) -> ViewsObjection:
    object_to_views(
        [Objection(elector.pk, NOW)],
        organisation_id=campaign.organisation_id,
        by=system(campaign.organisation),
        at=NOW,
    )
    return ViewsObjection.objects.get(lifted_at=None)


def test_nothing_is_kept_or_counted_of_the_views_of_whoever_objects(
    campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "P1"))

    objects(campaign, ivy)
    [with_views, without] = record(campaign, said(ivy, "P1"), said(ivy))

    assert (with_views.answer, with_views.code) == ("held", "views_objected")
    assert without.answer == "filed"
    assert not standing(campaign, ivy).pledged
    assert standing(campaign, ivy).intention is None
    assert differences(campaign) == 0


@pytest.mark.parametrize(
    "views",
    [
        {"intention": "P1"},
        {"pledge": True},
        {"voted_last_time": "P1"},
        {"note": "He said he likes us."},
    ],
)
def test_each_thing_that_tells_a_view_is_held(
    campaign: Campaign, ivy: Elector, views: dict[str, Any]
) -> None:
    objects(campaign, ivy)

    [verdict] = record(campaign, said(ivy, **views))

    assert verdict.code == "views_objected"
    assert HeldItem.objects.count() == 1


def test_a_slip_can_be_put_right_and_then_counts_again(
    campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "P1"))
    by = system(campaign.organisation)
    objection = objects(campaign, ivy)

    with pytest.raises(OpinionsRefused, match="Say why"):
        lift_objection(objection, reason=" ", by=by, at=NOW)
    lift_objection(objection, reason="Tapped by mistake.", by=by, at=NOW)

    assert standing(campaign, ivy).pledged
    with pytest.raises(OpinionsRefused, match="already"):
        lift_objection(objection, reason="Once more.", by=by, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_week_after_an_objection_what_was_said_before_is_erased(
    campaign: Campaign, ivy: Elector
) -> None:
    record(campaign, said(ivy, "P1", note="Likes buses."))
    objects(campaign, ivy)
    organisation = campaign.organisation_id
    week = timedelta(days=7)

    early = erase_what_was_objected_to(
        organisation_id=organisation, at=NOW + week - timedelta(minutes=1)
    )
    # By the clock of the site, years have passed.
    due = erase_views_objected_to()
    again = erase_what_was_objected_to(organisation_id=organisation, at=NOW + week)

    contact = Contact.objects.get()
    assert (early, due, again) == (0, 1, 0)
    assert (contact.intention, contact.note) == (None, "")
    assert standing(campaign, ivy).last_spoken_at is not None


def test_paper_that_is_typed_in_late_has_its_week_from_then(
    campaign: Campaign, ivy: Elector
) -> None:
    organisation, line = campaign.organisation_id, said(ivy)
    record(campaign, said(ivy, "P1"), line)
    asked = Objection(ivy.pk, NOW - timedelta(days=8), came_with=line.uuid)
    by = system(campaign.organisation)
    object_to_views([asked], organisation_id=organisation, by=by, at=NOW)

    erased = [
        erase_what_was_objected_to(
            organisation_id=organisation, at=NOW + timedelta(days=days)
        )
        for days in (6, 7)
    ]

    assert erased == [0, 2]


def test_who_is_no_party_keeps_views_by_consent_alone(
    independent: Campaign, ivy: Elector
) -> None:
    [without, spoken] = record(independent, said(ivy, "P1"), said(ivy))
    [agreed] = record(independent, said(ivy, "P1", consent=CONSENT_NOW))
    [later] = record(independent, said(ivy, "U"))

    consent = OpinionConsent.objects.get()
    assert (without.answer, without.code) == ("held", "consent_lacking")
    assert [spoken.answer, agreed.answer, later.answer] == ["filed"] * 3
    assert "Alder Party keeps a record" in consent.text
    assert consent.given_at == agreed_at(independent)


def agreed_at(campaign: Campaign) -> Any:
    first = Contact.objects.filter(intention__code="P1").get()
    return first.said_at


def test_a_wording_that_never_was_is_no_consent(
    independent: Campaign, ivy: Elector
) -> None:
    [verdict] = record(independent, said(ivy, "P1", consent="yes"))

    assert verdict.code == "unknown_consent"
    assert not OpinionConsent.objects.exists()


def test_a_consent_taken_back_is_taken_back_whoever_heard_it(
    independent: Campaign, ivy: Elector
) -> None:
    by = system(independent.organisation)
    note_consent(ivy, channel="door", by=by, at=NOW, campaign=independent)
    record(independent, said(ivy, "P1", consent=CONSENT_NOW))

    withdraw_consents(ivy, by=by, at=NOW)

    assert not OpinionConsent.objects.filter(withdrawn_at=None).exists()
    assert Contact.objects.get().intention is None
    with pytest.raises(OpinionsRefused, match="withdrawn already"):
        withdraw_consents(ivy, by=by, at=NOW)


def test_whoever_takes_their_consent_back_has_nothing_kept(
    independent: Campaign, ivy: Elector
) -> None:
    by = system(independent.organisation)
    note_consent(ivy, channel="door", by=by, at=NOW, campaign=independent)
    note_consent(ivy, channel="door", by=by, at=NOW, campaign=independent)
    record(independent, said(ivy, "P1"))

    withdraw_consent(OpinionConsent.objects.get(), by=by, at=NOW)
    [verdict] = record(independent, said(ivy, "P2"))

    assert verdict.code == "consent_lacking"
    assert not standing(independent, ivy).pledged
    assert Contact.objects.get().intention is None
    assert differences(independent) == 0
