"""Schematic outlines for the real wards: no real boundary is used.

Each ward has the ground that lies nearer to its point than to any other ward's,
cut off some way outside the region.
"""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from shapely import MultiPoint, Point, union_all, voronoi_polygons
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from config.demo.region import COUNCILS, reach, wards

EDGE = 0.03  # degrees round the outermost wards' points


def write_boundaries(out: Path) -> None:
    """Write `wards.geojson` and `councils.geojson` with the columns ONS uses."""
    outlines = ward_outlines()
    write_features(
        out / "wards.geojson",
        (
            (
                {
                    "WD24CD": ward.gss,
                    "WD24NM": ward.name,
                    "LAD24CD": ward.council,
                    "LAD24NM": names[ward.council],
                },
                outlines[ward.gss],
            )
            for ward in wards()
        ),
    )
