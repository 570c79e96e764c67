"""One person keeps one elector through updates and next December's register."""

from datetime import date

import pytest

from campaigns.models import (
    Campaign,
    Elector,
    MatchProposal,
    PollingDistrict,
    RegisterEdition,
    RegisterEntry,
    RejectedLine,
    Ward,
)
from campaigns.reports.electorate import entries_as_of
from campaigns.reports.integrity import check_integrity
from canvassing.models import ElectorStanding
from tests.campaigns.registers import Line, Registrar, written

DECEMBER = date(2024, 12, 1)
ELSEWHERE = ("9 Rowan Road", "Wolverhampton")
ADA = Line("1", "Ash", "Ada", middle="Jane")
BEN = Line("2", "Ash", "Ben")
CLEO = Line("3", "Birch", "Cleo", home=ELSEWHERE)


def in_december(line: Line, number: str, **facts: object) -> Line:
    """The same person next year, in a district with another code."""
    return line.now("", number=number, prefix="BBB", **facts)


def entries(elector: Elector) -> list[str]:
    return [
        str(e) for e in RegisterEntry.objects.filter(elector=elector).order_by("pk")
    ]


def test_a_renumbered_register_keeps_everybody(registrar: Registrar) -> None:
    registrar.load(ADA, BEN, CLEO)
    before = set(Elector.objects.values_list("pk", flat=True))

    outcome = registrar.load(
        in_december(CLEO, "1"),
        in_december(ADA, "2"),
        in_december(BEN, "3"),
        published_on=DECEMBER,
    )

    assert (outcome.added, outcome.ended, outcome.renumbered) == (0, 0, 3)
    assert set(Elector.objects.values_list("pk", flat=True)) == before
    assert entries(registrar.elector("BBB-2")) == ["AAA-1", "BBB-2"]
    open_codes = PollingDistrict.objects.filter(until_edition__isnull=True)
    assert [district.code for district in open_codes] == ["BBB"]
    assert check_integrity().broken == []


def test_neighbours_of_a_first_register_have_neighbouring_rows(
    registrar: Registrar,
) -> None:
    homes = [(f"{number} Rowan Road", "Wolverhampton") for number in range(1, 60)]
    registrar.load(
        *(Line(str(at), "Ash", "Ada", home=home) for at, home in enumerate(homes, 1))
    )

    people = Elector.objects.select_related("address").order_by("pk")
    assert [one.elector_number for one in people] == [f"AAA-{n}" for n in range(1, 60)]
    addresses = [one.address_id for one in people]
    assert addresses == sorted(addresses)


def test_the_register_is_read_as_it_stood(registrar: Registrar) -> None:
    first = registrar.load(ADA, BEN)
    second = registrar.update(BEN.now("delete"), CLEO.now("add"))
    third = registrar.load(
        in_december(ADA, "1"), in_december(CLEO, "2"), published_on=DECEMBER
    )

    def as_of(edition: int | None) -> set[str]:
        found = entries_as_of(RegisterEdition.objects.get(pk=edition))
        return {str(entry) for entry in found}

    assert as_of(first.edition) == {"AAA-1", "AAA-2"}
    assert as_of(second.edition) == {"AAA-1", "AAA-3"}
    assert as_of(third.edition) == {"BBB-1", "BBB-2"}


def test_a_new_surname_and_a_spelling_are_the_same_people(registrar: Registrar) -> None:
    registrar.load(ADA, BEN)
    ada, ben = registrar.elector("AAA-1").pk, registrar.elector("AAA-2").pk

    outcome = registrar.load(
        in_december(ADA, "1", surname="Elm", middle="J"),
        in_december(BEN, "2", forename="Benn"),
        published_on=DECEMBER,
    )

    assert (outcome.changed, outcome.uncertain) == (2, 0)
    assert registrar.elector("BBB-1").pk == ada
    assert registrar.elector("BBB-2").pk == ben


