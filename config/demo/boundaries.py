"""Schematic outlines for the real wards: no real boundary is used.

Each ward has the ground nearer to its point than to any other ward's, cut off a
little way outside the region.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from shapely import MultiPoint, Point, set_precision, union_all, voronoi_polygons
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from config.demo.region import COUNCILS, wards

EDGE = 0.025  # degrees of ground round the outermost wards' points
PRECISION = 0.00001  # degrees: about a metre

Feature = tuple[dict[str, str], BaseGeometry]


def write_boundaries(out: Path) -> None:
    """Write `wards_2024.geojson` and `councils.geojson` as ONS names their columns."""
    outlines = ward_outlines()
    names = {council.gss: council.name for council in COUNCILS}
    ward_features: list[Feature] = []
    council_features: list[Feature] = []
    for ward in wards():
        properties = {
            "WD24CD": ward.gss,
            "WD24NM": ward.name,
            "LAD24CD": ward.council,
            "LAD24NM": names[ward.council],
        }
        ward_features.append((properties, outlines[ward.gss]))
    for gss, name in names.items():
        parts = [outlines[ward.gss] for ward in wards() if ward.council == gss]
        properties = {"LAD24CD": gss, "LAD24NM": name}
        council_features.append((properties, union_all(parts)))
    write_features(out / "wards_2024.geojson", ward_features)
    write_features(out / "councils.geojson", council_features)


def ward_outlines() -> dict[str, BaseGeometry]:
    points = {ward.gss: Point(ward.lon, ward.lat) for ward in wards()}
    region = MultiPoint(list(points.values())).buffer(EDGE).convex_hull
    cells = voronoi_polygons(MultiPoint(list(points.values())), extend_to=region)
    return {
        gss: set_precision(cell.intersection(region), PRECISION)
        for gss, point in points.items()
        for cell in cells.geoms
        if cell.covers(point)
    }


def write_features(path: Path, features: Iterable[Feature]) -> None:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": mapping(outline)}
            for properties, outline in features
        ],
    }
    path.write_text(json.dumps(collection), encoding="utf-8")
