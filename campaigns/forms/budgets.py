"""What is typed about the plan: one head or one week at a time."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from campaigns.actions.budgets import Planned
from campaigns.forms.money_fields import PoundsField
from campaigns.reports.budget import BudgetCell
from campaigns.rules.budget_weeks import Counts


class Row(NamedTuple):
    """One line of the grid; a column in which nothing can stand is None."""

    label: str
    before: BoundField | None
    inside: BoundField | None


class BudgetForm(forms.Form):
    """Two amounts for each cell: used before the regulated period, and used in it."""

    def __init__(
        self, *args: Any, cells: Iterable[BudgetCell], by_week: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.cells = tuple(cells)
        self.by_week = by_week
        for cell in self.cells:
            for column in self._columns(cell):
                self.fields[_name(column, cell)] = PoundsField(
                    label=f"{self._label(cell)}, {column}",
                    required=False,
                    initial=getattr(cell, column) or "",
                )

    def rows(self) -> list[Row]:
        return [
            Row(
                self._label(cell),
                *(
                    self[name] if (name := _name(column, cell)) in self.fields else None
                    for column in ("before", "inside")
                ),
            )
            for cell in self.cells
        ]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "planned": [
                Planned(
                    cell.category,
                    cell.week_on,
                    **{
                        column: typed[_name(column, cell)]
                        for column in self._columns(cell)
                        if typed.get(_name(column, cell)) is not None
                    },
                )
                for cell in self.cells
            ]
        }

    def _label(self, cell: BudgetCell) -> str:
        return cell.label if self.by_week else f"{cell.week_on:%-d %B %Y}"

    @staticmethod
    def _columns(cell: BudgetCell) -> tuple[str, ...]:
        """A sum that a change of the days left where it cannot stand is still shown."""
        return tuple(
            column
            for column in (Counts.BEFORE.value, Counts.INSIDE.value)
            if cell.counts in (column, Counts.BOTH) or getattr(cell, column)
        )


def _name(column: str, cell: BudgetCell) -> str:
    return f"{column}-{cell.category}-{cell.week_on.isoformat()}"