def test_namesakes_of_one_home_are_paired_only_where_something_tells_them_apart(
    registrar: Registrar,
) -> None:
    jan, young_jan = Line("1", "Mazur", "Jan"), Line("2", "Mazur", "Jan", markers="G")
    abdul, other = (Line(n, "Bibi", "Abdul", home=ELSEWHERE) for n in ("3", "4"))
    registrar.load(jan, young_jan, abdul, other)
    old, young = registrar.elector("AAA-1").pk, registrar.elector("AAA-2").pk

    outcome = registrar.load(
        in_december(young_jan, "1", surname="MAZUR"),
        in_december(jan, "2"),
        in_december(other, "3", surname="BIBI"),
        in_december(abdul, "4"),
        published_on=DECEMBER,
    )

    assert registrar.elector("BBB-1").pk == young
    assert registrar.elector("BBB-2").pk == old
    assert (outcome.added, outcome.ended, outcome.uncertain) == (2, 2, 2)
    assert MatchProposal.objects.count() == 4


def test_a_namesake_elsewhere_is_a_proposal_and_no_proof(registrar: Registrar) -> None:
    registrar.load(ADA, BEN)

    outcome = registrar.load(
        in_december(ADA, "1", home=ELSEWHERE),
        in_december(BEN, "2"),
        published_on=DECEMBER,
    )

    assert (outcome.added, outcome.ended, outcome.uncertain) == (1, 1, 1)
    proposal = MatchProposal.objects.get()
    assert (proposal.kind, proposal.state) == ("moved", "open")
    assert "Another address" in proposal.evidence


def test_the_suppliers_own_id_proves_a_move(registrar: Registrar) -> None:
    ada = ADA.now("", supplier_id="E1")
    registrar.load(ada, BEN, layout="elector8_full")
    before = registrar.elector("AAA-1").pk

    outcome = registrar.load(
        in_december(ada, "1", home=ELSEWHERE),
        in_december(BEN, "2"),
        layout="elector8_full",
        published_on=DECEMBER,
    )

    assert (outcome.moved, outcome.added, outcome.ended) == (1, 0, 0)
    assert registrar.elector("BBB-1").pk == before
    assert registrar.elector("BBB-1").address.street == "Rowan Road"


def test_two_who_carry_one_supplier_id_are_told_apart_by_their_numbers(
    registrar: Registrar,
) -> None:
    xan = ADA.now("", supplier_id="E1")
    yan = BEN.now("", surname="Ash", supplier_id="E1")
    registrar.load(xan, yan, layout="elector8_full")

    outcome = registrar.update(
        xan.now("amend", markers="G"),
        yan.now("delete"),
        layout="elector8_update",
        published_on=date(2024, 3, 1),
    )

    assert (outcome.changed, outcome.ended, outcome.rejected) == (1, 1, 0)


def test_an_anonymous_entry_is_never_matched_to_a_name(registrar: Registrar) -> None:
    hidden = Line("2", "", "", home=(), postcode="", markers="N")
    registrar.load(ADA, hidden)
    named = registrar.elector("AAA-1").pk

    registrar.update(
        ADA.now("amend", surname="", forename="", middle="", home=(), postcode=""),
        hidden.now("amend", surname="Ash", forename="Zoe"),
    )

    assert registrar.elector("AAA-1").pk != named
    assert registrar.elector("AAA-1").is_anonymous
    assert not Elector.objects.get(pk=named).on_register
    assert not registrar.elector("AAA-2").is_anonymous
    assert not MatchProposal.objects.exists()


def test_who_leaves_and_comes_back_is_the_same(registrar: Registrar) -> None:
    registrar.load(ADA, BEN)
    before = registrar.elector("AAA-2").pk
    registrar.update(BEN.now("delete"))

    outcome = registrar.update(
        BEN.now("add", number="7"), published_on=date(2024, 4, 1)
    )

    assert (outcome.added, outcome.electors) == (1, 2)
    assert registrar.elector("AAA-7").pk == before


def test_deleted_and_added_again_in_one_file_is_renumbered(
    registrar: Registrar,
) -> None:
    registrar.load(ADA, BEN)
    before = registrar.elector("AAA-2").pk

    outcome = registrar.update(BEN.now("delete"), BEN.now("add", number="9"))

    assert (outcome.renumbered, outcome.added, outcome.ended) == (1, 0, 0)
    assert registrar.elector("AAA-9").pk == before


def test_lines_of_an_update_that_contradict_the_register_are_rejected(
    registrar: Registrar,
) -> None:
    registrar.load(ADA, BEN)

    outcome = registrar.update(
        Line("1", "Fir", "Eve", home=ELSEWHERE, change="add"),
        Line("8", "Fir", "Gil", home=ELSEWHERE, change="delete"),
        Line("2", "Fir", "Hal", home=ELSEWHERE, change="delete"),
    )

    codes = {problem["line"]: problem["code"] for problem in outcome.problems}
    assert codes == {2: "number_taken", 3: "not_on_register", 4: "number_taken"}
    assert (outcome.accepted, outcome.electors) == (0, 2)


