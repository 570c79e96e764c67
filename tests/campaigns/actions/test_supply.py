"""A copy of a register has terms, a last day, and an end."""

from datetime import date, timedelta

import pytest

from campaigns.access import system
from campaigns.actions.register_editions import Supply
from campaigns.actions.supply import (
    CopyRefused,
    destroy_edition,
    refuse_locked_copies,
)
from campaigns.models import (
    Campaign,
    Elector,
    MatchProposal,
    RegisterEdition,
    RejectedLine,
)
from campaigns.rules.supply_terms import CopyState, copy_state
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW

ADA, BEN = Line("1", "Ash", "Ada"), Line("2", "Ash", "Ben")
BROKEN = Line("x", "Ash", "Cleo")
LAST_DAY = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2024, 6, 1), CopyState.IN_USE),
        (date(2024, 6, 2), CopyState.DUE),
        (date(2024, 6, 30), CopyState.DUE),
        (date(2024, 7, 1), CopyState.OVERDUE),
        (date(2024, 7, 7), CopyState.OVERDUE),
        (date(2024, 7, 8), CopyState.LOCKED),
    ],
)
def test_a_copy_warns_and_then_locks(on: date, state: CopyState) -> None:
    assert copy_state(LAST_DAY, on=on) is state


def test_destroying_the_only_copy_leaves_no_name(registrar: Registrar) -> None:
    outcome = registrar.load(ADA, BEN, BROKEN)
    edition = RegisterEdition.objects.get(pk=outcome.edition)

    gone = destroy_edition(edition, by=system(registrar.organisation), at=NOW)

    assert (gone.entries, gone.rejected_lines) == (2, 1)
    assert (gone.electors_off, gone.electors_forgotten, gone.resting_on) == (2, 2, {})
    assert not RejectedLine.objects.exists()
    assert set(Elector.objects.values_list("surname", "on_register")) == {("", False)}


def test_what_a_later_copy_has_too_rests_on_it(registrar: Registrar) -> None:
    first = registrar.load(ADA, BEN)
    second = registrar.load(ADA, layout="eros_full", published_on=date(2024, 2, 1))
    edition = RegisterEdition.objects.get(pk=first.edition)

    gone = destroy_edition(edition, by=system(registrar.organisation), at=NOW)

    assert gone.resting_on == {second.edition: 1}
    assert registrar.elector("AAA-1").surname == "Ash"
    assert (gone.electors_off, gone.electors_forgotten) == (0, 1)


def test_what_only_the_destroyed_copy_said_is_forgotten_of_those_who_stay(
    registrar: Registrar,
) -> None:
    registrar.load(ADA, BEN)
    ada = registrar.elector("AAA-1")
    elm = Line("7", "Elm", "Ada Jane", markers="Z")
    second = registrar.load(elm, BEN, published_on=date(2024, 2, 1))
    assert registrar.elector("AAA-7") == ada

    edition = RegisterEdition.objects.get(pk=second.edition)
    destroy_edition(edition, by=system(registrar.organisation), at=NOW)

    ada.refresh_from_db()
    assert (ada.full_name, ada.name_key) == ("Ada Ash", "ASH ADA")
    assert (ada.elector_number, ada.markers) == ("AAA-1", "")
    assert not ada.on_register


def test_a_name_that_only_the_destroyed_copy_had_goes_with_its_title(
    registrar: Registrar,
) -> None:
    known = Line("1", "Ash", "Ada", title="Ms", supplier_id="77")
    wed = Line("1", "Elm", "Ada", title="Mrs", supplier_id="77")
    registrar.load(known, layout="elector8_full")
    second = registrar.load(wed, layout="elector8_full", published_on=date(2024, 2, 1))
    ada = registrar.elector("AAA-1")
    assert ada.full_name == "Ada Elm"

    edition = RegisterEdition.objects.get(pk=second.edition)
    later = NOW + timedelta(days=1)
    destroy_edition(edition, by=system(registrar.organisation), at=later)

    ada.refresh_from_db()
    assert (ada.full_name, ada.title, ada.supplier_id) == ("Ada Ash", "", "")
    assert ada.changed_at == later


def test_a_match_with_somebody_of_whom_no_copy_is_left_waits_no_longer(
    registrar: Registrar,
) -> None:
    first = registrar.load(ADA, BEN)
    moved = Line("3", "Ash", "Ben", home=("9 Rowan Road", "Wolverhampton"))
    registrar.load(ADA, moved, published_on=date(2024, 2, 1))
    assert MatchProposal.objects.get().state == "open"

    edition = RegisterEdition.objects.get(pk=first.edition)
    destroy_edition(edition, by=system(registrar.organisation), at=NOW)

    assert MatchProposal.objects.get().state == "different"


def test_a_destroyed_copy_is_not_destroyed_again(registrar: Registrar) -> None:
    outcome = registrar.load(ADA)
    edition = RegisterEdition.objects.get(pk=outcome.edition)
    by = system(registrar.organisation)
    destroy_edition(edition, by=by, at=NOW)

    with pytest.raises(CopyRefused):
        destroy_edition(edition, by=by, at=NOW)


def test_a_locked_copy_serves_nobody(registrar: Registrar, campaign: Campaign) -> None:
    registrar.load(ADA, supply=Supply(destroy_by=LAST_DAY))

    refuse_locked_copies(campaign, on=date(2024, 7, 1))
    with pytest.raises(CopyRefused) as caught:
        refuse_locked_copies(campaign, on=date(2024, 7, 8))

    assert caught.value.code == "locked"


def test_a_candidates_copy_serves_that_campaign_only(
    registrar: Registrar, campaign: Campaign, other_campaign: Campaign
) -> None:
    registrar.load(ADA, supply=Supply(supplied_to="candidate", campaign=campaign))

    refuse_locked_copies(campaign, on=date(2024, 4, 23))
    with pytest.raises(CopyRefused) as caught:
        refuse_locked_copies(other_campaign, on=date(2024, 4, 23))

    assert caught.value.code == "other_campaign"
