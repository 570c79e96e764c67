"""What is taken back and lifted while phones send: whoever waits for the standing of
somebody holds nothing that another waits for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from campaigns.access import system
from campaigns.models import Campaign, ControllerKind, Elector, Ward
from canvassing.actions.do_not_contact import lift_do_not_contact
from canvassing.actions.opinions import lift_objection, withdraw_consent
from canvassing.actions.paper_wishes import file_paper
from canvassing.actions.taking_back import put_right, take_back_contact
from canvassing.models import (
    Contact,
    DoNotContact,
    ElectorStanding,
    OpinionConsent,
    ViewsObjection,
)
from canvassing.rules.keypad import PaperWish
from canvassing.rules.opinions import CONSENT_NOW
from tests.canvassing.actions.test_standing_race import (
    in_another_session,
    wait_until_it_waits,
)
from tests.canvassing.contact_helpers import differences, prepare, said
from tests.cast import NOW, make_address, make_district, make_elector

pytestmark = pytest.mark.django_db(transaction=True)
WISHES = (PaperWish.OFF_THE_LIST, PaperWish.NO_VISITS_TO_ANY, PaperWish.NO_VIEWS)


@pytest.fixture
def line(campaign: Campaign, ward: Ward) -> Contact:
    """What Ivy asked of us, for herself and for Max with whom she lives, and that she
    agreed that we keep what she thinks."""
    campaign.organisation.controller_kind = ControllerKind.NON_PARTY
    campaign.organisation.save()
    district = make_district(campaign.organisation, ward)
    home = make_address(district)
    make_elector(district, address=home, forename="Max")
    ivy = make_elector(district, address=home)
    prepare(campaign)
    item = said(ivy, channel="paper", outcome="refused", consent=CONSENT_NOW)
    by = system(campaign.organisation)
    file_paper([item], {ivy.pk: WISHES}, by=by, at=NOW, campaign=campaign)
    return Contact.objects.get()


def names() -> list[str]:
    away = [f"away-{one.pk}" for one in DoNotContact.objects.all()]
    return [*away, *(f"views-{one.pk}" for one in ViewsObjection.objects.all())]


def holds_nothing_while_it_waits(work: Callable[[], object], whose: Elector) -> None:
    """Beside a sync that has this elector's standing, and may want that of whoever
    comes after them, and all else."""
    with transaction.atomic():
        ElectorStanding.objects.select_for_update(no_key=True).get(elector=whose)
        other = in_another_session(work)
        wait_until_it_waits(other)
        assert other.is_alive()
        rest: list[QuerySet[Any]] = [
            ElectorStanding.objects.filter(elector__gt=whose),
            Contact.objects.all(),
            DoNotContact.objects.all(),
            ViewsObjection.objects.all(),
            OpinionConsent.objects.all(),
        ]
        for rows in rest:
            list(rows.select_for_update(no_key=True, nowait=True))
    other.join()


@pytest.mark.parametrize("whose", ["Max", "Ivy"])
def test_taking_back_waits_for_a_sync_and_holds_nothing(
    whose: str, campaign: Campaign, line: Contact
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}

    holds_nothing_while_it_waits(
        lambda: take_back_contact(line, **of), Elector.objects.get(forename=whose)
    )

    assert Contact.objects.latest("pk").outcome is None
    assert not DoNotContact.objects.filter(lifted_at=None).exists()
    assert differences(campaign) == 0


@pytest.mark.parametrize("whose", ["Max", "Ivy"])
def test_taking_back_a_correction_waits_for_a_sync_and_holds_nothing(
    whose: str, campaign: Campaign, line: Contact
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    right = put_right(line, not_asked=names(), outcome="not_in", **of)

    holds_nothing_while_it_waits(
        lambda: take_back_contact(right, **of), Elector.objects.get(forename=whose)
    )

    assert DoNotContact.objects.filter(lifted_at=None).count() == 2
    assert differences(campaign) == 0


def test_putting_right_waits_for_a_sync_and_holds_nothing(
    campaign: Campaign, line: Contact
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}

    holds_nothing_while_it_waits(
        lambda: put_right(line, not_asked=names(), outcome="not_in", **of),
        Elector.objects.get(forename="Max"),
    )

    assert not DoNotContact.objects.filter(lifted_at=None).exists()


def test_what_the_desk_lifts_and_withdraws_waits_for_a_sync_and_holds_nothing(
    campaign: Campaign, line: Contact
) -> None:
    of: dict[str, Any] = {"by": system(campaign.organisation), "at": NOW}
    why = "They rang us."
    home = DoNotContact.objects.get(scope="household")
    works = (
        lambda: lift_do_not_contact(home, reason=why, **of),
        lambda: lift_objection(ViewsObjection.objects.get(), reason=why, **of),
        lambda: withdraw_consent(OpinionConsent.objects.get(), **of),
    )

    for work in works:
        holds_nothing_while_it_waits(work, line.elector)

    assert OpinionConsent.objects.get().withdrawn_at == NOW
    assert ViewsObjection.objects.get().lifted_at == NOW
