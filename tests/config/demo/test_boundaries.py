import csv
import json

from shapely import Point
from shapely.geometry import shape

from config.demo.boundaries import write_boundaries
from config.demo.region import wards
from config.demo.registers import write_region


def outlines_in(path):
    features = json.loads(path.read_text())["features"]
    return {
        next(iter(f["properties"].values())): shape(f["geometry"]) for f in features
    }


def test_every_ward_has_an_outline_round_its_own_point_only(tmp_path):
    write_boundaries(tmp_path)

    outlines = outlines_in(tmp_path / "wards_2024.geojson")
    points = {ward.gss: Point(ward.lon, ward.lat) for ward in wards()}
    assert len(outlines) == 192
    for gss, outline in outlines.items():
        assert [other for other in points if outline.covers(points[other])] == [gss]


def test_every_postcode_lies_inside_its_ward(tmp_path):
    write_boundaries(tmp_path)
    list(write_region(tmp_path, electors=3000))

    outlines = outlines_in(tmp_path / "wards_2024.geojson")
    for path in tmp_path.glob("postcodes_*.csv"):
        for row in csv.DictReader(path.open()):
            point = Point(float(row["lon"]), float(row["lat"]))
            assert outlines[row["ward_2024"]].covers(point), row
