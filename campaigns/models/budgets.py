"""The plan: what is meant to be spent, week by week."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.money import MoneyField
from campaigns.models.spending import ExpenseCategory
from campaigns.rules.money import pounds


class BudgetLine(OrganisationScoped, RecordedBy):
    """What is planned under one head for one week, which begins on a Monday.

    `before` is for what is used before the regulated period and does not count,
    `inside` for what is used in it.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, related_name="budget"
    )
    category = models.CharField(max_length=16, choices=ExpenseCategory)
    week_on = models.DateField()
    before = MoneyField(default=0)
    inside = MoneyField(default=0)
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "category", "week_on"],
                name="one_budget_line_per_head_and_week",
            ),
            models.CheckConstraint(
                condition=Q(before__gte=0, inside__gte=0),
                name="budget_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(week_on__week_day=2), name="budget_week_begins_on_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week_on}: {pounds(self.before + self.inside)}"
