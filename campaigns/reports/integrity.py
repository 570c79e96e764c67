"""Proof that bulk tables, which carry no foreign keys, hold no orphan, and that the
money adds up.

Every key made by `bulk_key` is followed: its parent must be there and, where it has
one, of the same organisation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, models

from campaigns.models.base import BulkScoped, OrganisationScoped
from campaigns.reports.money_integrity import MoneyFault, money_faults

SCOPED = (BulkScoped, OrganisationScoped)
COUNT = """
SELECT count(*) FROM {child} AS child
WHERE child.{column} IS NOT NULL AND NOT EXISTS (
    SELECT FROM {parent} AS parent WHERE parent.id = child.{column}{same})
"""
SAME_ORGANISATION = " AND parent.organisation_id = child.organisation_id"


@dataclass(frozen=True)
class BrokenKey:
    table: str
    column: str
    rows: int


class Key(NamedTuple):
    """`is_scoped`: parent and child both belong to an organisation."""

    child: str
    column: str
    parent: str
    is_scoped: bool


@dataclass(frozen=True)
class Integrity:
    """`checked`: keys that were followed. `broken`: those with orphans. `money`: rows
    of money that do not agree with the others."""

    checked: int
    broken: list[BrokenKey]
    money: list[MoneyFault]


def check_integrity() -> Integrity:
    keys = list(_bulk_keys())
    counted = [BrokenKey(key.child, key.column, _orphans(key)) for key in keys]
    return Integrity(len(keys), [one for one in counted if one.rows], money_faults())


def _bulk_keys() -> Iterator[Key]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and not _is_guarded(field):
                parent = field.related_model
                yield Key(
                    model._meta.db_table,
                    field.column,
                    parent._meta.db_table,
                    issubclass(model, SCOPED) and issubclass(parent, SCOPED),
                )


def _is_guarded(field: "models.ForeignKey[Any, Any]") -> bool:
    """Does the database itself keep the key's parent?"""
    return bool(getattr(field, "db_constraint", True))


def _orphans(key: Key) -> int:
    same = SAME_ORGANISATION if key.is_scoped else ""
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(**key._asdict(), same=same))
        return int(cursor.fetchone()[0])
