"""E-mails that are written down first and sent after; and who wants none."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from campaigns.models.base import OrganisationScoped, RecordedBy


class OutgoingMail(models.Model):
    """An e-mail that waits to be sent, or was: written down with what it tells of.

    A worker takes it by a lease; one that dies before it is sent is taken again. What
    the mail server does not take is tried again for a day, and then given up.
    """

    asked_at = models.DateTimeField()
    # From here on by the database's own clock, like every lease.
    written_at = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Why it was not sent, the last time; empty while it is being sent.
    fault = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class DeadlineReminder(OrganisationScoped, OutgoingMail):
    """One notice of one deadline to one person.

    A deadline that moves, because the result is declared later, is reminded of anew.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        "campaigns.User", on_delete=models.CASCADE, related_name="+"
    )
    # As in `reports.deadlines_to_remind`.
    code = models.CharField(max_length=30)
    label = models.CharField(max_length=100)
    due_on = models.DateField()
    days_before = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "user", "code", "due_on", "days_before"],
                name="deadline_reminded_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "id"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="reminders_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.days_before} days before {self.due_on}"


class RemindersOff(OrganisationScoped, RecordedBy):
    """Somebody gets no reminders of a campaign's deadlines."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        "campaigns.User", on_delete=models.CASCADE, related_name="+"
    )
    off_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reminders switched off"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "user"], name="reminders_off_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, off since {self.off_at:%-d %B %Y}"
