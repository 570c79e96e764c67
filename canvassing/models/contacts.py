"""Contacts: every attempt to speak to an elector, and what could not be filed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from campaigns.models.base import BulkScoped, OrganisationScoped, RecordedBy
from canvassing.models.codes import IntentionCode, OutcomeCode
from canvassing.models.sessions import CanvassSession, Channel


def kept_key(to: Any, **options: Any) -> "models.ForeignKey[Any, Any]":
    """A key of a contact: what it names may not be deleted, and the database, in which
    batches of contacts are filed, does not look each one up."""
    options.setdefault("related_name", "+")
    return models.ForeignKey(
        to, on_delete=models.PROTECT, db_constraint=False, db_index=False, **options
    )


class Contact(BulkScoped, RecordedBy):
    """One attempt, whatever came of it. Append-only: a correction is a new row.

    A trigger refuses UPDATE and DELETE, except re-pointing by a merge and blanking by
    an erasure.
    """

    campaign = kept_key("campaigns.Campaign")
    elector = kept_key("campaigns.Elector")
    # Made by the phone, the file or the caller: the same id is the same contact.
    uuid = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel)
    # Null only on a correction that takes the earlier contact back altogether.
    outcome = kept_key(OutcomeCode, null=True)
    intention = kept_key(IntentionCode, null=True)
    # Null: nothing said but what the intention says. True: pledged. False: withdrawn.
    pledge = models.BooleanField(null=True)
    second_preference = kept_key("campaigns.Candidate", null=True)
    voted_last_time = kept_key(IntentionCode, null=True)
    # Whether they had sent their postal vote back; null where it was not asked.
    posted = models.BooleanField(null=True)
    note = models.CharField(max_length=280, blank=True)
    session = kept_key(CanvassSession, null=True)
    spoke = kept_key("volunteers.Volunteer", null=True)
    # The uuid of the contact whose place this one takes, which may arrive later.
    corrects = models.UUIDField(null=True)
    said_at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    effective_at = models.DateTimeField()
    # Set where the phone's clock cannot have been right.
    time_is_doubtful = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "uuid"], name="contact_once_by_uuid"
            ),
            models.UniqueConstraint(
                fields=["organisation", "corrects"],
                condition=Q(corrects__isnull=False),
                name="contact_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=False) | Q(corrects__isnull=False),
                name="contact_has_an_outcome_or_takes_one_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "elector", "-effective_at"],
                name="contacts_of_elector",
            ),
            models.Index(
                fields=["organisation", "campaign", "effective_at"],
                name="contacts_by_time",
            ),
            # What a volunteer did, for their hours.
            models.Index(
                fields=["organisation", "spoke", "effective_at"],
                condition=Q(spoke__isnull=False),
                name="contacts_by_who_spoke",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class HeldKind(models.TextChoices):
    """What a held item's payload is: a contact as it was sent, or a file's row, with
    the contact it was taken for under `said`. Either says under `filed_as` the id under
    which a person filed it. Whatever else a phone sent has it, as it came, under
    `sent`."""

    CONTACT = "contact", "Contact"
    ROW = "contact_row", "Row of a file"
    WISH = "wish", "Wish not to be contacted"
    BUILDING_NOTE = "building_note", "Note on a building"
    CONTACT_DETAIL = "contact_detail", "Number or e-mail address"
    KNOCKER = "knocker", "Somebody who joined beside a phone"
    SENT_TO = "sent_to", "Where somebody was sent"
    LEFT = "left", "Somebody who left"
    STREET = "street", "Street of a leaflet round"
    UNREADABLE = "unreadable", "Something that could not be read"


class HeldItem(OrganisationScoped, RecordedBy):
    """Something sent to us that could not be filed: kept for a person to see."""

    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, null=True
    )
    kind = models.CharField(max_length=20)
    uuid = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    payload = models.JSONField()
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    received_at = models.DateTimeField(db_default=Now())
    resolved_at = models.DateTimeField(null=True)
    resolution = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "uuid", "content_hash"],
                name="item_held_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign"],
                condition=Q(resolved_at__isnull=True),
                name="items_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"


class DoNotContactScope(models.TextChoices):
    PERSON = "person", "This person"
    HOUSEHOLD = "household", "Everybody at this address"


class DoNotContact(OrganisationScoped, RecordedBy):
    """A wish not to be contacted: by whom, by which channel, for how long."""

    scope = models.CharField(max_length=10, choices=DoNotContactScope)
    elector = models.ForeignKey(
        "campaigns.Elector", on_delete=models.PROTECT, null=True, related_name="+"
    )
    address = models.ForeignKey(
        "campaigns.Address", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Empty: every channel.
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    # Null: for good. Otherwise for this election only.
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, null=True, blank=True
    )
    # Who lived there when a household asked; it ends when none of them remains.
    present = ArrayField(models.BigIntegerField(), default=list)
    said_at = models.DateTimeField()
    # Where we have it from, if not from whoever recorded it.
    source = models.CharField(max_length=100, blank=True, db_default="")
    # What it came with, to be taken back with it: a line on paper, a call, a hearing of
    # a phone's or a stall's helper.
    came_with = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="person", elector__isnull=False, address__isnull=True)
                | Q(scope="household", address__isnull=False),
                name="do_not_contact_names_whom",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=("", "door", "phone", "letter", "email")),
                name="do_not_contact_by_a_channel_that_reaches_people",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "elector"],
                condition=Q(lifted_at__isnull=True, elector__isnull=False),
                name="no_contact_person",
            ),
            models.Index(
                fields=["organisation", "address"],
                condition=Q(lifted_at__isnull=True, address__isnull=False),
                name="no_contact_household",
            ),
        ]

    def __str__(self) -> str:
        return f"do not contact, {self.get_scope_display().lower()}"


class VotedMark(OrganisationScoped, RecordedBy):
    """This elector has voted on this day, for every campaign polling that day."""

    poll_on = models.DateField()
    elector = models.ForeignKey(
        "campaigns.Elector", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    marked_at = models.DateTimeField()
    source = models.CharField(max_length=20, default="typed")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "poll_on", "elector"],
                condition=Q(withdrawn_at__isnull=True),
                name="voted_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"voted on {self.poll_on}"
