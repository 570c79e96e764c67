"""Sessions: one outing on doors, a street stall, a phone evening."""

from django.db import models
from django.utils.timezone import localtime

from campaigns.models.base import OrganisationScoped
from campaigns.times import clock


class Channel(models.TextChoices):
    DOOR = "door", "Door"
    PHONE = "phone", "Phone"
    STALL = "stall", "Street stall"
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    PAPER = "paper", "Typed from paper"
    IMPORT = "import", "From another tool"


class CanvassSession(OrganisationScoped):
    """One outing, whose contacts belong together."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="sessions"
    )
    shift = models.OneToOneField(
        "volunteers.Shift", on_delete=models.SET_NULL, null=True, blank=True
    )
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.DOOR)
    name = models.CharField(max_length=120, blank=True)
    meeting_point = models.CharField(max_length=200, blank=True)
    # Said at the meeting point: whoever opens a link there types it.
    short_code = models.CharField(max_length=6, blank=True)
    script = models.ForeignKey(
        "canvassing.Script", on_delete=models.PROTECT, null=True, blank=True
    )
    ward = models.ForeignKey(
        "campaigns.Ward", on_delete=models.PROTECT, null=True, blank=True
    )
    leader = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, null=True, blank=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "-starts_at"], name="session_latest"
            )
        ]

    @property
    def code_name(self) -> str:
        """Under which wrong guesses of its code are counted, over all its links."""
        return f"session:{self.pk}"

    def __str__(self) -> str:
        name = self.name or self.get_channel_display()
        starts = localtime(self.starts_at)
        return f"{name}, {starts:%-d %b}, {clock(starts)}"
