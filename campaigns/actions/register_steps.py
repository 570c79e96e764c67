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
            return int(cursor.rowcount)

    def rows(self, query: str, **more: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, vars(self) | more)
            return list(cursor.fetchall())

    def value(self, query: str, **more: Any) -> Any:
        return self.rows(query, **more)[0][0]


FULL_PLAN = ("enable_nestloop",)
UPDATE_PLAN = ("enable_seqscan",)
# What does not fit is joined in batches, at hardly more time than in one piece: so a
# city takes no more memory than a village.
LITTLE_MEMORY = ("SET LOCAL work_mem = '4MB'", "SET LOCAL hash_mem_multiplier = 1")
# Of a temporary table its size matters and little else: a tenth of the usual sample.
FEW_SAMPLES = "SET LOCAL default_statistics_target = 10"


@contextmanager
def planned_for_import(step: Step) -> Iterator[None]:
    """Planner settings while this transaction merges a file.

    Rows written a moment ago are not in the statistics, so that the planner would walk
    a whole register by nested loops. A full register is joined in memory; an update
    looks its few people up by index, so that its time grows with its changes.
    """
    off = FULL_PLAN if step.is_full else UPDATE_PLAN
    step.run(*LITTLE_MEMORY, "SET LOCAL jit = off", FEW_SAMPLES)
    step.run(*(f"SET LOCAL {name} = off" for name in off))
    yield
    names = (
        *("work_mem", "hash_mem_multiplier", "jit", "default_statistics_target"),
        *off,
    )
    step.run(*(f"SET LOCAL {name} TO DEFAULT" for name in names))
