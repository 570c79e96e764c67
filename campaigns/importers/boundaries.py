"""Councils and wards from ONS files, GeoJSON or CSV: dated sets, kept by GSS code."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from campaigns.models import Constituency, Council, Ward
from campaigns.rules.refusals import Refusal

SIMPLIFY = 0.0001  # degrees, about 10 metres
DECIMALS = 5
# What columns are called here and by the ONS (WD24CD, LAD24NM, PCON24CD).
COLUMNS = {
    "ward": r"ward_gss|wd\d\dcd",
    "ward_name": r"ward_name|wd\d\dnm",
    "council": r"lad_gss|lad\d\dcd",
    "council_name": r"lad_name|lad\d\dnm",
    "constituency": r"pcon_gss|pcon\d\dcd",
    "constituency_name": r"pcon_name|pcon\d\dnm",
    "vintage": r"vintage",
    "latitude": r"label_lat|lat",
    "longitude": r"label_lon|long",
}


class BoundariesRefused(Refusal):
    """The file holds no councils or wards with GSS codes."""


@dataclass
class BoundariesRead:
    """`changes` says in sentences which wards came, went or changed their name."""

    read: int
    added: int
    changed: int
    changes: list[str]


@transaction.atomic(durable=True)
def import_boundaries(
    path: Path, *, in_force_from: date | None = None
) -> BoundariesRead:
    """Read one file; loading it again changes nothing.

    Each vintage of wards is a set that replaces the council's set before it from that
    day: `in_force_from`, else 1 January of the vintage. Refused: a file without
    councils or wards.
    """
    features = list(_read(path))
    if not features:
        raise BoundariesRefused(
            "no_boundaries", f"{path.name} holds no councils or wards with GSS codes."
        )
    outcome = BoundariesRead(len(features), 0, 0, [])
    councils = _write_councils(features, outcome)
    sets: dict[tuple[date, str], list[dict[str, Any]]] = defaultdict(list)
    for feature in features:
        if feature.get("ward"):
            day = in_force_from or _first_day(feature, path)
            sets[day, feature["council"]].append(feature)
    for (day, council), wards in sorted(sets.items()):
        _write_set(wards, councils[council], day, outcome)
    return outcome


def _first_day(feature: Mapping[str, Any], path: Path) -> date:
    vintage = str(feature.get("vintage") or "")
    found = re.search(r"(19|20)\d\d", vintage or path.stem)
    return date(int(found[0]), 1, 1) if found else date(2000, 1, 1)


def _read(path: Path) -> Iterable[dict[str, Any]]:
    try:
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from filter(None, map(_named, csv.DictReader(file)))
            return
        with path.open(encoding="utf-8-sig") as file:
            document = json.load(file)
        for feature in document["features"]:
            named = _named(feature["properties"])
            if named:
                yield named | {"geometry": feature["geometry"]}
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise BoundariesRefused(
            "not_boundaries", f"{path.name} is neither GeoJSON nor a CSV table."
        ) from error


def _named(properties: Mapping[str, Any]) -> dict[str, Any] | None:
    """The columns we know, by our names; None without a council."""
    row = {
        name: value
        for name, pattern in COLUMNS.items()
        for column, value in properties.items()
        if column and re.fullmatch(pattern, column.lower())
    }
    return row if row.get("council") else None


def _write_councils(
    features: Iterable[Mapping[str, Any]], outcome: BoundariesRead
) -> dict[str, Council]:
    names = {f["council"]: f.get("council_name") or "" for f in features}
    councils = {
        council.gss: council for council in Council.objects.filter(gss__in=names)
    }
    is_about_councils = not any(feature.get("ward") for feature in features)
    for gss, name in names.items():
        council = councils.get(gss)
        if council is None:
            councils[gss] = Council.objects.create(gss=gss, name=name or gss)
            outcome.added += is_about_councils
        elif name and council.name != name:
            council.name = name
            council.save(update_fields=["name"])
            outcome.changed += is_about_councils
    return councils


def _write_set(
    wards: list[dict[str, Any]], council: Council, day: date, outcome: BoundariesRead
) -> None:
    known = {ward.gss: ward for ward in Ward.objects.filter(council=council)}
    codes = {feature["ward"] for feature in wards}
    later = [
        w.in_force_from
        for g, w in known.items()
        if g not in codes and w.in_force_from > day
    ]
    constituencies = _write_constituencies(wards)
    for feature in wards:
        ward = known.get(feature["ward"])
        fields = _fields(feature, constituencies)
        if ward is None:
            until = min(later, default=None)
            known[feature["ward"]] = Ward.objects.create(
                gss=feature["ward"],
                council=council,
                in_force_from=day,
                in_force_until=until,
                **({"name": feature["ward"]} | fields),
            )
            outcome.added += 1
            outcome.changes.append(f"{fields.get('name')} is new from {day:%-d %B %Y}")
        else:
            fields["in_force_from"] = min(ward.in_force_from, day)
            _update(ward, fields, outcome)
    for gss, ward in known.items():
        ends = ward.in_force_until is None or ward.in_force_until > day
        if gss not in codes and ward.in_force_from < day and ends:
            _update(ward, {"in_force_until": day}, outcome)
            outcome.changes.append(f"{ward.name} ended on {day:%-d %B %Y}")


def _update(ward: Ward, fields: Mapping[str, Any], outcome: BoundariesRead) -> None:
    different = {k: v for k, v in fields.items() if getattr(ward, k) != v}
    if not different:
        return
    if "name" in different:
        outcome.changes.append(f"{ward.name} is now called {different['name']}")
    for name, value in different.items():
        setattr(ward, name, value)
    ward.save(update_fields=list(different))
    outcome.changed += 1


def _write_constituencies(
    wards: Iterable[Mapping[str, Any]],
) -> dict[str, Constituency]:
    named = {
        w["constituency"]: w.get("constituency_name") or w["constituency"]
        for w in wards
        if w.get("constituency")
    }
    for gss, name in named.items():
        Constituency.objects.update_or_create(gss=gss, defaults={"name": name})
    return {c.gss: c for c in Constituency.objects.filter(gss__in=named)}


def _fields(
    feature: Mapping[str, Any], constituencies: Mapping[str, Constituency]
) -> dict[str, Any]:
    """What this file says of a ward; what it does not say stays as it is."""
    fields: dict[str, Any] = {}
    if feature.get("ward_name"):
        fields["name"] = feature["ward_name"]
    if feature.get("constituency"):
        fields["constituency_id"] = constituencies[feature["constituency"]].pk
    if feature.get("latitude") and feature.get("longitude"):
        fields["latitude"] = float(feature["latitude"])
        fields["longitude"] = float(feature["longitude"])
    if feature.get("geometry"):
        fields |= _drawn(feature)
    return fields


def _drawn(feature: Mapping[str, Any]) -> dict[str, Any]:
    try:
        outline = shape(feature["geometry"]).simplify(SIMPLIFY)
        label = outline.representative_point()
    except (ShapelyError, ValueError, TypeError, AttributeError) as error:
        raise BoundariesRefused(
            "bad_geometry", f"The outline of {feature['ward']} cannot be read."
        ) from error
    return {
        "boundary": _rounded(mapping(outline)),
        "latitude": round(label.y, DECIMALS),
        "longitude": round(label.x, DECIMALS),
    }


def _rounded(part: Any) -> Any:
    """GeoJSON with coordinates to a metre."""
    if isinstance(part, float):
        return round(part, DECIMALS)
    if isinstance(part, dict):
        return {key: _rounded(value) for key, value in part.items()}
    return (
        [_rounded(value) for value in part] if isinstance(part, list | tuple) else part
    )
