"""A person decides whether two electors are one, and can take it back."""

from datetime import date

import pytest

from campaigns.access import system
from campaigns.actions.matching import (
    MatchRefused,
    accept_match,
    reject_match,
    undo_match,
)
from campaigns.actions.supply import destroy_edition
from campaigns.models import (
    AuditEntry,
    Campaign,
    Elector,
    MatchProposal,
    ProposalState,
    RegisterEdition,
    RegisterEntry,
    Ward,
)
from campaigns.reports.integrity import check_integrity
from campaigns.reports.matches import merges_made
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW, make_campaign, make_edition

ADA = Line("1", "Ash", "Ada")
NEIGHBOUR = Line("2", "Birch", "Ben")
MOVED = ADA.now("", home=("9 Rowan Road", "Wolverhampton"))


@pytest.fixture
def proposal(registrar: Registrar) -> MatchProposal:
    """Ada left 1 Alder Street, and somebody of her name is now in Rowan Road."""
    registrar.load(ADA, NEIGHBOUR)
    registrar.load(MOVED, NEIGHBOUR, published_on=date(2024, 12, 1))
    return MatchProposal.objects.get()


def entries(elector: Elector) -> int:
    return RegisterEntry.objects.filter(elector=elector).count()


def test_the_older_elector_stays_with_all_entries(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    by = system(registrar.organisation)

    merge = accept_match(proposal, by=by, at=NOW)

    kept = Elector.objects.get(pk=proposal.older_id)
    gone = Elector.objects.get(pk=proposal.newer_id)
    assert (kept.on_register, kept.address.street) == (True, "Rowan Road")
    assert (gone.on_register, gone.merged_into_id) == (False, kept.pk)
    assert (entries(kept), entries(gone)) == (2, 0)
    assert (gone.surname, gone.name_key, gone.elector_number) == ("", "", "")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SAME
    assert merge.moved["campaigns_registerentry"]
    assert check_integrity().broken == []


def test_undoing_gives_each_their_own_again(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    by = system(registrar.organisation)
    merge = accept_match(proposal, by=by, at=NOW)

    undo_match(merge, by=by, at=NOW)

    older = Elector.objects.get(pk=proposal.older_id)
    newer = Elector.objects.get(pk=proposal.newer_id)
    assert (older.on_register, older.address.street) == (False, "Alder Street")
    assert (newer.on_register, newer.merged_into_id) == (True, None)
    assert (older.full_name, newer.full_name) == ("Ada Ash", "Ada Ash")
    assert (entries(older), entries(newer)) == (1, 1)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"match.accepted", "match.undone"} <= verbs


def test_an_entry_since_the_match_goes_with_the_newer_person(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    by = system(registrar.organisation)
    merge = accept_match(proposal, by=by, at=NOW)
    registrar.update(MOVED.now("amend", surname="Elm"), published_on=date(2025, 2, 1))

    undo_match(merge, by=by, at=NOW)

    newer = Elector.objects.get(pk=proposal.newer_id)
    assert (newer.surname, newer.on_register, entries(newer)) == ("Elm", True, 2)
    assert entries(Elector.objects.get(pk=proposal.older_id)) == 1


def test_a_decision_is_made_once(registrar: Registrar, proposal: MatchProposal) -> None:
    by = system(registrar.organisation)
    reject_match(proposal, by=by, at=NOW)

    with pytest.raises(MatchRefused):
        accept_match(proposal, by=by, at=NOW)

    assert Elector.objects.filter(on_register=True).count() == 2


def test_an_undone_match_is_not_undone_again(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    by = system(registrar.organisation)
    merge = accept_match(proposal, by=by, at=NOW)
    undo_match(merge, by=by, at=NOW)

    with pytest.raises(MatchRefused):
        undo_match(merge, by=by, at=NOW)


def test_two_people_on_the_register_at_once_are_two(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    Elector.objects.filter(pk=proposal.older_id).update(on_register=True)

    with pytest.raises(MatchRefused):
        accept_match(proposal, by=system(registrar.organisation), at=NOW)


def test_an_older_one_who_came_back_is_not_taken_off_the_register(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    Elector.objects.filter(pk=proposal.older_id).update(on_register=True)
    Elector.objects.filter(pk=proposal.newer_id).update(on_register=False)

    with pytest.raises(MatchRefused, match="on the register again"):
        accept_match(proposal, by=system(registrar.organisation), at=NOW)

    assert Elector.objects.get(pk=proposal.older_id).on_register


def test_an_anonymous_entry_is_never_accepted(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    Elector.objects.filter(pk=proposal.newer_id).update(is_anonymous=True)

    with pytest.raises(MatchRefused):
        accept_match(proposal, by=system(registrar.organisation), at=NOW)


def test_whoever_was_hidden_stays_hidden(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    Elector.objects.filter(pk=proposal.older_id).update(hidden_at=NOW)

    accept_match(proposal, by=system(registrar.organisation), at=NOW)

    assert Elector.objects.get(pk=proposal.older_id).hidden_at == NOW


def test_a_match_stays_once_a_copy_that_it_rests_on_was_destroyed(
    registrar: Registrar, proposal: MatchProposal
) -> None:
    by = system(registrar.organisation)
    merge = accept_match(proposal, by=by, at=NOW)
    first = RegisterEdition.objects.earliest("pk")

    destroy_edition(first, by=by, at=NOW)

    merge.refresh_from_db()
    assert merge.before == {}
    with pytest.raises(MatchRefused, match="was destroyed"):
        undo_match(merge, by=by, at=NOW)


def test_a_match_can_be_undone_also_beside_another_candidates_copy(
    registrar: Registrar, proposal: MatchProposal, campaign: Campaign, ward: Ward
) -> None:
    by = system(registrar.organisation)
    registrar.council.campaign_set.add(campaign)
    other = make_campaign(registrar.organisation, campaign.election, ward)
    merge = accept_match(proposal, by=by, at=NOW)
    copy = make_edition(registrar.organisation, registrar.council)
    RegisterEdition.objects.filter(pk=copy.pk).update(
        supplied_to="candidate", campaign=other
    )

    assert list(merges_made(campaign, by=by)) == [merge]

    RegisterEntry.objects.filter(elector=merge.kept).update(from_edition=copy)

    assert not merges_made(campaign, by=by)
