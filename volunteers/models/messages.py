"""Who was asked to help, and every e-mail that goes to a volunteer."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from campaigns.models.mails import OutgoingMail
from volunteers.models.shifts import Shift, ShiftSignUp
from volunteers.models.volunteers import Volunteer


class AskedBy(models.TextChoices):
    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    IN_PERSON = "in_person", "In person"


class Invitation(OrganisationScoped, RecordedBy):
    """A volunteer was asked to come and help: when, how, by whom."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="invitations"
    )
    how = models.CharField(max_length=12, choices=AskedBy)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["volunteer", "-asked_at"], name="asked_last"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer}, asked"


class MailKind(models.TextChoices):
    LINK = "link", "Their personal link"
    ASKED = "asked", "Asked to help"
    DAY_BEFORE = "day_before", "Reminder, a day before"
    HOURS_BEFORE = "hours_before", "Reminder, two hours before"
    CANCELLED = "cancelled", "The shift is cancelled"
    CHANGED = "changed", "The shift has changed"
    MOVED_UP = "moved_up", "A place is free"
    ROUND = "round", "The link of their round"


ONCE_A_SIGN_UP = (MailKind.DAY_BEFORE, MailKind.HOURS_BEFORE, MailKind.CANCELLED)


class VolunteerMail(OrganisationScoped, OutgoingMail):
    """One e-mail to one volunteer."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="mails"
    )
    kind = models.CharField(max_length=12, choices=MailKind)
    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, null=True)
    sign_up = models.ForeignKey(ShiftSignUp, on_delete=models.CASCADE, null=True)
    # The row of an app above that such a kind tells of: of `round`, the issue.
    about = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign_up", "kind"],
                condition=Q(kind__in=ONCE_A_SIGN_UP),
                name="mail_once_a_sign_up",
            ),
            models.UniqueConstraint(
                fields=["kind", "about", "volunteer"],
                condition=Q(about__isnull=False),
                name="mail_once_about_it",
            ),
            models.CheckConstraint(
                condition=Q(kind="round", about__isnull=False)
                | ~Q(kind="round") & Q(about__isnull=True),
                name="mail_says_about_what",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(sent_at__isnull=True), name="mails_to_send"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.volunteer_id}"
