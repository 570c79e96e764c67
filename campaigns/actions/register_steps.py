"""What every step of an import is told, and how its statements are run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Step:
    """One import of one council's file, inside its transaction.

    Statements name these facts as `%(organisation)s`, `%(council)s`, `%(edition)s`.
    The steps share temporary tables, each made by the step that its name says.
    """

    organisation: int
    council: int
    edition: int
    is_full: bool

    def run(self, *statements: str, **more: Any) -> int:
        """Run them in order; the number of rows of the last one."""
        facts = vars(self) | more
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, facts)
            return cursor.rowcount

    def rows(self, query: str, **more: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, vars(self) | more)
            return cursor.fetchall()

    def value(self, query: str, **more: Any) -> Any:
        return self.rows(query, **more)[0][0]


@contextmanager
def planned_for_import(step: Step) -> Iterator[None]:
    """Planner settings for this transaction: joins of a whole register in memory.

    An update looks its few people up by index however the statistics stand, so that
    its time grows with its changes and not with the register.
    """
    step.run("SET LOCAL work_mem = '64MB'", "SET LOCAL jit = off")
    if not step.is_full:
        step.run("SET LOCAL enable_hashjoin = off", "SET LOCAL enable_mergejoin = off")
    yield
    step.run("SET LOCAL work_mem TO DEFAULT", "SET LOCAL jit TO DEFAULT")
    step.run("SET LOCAL enable_hashjoin TO DEFAULT")
    step.run("SET LOCAL enable_mergejoin TO DEFAULT")
