import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from config.demo.layouts import LAYOUTS
from config.demo.region import COUNCILS, SHOWN_WHOLE, electors_by_ward, wards
from config.demo.registers import write_region

ELECTORS = 6000
REF = {
    "xpress14": lambda row: row[0:3],
    "xpress13": lambda row: row[0:3],
    "eros": lambda row: [row[0], *f"{row[1]}/0".split("/")[:2]],
    "elector8": lambda row: [row[0], *f"{row[1]}.0".split(".")[:2]],
}


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region")
    manifests = list(write_region(folder, electors=ELECTORS, seed="7"))
    return folder, manifests


def rows_of(folder: Path, name: str, encoding: str = "utf-8") -> list[list[str]]:
    with (folder / name).open(newline="", encoding=encoding) as lines:
        return list(csv.reader(lines))


def truths_of(folder, manifest):
    with (folder / f"truth_{manifest['name'].lower()}.csv").open() as lines:
        return list(csv.DictReader(lines))


def refs_in(folder, manifest, edition):
    """The elector numbers of a full register, faulty lines left out."""
    slug, layout = manifest["name"].lower(), manifest["layout"]
    rows = rows_of(folder, f"{edition}_{slug}.csv", manifest["encoding"])[1:]
    for row in rows:
        prefix, number, suffix = REF[layout](row)
        if number != "not-a-number":
            yield f"{prefix}-{number}" + (f"/{suffix}" if int(suffix) else "")


def test_the_same_seed_writes_the_same_bytes(region, tmp_path):
    folder, _ = region
    again = list(write_region(tmp_path, electors=ELECTORS, seed="7"))

    assert len(again) == len(COUNCILS)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_another_seed_writes_other_people(region, tmp_path):
    folder, _ = region
    list(write_region(tmp_path, electors=ELECTORS, seed="8", councils=COUNCILS[:1]))

    name = "full_birmingham.csv"
    assert (tmp_path / name).read_bytes() != (folder / name).read_bytes()


def test_the_electors_of_all_wards_add_up_to_what_was_asked(region):
    _, manifests = region

    assert sum(found["counts"]["electors"] for found in manifests) == ELECTORS


@pytest.mark.parametrize("electors", [700, 25_000, 200_000, 2_018_546])
def test_wards_share_any_number_of_electors_exactly(electors):
    shares = electors_by_ward(electors)

    assert sum(shares.values()) == electors
    assert min(shares.values()) >= 0


def test_at_the_usual_size_two_wards_are_whole():
    shares = electors_by_ward(25_000)

    whole = {ward.gss: ward.electorate for ward in wards() if ward.gss in SHOWN_WHOLE}
    assert {gss: shares[gss] for gss in whole} == whole


def test_the_manifest_counts_what_is_in_the_files(region):
    folder, manifests = region
    for manifest in manifests:
        slug = manifest["name"].lower()
        monthly = LAYOUTS[manifest["update_layout"]]
        above = 1 + monthly.preamble.count("\n")

        full = rows_of(folder, f"full_{slug}.csv", manifest["encoding"])
        following = rows_of(folder, f"next_{slug}.csv", manifest["encoding"])
        update = rows_of(folder, f"update_{slug}.csv", monthly.encoding)
        absent = rows_of(folder, f"absent_{slug}.csv")[1:]

        assert len(full) - 1 == manifest["full_lines"]
        assert len(following) - 1 == manifest["next_lines"]
        assert len(update) - above == manifest["update_lines"]
        assert Counter(row[1].lower() for row in absent) == manifest["absent"]


def test_planted_faults_stand_on_the_lines_the_manifest_names(region):
    folder, manifests = region
    planted = 0
    for manifest in manifests:
        slug = manifest["name"].lower()
        rows = rows_of(folder, f"full_{slug}.csv", manifest["encoding"])
        for fault in manifest["planted_faults"]:
            row = rows[fault["line"] - 1]
            if fault["fault"] == "duplicate line":
                assert row == rows[fault["line"] - 2]
            else:
                assert row[1] == "not-a-number"
            planted += 1
    assert planted


def test_every_number_is_given_once_and_belongs_to_one_person_of_the_truth(region):
    folder, manifests = region
    for manifest in manifests:
        truths = truths_of(folder, manifest)
        for edition, column in (("full", "full_ref"), ("next", "next_ref")):
            told = [truth[column] for truth in truths if truth[column]]
            assert len(told) == len(set(told))
            assert set(told) == set(refs_in(folder, manifest, edition))


def test_the_truth_tells_the_changes_the_manifest_counts(region):
    folder, manifests = region
    for manifest in manifests:
        truths = truths_of(folder, manifest)
        told = Counter(f"next_{truth['next_change']}" for truth in truths)
        updates = [truth["update_change"] for truth in truths]
        told.update(f"update_{change}" for change in updates if change)

        assert told == manifest["changes"]
        assert len({truth["person"] for truth in truths}) == len(truths)


def test_only_those_who_moved_have_another_home(region):
    folder, manifests = region
    for manifest in manifests:
        for truth in truths_of(folder, manifest):
            if truth["full_ref"] and truth["next_ref"]:
                moved = truth["home_full"] != truth["home_next"]
                assert moved == (truth["next_change"] == "moved")


def test_no_two_councils_share_a_postcode_and_each_lies_in_its_ward(region):
    folder, manifests = region
    council_of = {ward.gss: ward.council for ward in wards()}
    seen = set()
    for manifest in manifests:
        rows = rows_of(folder, f"postcodes_{manifest['name'].lower()}.csv")[1:]
        for code, _, _, council, ward, _ in rows:
            assert council == council_of[ward] == manifest["council"]
            seen.add(code)
    areas = {code.rstrip("0123456789")[:2] for code in seen}
    assert len(areas) == len(COUNCILS)


def test_the_manifest_on_disk_is_the_one_handed_back(region):
    folder, manifests = region
    for manifest in manifests:
        path = folder / f"manifest_{manifest['name'].lower()}.json"
        assert json.loads(path.read_text()) == manifest
