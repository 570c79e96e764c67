"""Boundaries, postcodes and districts: what lies where, and since when."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from campaigns.access import system
from campaigns.actions.districts import DistrictRefused, set_ward_of_district
from campaigns.importers.boundaries import BoundariesRefused, import_boundaries
from campaigns.importers.districts import import_districts
from campaigns.importers.postcodes import PostcodesRefused, import_postcodes
from campaigns.models import (
    Address,
    Campaign,
    Council,
    Elector,
    PollingDistrict,
    PostcodePoint,
    Ward,
    WardSource,
)
from canvassing.models import ElectorStanding
from tests.campaigns.registers import Line, Registrar
from tests.cast import NOW

SQUARE = [[-2.1, 52.5], [-2.0, 52.5], [-2.0, 52.6], [-2.1, 52.6], [-2.1, 52.5]]


def feature(gss: str, name: str, vintage: str) -> dict[str, Any]:
    properties = {
        "ward_gss": gss,
        "ward_name": name,
        "lad_gss": "E08000031",
        "lad_name": "Wolverhampton",
        "vintage": vintage,
    }
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "wards.geojson"
    collection = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(collection))
    return path


def table(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text)
    return path


@pytest.mark.django_db
def test_a_newer_set_of_wards_ends_the_one_before(tmp_path: Path) -> None:
    old = written(tmp_path, feature("E05000001", "Penn", "2021"))
    assert import_boundaries(old).added == 1
    new = written(
        tmp_path,
        feature("E05000002", "Penn East", "2024"),
        feature("E05000003", "Penn West", "2024"),
    )

    outcome = import_boundaries(new)

    assert (outcome.read, outcome.added, outcome.changed) == (2, 2, 1)
    assert "Penn ended on 1 January 2024" in outcome.changes
    names = [
        sorted(ward.name for ward in Ward.objects.in_force(date(year, 5, 2)))
        for year in (2021, 2024)
    ]
    assert names == [["Penn"], ["Penn East", "Penn West"]]


@pytest.mark.django_db
def test_the_same_boundaries_again_change_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, feature("E05000001", "Penn", "2024"))
    import_boundaries(path)

    again = import_boundaries(path)

    assert (again.added, again.changed, again.changes) == (0, 0, [])
    ward = Ward.objects.get()
    assert ward.boundary["type"] == "Polygon"
    assert ward.latitude == pytest.approx(52.55)


@pytest.mark.django_db
def test_wards_and_constituencies_come_from_a_csv_of_the_ons(tmp_path: Path) -> None:
    header = "WD24CD,WD24NM,LAD24CD,LAD24NM,PCON24CD,PCON24NM\n"
    row = "E05000001,Penn,E08000031,Wolverhampton,E14001608,Wolverhampton West\n"

    import_boundaries(table(tmp_path, header + row))

    ward = Ward.objects.get()
    assert (ward.name, str(ward.constituency)) == ("Penn", "Wolverhampton West")


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "not json", '{"features": [{}]}', "a,b\n1,2\n"])
def test_what_is_no_boundary_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / ("x.csv" if "," in text else "x.geojson")
    path.write_text(text)

    with pytest.raises(BoundariesRefused):
        import_boundaries(path)


POINTS = "postcode,lat,lon,lad_gss,ward_2021,ward_2024\n"


@pytest.mark.django_db
def test_postcodes_are_added_and_renewed(tmp_path: Path, ward: Ward) -> None:
    row = f"WV1 1AA,52.5,-2.1,E08000031,E05009999,{ward.gss}\n"
    first = import_postcodes(table(tmp_path, POINTS + row))
    moved = import_postcodes(table(tmp_path, POINTS + row.replace("52.5", "52.6")))

    assert (first.read, first.added, first.changed) == (1, 1, 0)
    assert (moved.added, moved.changed) == (0, 1)
    point = PostcodePoint.objects.get()
    assert (point.latitude, point.ward) == (52.6, ward)


@pytest.mark.django_db
def test_a_table_without_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PostcodesRefused):
        import_postcodes(table(tmp_path, "postcode,ward,council\nWV1 1AA,x,y\n"))


def test_a_district_lies_where_most_of_its_postcodes_fall(
    registrar: Registrar, tmp_path: Path, ward: Ward, other_ward: Ward
) -> None:
    rows = [("WV1 1AA", ward), ("WV1 1AB", ward), ("WV1 1AD", other_ward)]
    text = "".join(f"{p},52.5,-2.1,E08000031,,{w.gss}\n" for p, w in rows)
    import_postcodes(table(tmp_path, POINTS + text))

    registrar.load(
        *(Line(str(n), "Ash", "Ada", postcode=p) for n, (p, _) in enumerate(rows, 1))
    )

    district = PollingDistrict.objects.get()
    assert (district.ward, district.ward_source) == (ward, WardSource.POSTCODES)
    assert district.ward_share == pytest.approx(2 / 3)
    assert Address.objects.filter(latitude=52.5).count() == 3


def test_postcodes_that_come_later_place_what_waited(
    registrar: Registrar, tmp_path: Path, ward: Ward, campaign: Campaign
) -> None:
    registrar.load(Line("1", "Ash", "Ada"))
    assert PollingDistrict.objects.get().ward is None

    import_postcodes(
        table(tmp_path, POINTS + f"WV1 1AA,52.5,-2.1,E08000031,,{ward.gss}\n")
    )

    assert PollingDistrict.objects.get().ward == ward
    assert Address.objects.get().latitude == 52.5
    assert ElectorStanding.objects.get(campaign=campaign).ward == ward


def test_a_correction_by_hand_moves_the_electors_and_stays(
    registrar: Registrar,
    tmp_path: Path,
    ward: Ward,
    other_ward: Ward,
    campaign: Campaign,
    council: Council,
) -> None:
    registrar.load(Line("1", "Ash", "Ada"))
    by = system(registrar.organisation)
    told = table(tmp_path, f"District,Ward,Note\nAAA,{ward.name},\nBBB,Nowhere,\n")
    read = import_districts(
        told, organisation=registrar.organisation, council=council, by=by, at=NOW
    )
    assert (read.changed, read.unknown) == (1, [])
    assert ElectorStanding.objects.get(campaign=campaign).ward == ward

    later = NOW + timedelta(hours=1)
    set_ward_of_district(
        PollingDistrict.objects.get(), ward=other_ward, by=by, at=later
    )

    assert ElectorStanding.objects.get(campaign=campaign).ward == other_ward
    assert Elector.objects.get().changed_at == later
    again = import_districts(
        told, organisation=registrar.organisation, council=council, by=by, at=NOW
    )
    assert again.changed == 0


def test_what_a_districts_file_says_is_not_guessed_again_from_postcodes(
    registrar: Registrar, tmp_path: Path, ward: Ward, council: Council
) -> None:
    import_postcodes(
        table(tmp_path, POINTS + f"WV1 1AA,52.5,-2.1,E08000031,,{ward.gss}\n")
    )
    registrar.load(Line("1", "Ash", "Ada"))

    read = import_districts(
        table(tmp_path, f"District,Ward\nAAA,{ward.gss}\n"),
        organisation=registrar.organisation,
        council=council,
        by=system(registrar.organisation),
        at=NOW,
    )

    assert (read.read, read.changed) == (1, 0)
    assert PollingDistrict.objects.get().ward_source == WardSource.FILE


def test_a_ward_of_another_council_is_refused(
    registrar: Registrar, other_council: Council
) -> None:
    registrar.load(Line("1", "Ash", "Ada"))
    elsewhere = Ward.objects.create(
        gss="E05014999", name="Bloxwich", council=other_council
    )

    with pytest.raises(DistrictRefused):
        set_ward_of_district(
            PollingDistrict.objects.get(),
            ward=elsewhere,
            by=system(registrar.organisation),
            at=NOW,
        )
