"""A hidden person is on no page, list or answer, and an erased one leaves no views."""

import pytest

from campaigns.access import system
from campaigns.actions.hiding import (
    HidingRefused,
    erase_elector,
    hide_elector,
    show_elector,
)
from campaigns.models import AuditEntry, Campaign, Elector, Organisation, Ward
from canvassing.actions.standing import refresh_some
from canvassing.models import ElectorStanding
from tests.cast import NOW, make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, organisation: Organisation, ward: Ward) -> Elector:
    elector = make_elector(make_district(organisation, ward))
    refresh_some(organisation_id=organisation.pk, electors=[elector.pk])
    return elector


def is_current(elector: Elector) -> bool:
    return ElectorStanding.objects.get(elector=elector).is_current


def test_hiding_works_at_once_and_can_be_taken_back(ivy: Elector) -> None:
    by = system(ivy.organisation)
    assert is_current(ivy)

    hide_elector(ivy, reason="In danger", by=by, at=NOW)
    hide_elector(ivy, reason="In danger", by=by, at=NOW)
    assert not is_current(ivy)

    show_elector(ivy, reason="Asked to be shown", by=by, at=NOW)
    assert is_current(ivy)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["elector.hidden", "elector.shown"]


def test_nobody_is_hidden_without_a_reason(ivy: Elector) -> None:
    with pytest.raises(HidingRefused):
        hide_elector(ivy, reason=" ", by=system(ivy.organisation), at=NOW)

    assert is_current(ivy)


def test_erasing_hides_and_is_written_down_without_a_name(ivy: Elector) -> None:
    erase_elector(ivy, reason="They asked", by=system(ivy.organisation), at=NOW)

    assert not is_current(ivy)
    entry = AuditEntry.objects.get(verb="elector.erased")
    assert ivy.surname not in str(entry.data)
