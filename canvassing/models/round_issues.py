"""Rounds that are out: to whom, until when, and on which phones."""

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from canvassing.models.rounds import CanvassRound
from canvassing.models.sessions import CanvassSession


class IssueKind(models.TextChoices):
    VOLUNTEER = "volunteer", "One volunteer"
    TEAM = "team", "A team"
    MEETING_POINT = "meeting_point", "Whoever is at the meeting point"


class ClosedBecause(models.TextChoices):
    HANDED_BACK = "handed_back", "Handed back"
    EXPIRED = "expired", "Its time was over"
    REVOKED = "revoked", "Taken back by an organiser"


class RoundIssue(OrganisationScoped, RecordedBy):
    """A round while it is out. Its link's secret is kept as a hash alone."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    round = models.ForeignKey(
        CanvassRound, on_delete=models.PROTECT, related_name="issues"
    )
    session = models.ForeignKey(
        CanvassSession, on_delete=models.SET_NULL, null=True, blank=True
    )
    kind = models.CharField(max_length=16, choices=IssueKind)
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, null=True, blank=True
    )
    team = models.ForeignKey(
        "volunteers.Team", on_delete=models.PROTECT, null=True, blank=True
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    # On how many phones it may be at a time; a volunteer's own is on the first alone.
    most_phones = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=12, choices=ClosedBecause, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(closed_at__isnull=True),
                name="round_out_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="volunteer", volunteer__isnull=False)
                | Q(kind="team", team__isnull=False)
                | Q(kind="meeting_point"),
                name="issue_names_whom",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign"],
                condition=Q(closed_at__isnull=True),
                name="issues_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.get_kind_display().lower()}"


class FieldPhone(OrganisationScoped):
    """One phone that reaches elector data of a round or of a phone bank, with the key
    it was given.

    The key is kept as a hash alone. A phone that was cut off still delivers what it
    recorded, which is then held.
    """

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    issue = models.ForeignKey(
        RoundIssue, on_delete=models.CASCADE, null=True, related_name="phones"
    )
    bank = models.ForeignKey(
        "canvassing.PhoneBank",
        on_delete=models.CASCADE,
        null=True,
        related_name="phones",
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    # Signed out, handed back, taken back or expired: no names from then on.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(issue__isnull=False, bank__isnull=True)
                | Q(issue__isnull=True, bank__isnull=False),
                name="phone_of_a_round_or_of_a_bank",
            )
        ]

    def __str__(self) -> str:
        return f"phone of {self.volunteer_id}"


class RoundKnocker(OrganisationScoped):
    """Somebody who knocks on the doors of an issued round, with a phone or beside one.

    Their id is made on the phone, so that a board runner can add them with no signal.
    """

    issue = models.ForeignKey(
        RoundIssue, on_delete=models.CASCADE, related_name="knockers"
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    uuid = models.UUIDField()
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    # The door they were sent to last.
    address = models.ForeignKey(
        "campaigns.Address",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "uuid"], name="knocker_once_by_uuid"
            ),
            models.UniqueConstraint(
                fields=["issue", "volunteer"], name="knocker_once_on_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"knocker {self.volunteer_id}"


class BuildingNote(OrganisationScoped, RecordedBy):
    """What helps at a building's door, such as "buzz 12": the latest one stands."""

    council = models.ForeignKey(
        "campaigns.Council", on_delete=models.PROTECT, related_name="+"
    )
    building_key = models.TextField()
    # The phone's id of the note: the same one is the same note.
    uuid = models.UUIDField()
    # Empty: the earlier note no longer holds.
    text = models.CharField(max_length=120, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "uuid"], name="building_note_once_by_uuid"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "council", "building_key", "-said_at"],
                name="building_notes_latest",
            )
        ]

    def __str__(self) -> str:
        return self.text
