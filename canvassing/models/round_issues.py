"""Rounds that are out, of doors or leaflets: to whom, until when, on which phones."""

from datetime import datetime
from typing import Final, cast

from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped, RecordedBy
from canvassing.models.leaflets import LeafletRound
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
    # Of a phone alone: its round stays out.
    SIGNED_OUT = "signed_out", "Signed out"


# By those who had it, and not taken from them.
GIVEN_BACK: Final = (ClosedBecause.HANDED_BACK, ClosedBecause.SIGNED_OUT)


class RoundIssue(OrganisationScoped, RecordedBy):
    """A round, of doors or of leaflets, while it is out. Its link's secret is kept as a
    hash alone, and can be made again, to be shown at the meeting point, from this seed
    and the site's key."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    round = models.ForeignKey(
        CanvassRound, on_delete=models.PROTECT, null=True, related_name="issues"
    )
    leaflet_round = models.ForeignKey(
        LeafletRound, on_delete=models.PROTECT, null=True, related_name="issues"
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
    link_seed = models.CharField(max_length=32)
    secret_hash = models.CharField(max_length=64, unique=True)
    # Asked for where no session's code is.
    short_code = models.CharField(max_length=6)
    # On how many phones it may be at a time; leaflets, and a volunteer's own round, are
    # on one alone.
    most_phones = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=12, choices=ClosedBecause, blank=True)
    # How often the link was opened on a phone that it is not for, and when last.
    refused_joins = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True)
    # An organiser says that an adult is with those under 18; for twelve hours, or until
    # one leaves again.
    accompanied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(closed_at__isnull=True),
                name="round_out_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["leaflet_round"],
                condition=Q(closed_at__isnull=True),
                name="leaflet_round_out_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False, leaflet_round__isnull=True)
                | Q(round__isnull=True, leaflet_round__isnull=False),
                name="issue_is_of_one_round",
            ),
            models.CheckConstraint(
                condition=Q(kind="volunteer", volunteer__isnull=False)
                | Q(kind="team", team__isnull=False)
                | Q(kind="meeting_point"),
                name="issue_names_whom",
            ),
            models.CheckConstraint(
                condition=~Q(short_code=""), name="issue_has_a_code"
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
        return f"{self.what_is_out}, {self.get_kind_display().lower()}"

    @property
    def is_of_leaflets(self) -> bool:
        """It shows streets and nobody who lives there."""
        return self.leaflet_round_id is not None

    @property
    def what_is_out(self) -> CanvassRound | LeafletRound:
        found = self.leaflet_round if self.is_of_leaflets else self.round
        return cast(CanvassRound | LeafletRound, found)

    @property
    def has_own_code(self) -> bool:
        """No session says a code for it."""
        return self.session is None or not self.session.short_code

    @property
    def code_name(self) -> str:
        """Under which wrong guesses of the code it goes by are counted."""
        if self.session is None or self.has_own_code:
            return f"round:{self.pk}"
        return self.session.code_name

    @property
    def code_asked(self) -> str:
        """What whoever opens the link has to say: its session's code, else its own. A
        mobile number is no secret: everybody in a chat group has it."""
        if self.session is None or self.has_own_code:
            return self.short_code
        return self.session.short_code

    def is_out(self, at: datetime) -> bool:
        """Not closed, and its time is not over."""
        return self.closed_at is None and self.expires_at > at


class FieldPhone(OrganisationScoped):
    """One phone that holds a round, with the key it was given.

    The key is kept as a hash alone. A phone that was cut off still delivers what it
    recorded, which is then held.
    """

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    issue = models.ForeignKey(
        RoundIssue, on_delete=models.CASCADE, related_name="phones"
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    # The name that was typed, where we hold another for their number.
    joined_as = models.CharField(max_length=200, blank=True)
    last_seen_at = models.DateTimeField()
    # No names from then on.
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=12, choices=ClosedBecause, blank=True)

    def __str__(self) -> str:
        return f"phone of {self.volunteer_id}"


class PhoneItem(OrganisationScoped):
    """Something other than a contact that a phone sent and that was filed: what comes
    again under its id is known by it."""

    uuid = models.UUIDField()
    kind = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64)
    phone = models.ForeignKey(FieldPhone, on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "uuid"], name="phone_item_once_by_uuid"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class JoinGuesses(OrganisationScoped):
    """How many wrong short codes were tried lately in place of one code: by anybody,
    by one phone, or from one place."""

    # Whose code it is; of a phone or a place, with a keyed hash of it.
    counted = models.CharField(max_length=80)
    since = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "guesses of short codes"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "counted"], name="guesses_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.wrong} wrong since {self.since:%d %b %H:%M}"


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
    # As on a phone.
    joined_as = models.CharField(max_length=200, blank=True)
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


class KnockerPause(OrganisationScoped):
    """From leaving a round until coming back to it: no time of that knocker's."""

    knocker = models.ForeignKey(
        RoundKnocker, on_delete=models.CASCADE, related_name="pauses"
    )
    left_at = models.DateTimeField()
    back_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__lte=models.F("back_at")),
                name="pause_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"pause of knocker {self.knocker_id}"


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
