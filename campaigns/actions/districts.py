"""Which ward a polling district lies in: told by hand or by a districts file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from campaigns.actions import audit
from campaigns.actions.estimated_limits import telling_of_estimates
from campaigns.models import (
    Council,
    Elector,
    Organisation,
    PollingDistrict,
    Ward,
    WardSource,
)
from campaigns.registry import registry
from campaigns.rules.refusals import Refusal

if TYPE_CHECKING:
    from campaigns.access import Actor


class DistrictRefused(Refusal):
    """The district cannot lie in that ward."""


@transaction.atomic(durable=True)
def set_ward_of_district(
    district: PollingDistrict, *, ward: Ward, by: "Actor", at: datetime
) -> None:
    """Put a district into a ward by hand; its electors move with it.

    Refused: a ward of another council. Audit: `district.ward_set`, and of a campaign
    whose limit rests on other electors then, as `telling_of_estimates` says.
    """
    if ward.council_id != district.council_id:
        raise DistrictRefused(
            "other_council", f"{ward} is not a ward of {district.council}."
        )
    with telling_of_estimates(
        organisation_id=district.organisation_id,
        council_id=district.council_id,
        because="districts",
        by=by,
        at=at,
    ):
        _put(district, ward=ward, source=WardSource.HAND)
        _move_electors([district.pk], organisation=district.organisation_id, at=at)
    audit.record(
        "district.ward_set",
        by=by,
        at=at,
        organisation_id=district.organisation_id,
        target=district,
        ward=ward.gss,
    )


@transaction.atomic(durable=True)
def set_wards_by_file(
    wards: Mapping[str, str],
    *,
    organisation: Organisation,
    council: Council,
    by: "Actor",
    at: datetime,
) -> tuple[int, list[str]]:
    """District code -> ward name or GSS code. Set by hand stays as it is.

    Returns how many districts changed, and the codes whose ward nobody knows.
    Audit: `districts.read`, and of limits as for one district.
    """
    with telling_of_estimates(
        organisation_id=organisation.pk,
        council_id=council.pk,
        because="districts",
        by=by,
        at=at,
    ):
        changed, unknown = _put_all(wards, organisation, council)
        _move_electors(changed, organisation=organisation.pk, at=at)
    audit.record(
        "districts.read",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        target=council,
        changed=len(changed),
    )
    return len(changed), unknown


def _put_all(
    wards: Mapping[str, str], organisation: Organisation, council: Council
) -> tuple[list[int], list[str]]:
    """The ids of districts that lie elsewhere now, and codes whose ward is unknown."""
    by_name: dict[str, Ward] = {}
    for ward in Ward.objects.filter(council=council):
        by_name[ward.gss] = by_name[_plain(ward.name)] = ward
    changed: list[int] = []
    unknown: list[str] = []
    for district in open_districts(organisation, council).exclude(
        ward_source=WardSource.HAND
    ):
        named = wards.get(district.code)
        found = by_name.get(named) or by_name.get(_plain(named)) if named else None
        if named and found is None:
            unknown.append(district.code)
        elif found:
            if found.pk != district.ward_id:
                changed.append(district.pk)
            _put(district, ward=found, source=WardSource.FILE)
    return changed, unknown


def open_districts(
    organisation: Organisation, council: Council
) -> QuerySet[PollingDistrict]:
    return PollingDistrict.objects.filter(
        organisation=organisation, council=council, until_edition__isnull=True
    )


def _move_electors(districts: list[int], *, organisation: int, at: datetime) -> None:
    """Their electors lie in another ward: readers of what changed are to hear of it."""
    electors = Elector.objects.filter(
        organisation=organisation, polling_district__in=districts
    )
    electors.update(changed_at=at)
    tell_electors(electors, organisation=organisation)


def tell_electors(electors: QuerySet[Elector], *, organisation: int) -> None:
    """Call those who keep facts about these electors, in this transaction."""
    try:
        query, parameters = electors.values("id").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS changed_elector")
        cursor.execute(
            "CREATE TEMP TABLE changed_elector AS"  # noqa: S608 (Django's own SQL)
            f" SELECT id AS elector_id FROM ({query}) AS one",
            parameters,
        )
        cursor.execute("ANALYZE changed_elector")
    for hook in registry.electors_changed:
        hook(organisation_id=organisation, table="changed_elector")


def tell_electors_of_wards(
    *, organisation: Organisation, wards: Iterable[Ward]
) -> None:
    tell_electors(
        Elector.objects.filter(
            organisation=organisation,
            polling_district__ward__in=wards,
            on_register=True,
        ),
        organisation=organisation.pk,
    )


def _put(district: PollingDistrict, *, ward: Ward, source: WardSource) -> None:
    district.ward, district.ward_source, district.ward_share = ward, source, None
    district.save(update_fields=["ward", "ward_source", "ward_share"])


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
