"""Whose elector number it is now: by the open lines of the register."""

from collections.abc import Iterable

from django.db.models import QuerySet

from campaigns.models import RegisterEntry
from campaigns.rules.elector_numbers import ElectorNumber


def holders_of(
    number: ElectorNumber, *, organisation_id: int, council_ids: Iterable[int]
) -> "QuerySet[RegisterEntry, int]":
    """Ids of electors, one a council at most, as a subquery for other queries."""
    return (
        RegisterEntry.objects.of(organisation_id)
        .filter(
            council__in=council_ids,
            prefix=number.prefix,
            number=number.number,
            suffix=number.suffix,
            until_edition__isnull=True,
        )
        .values_list("elector_id", flat=True)
    )