def test_a_freed_number_may_be_given_in_the_same_file(registrar: Registrar) -> None:
    registrar.load(ADA, BEN)

    outcome = registrar.update(
        BEN.now("delete"), Line("2", "Fir", "Eve", home=ELSEWHERE, change="add")
    )

    assert (outcome.added, outcome.ended, outcome.rejected) == (1, 1, 0)
    assert registrar.elector("AAA-2").surname == "Fir"


def test_what_an_update_adds_twice_changes_nothing(registrar: Registrar) -> None:
    registrar.load(ADA, BEN)

    outcome = registrar.update(BEN.now("add"))

    assert (outcome.added, outcome.changed, outcome.ended) == (0, 0, 0)


def test_rejected_lines_keep_their_number_reason_and_text(registrar: Registrar) -> None:
    outcome = registrar.load(ADA, ADA, Line("x", "Ash", "Ada"), BEN, CLEO)

    assert (outcome.lines, outcome.accepted, outcome.rejected) == (5, 3, 2)
    kept = RejectedLine.objects.order_by("line")
    assert [(one.line, one.code) for one in kept] == [(3, "duplicate"), (4, "number")]
    assert kept[0].raw.startswith("AAA,1,0,,,Ash,Ada Jane")
    assert kept[1].raw.startswith("AAA,x,")


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    registrar: Registrar,
) -> None:
    registrar.load(ADA, BEN)

    outcome = registrar.update(BEN.now("delete"), CLEO.now("add"), dry_run=True)

    assert (outcome.added, outcome.ended, outcome.edition) == (1, 1, None)
    assert registrar.elector("AAA-2").surname == "Ash"
    assert RegisterEdition.objects.count() == 1


def test_an_import_that_dies_half_way_leaves_no_trace_and_can_run_again(
    registrar: Registrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    registrar.load(ADA, BEN)

    def die(step: object) -> int:
        raise RuntimeError("the worker was killed")

    with monkeypatch.context() as patched:
        patched.setattr("campaigns.actions.register.propose", die)
        with pytest.raises(RuntimeError):
            registrar.update(BEN.now("delete"), CLEO.now("add"))
    assert registrar.elector("AAA-2").surname == "Ash"
    assert not RegisterEntry.objects.filter(until_edition__isnull=False).exists()

    assert registrar.update(BEN.now("delete"), CLEO.now("add")).added == 1


def test_an_address_spelt_anew_is_no_second_dwelling(registrar: Registrar) -> None:
    home = ("Flat 2", "Elder House", "8 Alder Street", "Wolverhampton")
    registrar.load(ADA.now("", home=home), BEN)
    before = registrar.elector("AAA-1")

    registrar.load(
        in_december(ADA, "1", home=("Flat 2", "8 Alder Street", "Wolverhampton")),
        in_december(BEN, "2"),
        published_on=DECEMBER,
    )

    after = registrar.elector("BBB-1")
    assert (after.pk, after.address_id) == (before.pk, before.address_id)


def test_who_leaves_the_register_leaves_every_working_page(
    registrar: Registrar, campaign: Campaign, ward: Ward
) -> None:
    registrar.load(ADA, BEN)
    PollingDistrict.objects.update(ward=ward, ward_source="hand")
    registrar.update(CLEO.now("add"), published_on=date(2024, 2, 1))
    assert ElectorStanding.objects.filter(campaign=campaign, is_current=True).exists()

    registrar.update(CLEO.now("delete"))

    cleo = Elector.objects.get(surname="Birch")
    standing = ElectorStanding.objects.filter(campaign=campaign, elector=cleo)
    assert not standing.filter(is_current=True).exists()


def test_another_organisation_loads_the_same_file_apart(
    registrar: Registrar, other_organisation: object
) -> None:
    content = written("eros_full", [ADA, BEN])
    registrar.load_text(content)
    theirs = Registrar(registrar.folder, other_organisation, registrar.council)  # type: ignore[arg-type]

    theirs.load_text(content)

    assert Elector.objects.count() == 4
    assert theirs.elector("AAA-1").pk != registrar.elector("AAA-1").pk
