"""Reminders of what the law wants by when: each goes out once to each person."""

from django.db import models

from campaigns.models.base import OrganisationScoped


class DeadlineReminder(OrganisationScoped):
    """One reminder of one deadline that was sent to one person.

    A deadline that moves, because the result was declared later, is reminded of anew.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey("campaigns.User", on_delete=models.CASCADE)
    # As in `reports.campaign_deadlines`.
    code = models.CharField(max_length=30)
    due_on = models.DateField()
    days_before = models.SmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "user", "code", "due_on", "days_before"],
                name="deadline_reminded_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.days_before} days before {self.due_on}"
