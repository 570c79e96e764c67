"""Electors and their addresses: the register's facts about continuing people."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from campaigns.models.areas import Council
from campaigns.models.base import BulkScoped, OrganisationScoped, RecordedBy, bulk_key


class Street(BulkScoped):
    """A street of a council: its id is the leading part of its doors' walking order."""

    council = bulk_key("campaigns.Council")
    key = models.TextField()
    name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "key"], name="street_once_by_key"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Address(BulkScoped):
    """One dwelling: a house or a flat."""

    council = bulk_key("campaigns.Council")
    polling_district = bulk_key("campaigns.PollingDistrict", null=True)
    uprn = models.TextField(db_default="")
    # Normalised postcode, street, number and flat: the same dwelling, the same key.
    key = models.TextField()
    # Normalised postcode, street and number: the flats of one building share it.
    building_key = models.TextField()
    flat = models.TextField(db_default="")
    number = models.TextField(db_default="")
    street = models.TextField(db_default="")
    locality = models.TextField(db_default="")
    postcode = models.TextField(db_default="")
    # The address as printed, without its postcode.
    printed = models.TextField()
    # Order within a district: street, side, number, flat (rules.addresses.doorstep).
    walk_position = models.BigIntegerField(db_default=0)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        verbose_name_plural = "addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "key"], name="dwelling_once_by_key"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "postcode"], name="address_by_postcode"
            ),
            models.Index(
                fields=["organisation", "council", "uprn"],
                condition=~Q(uprn=""),
                name="address_by_uprn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed}, {self.postcode}" if self.postcode else self.printed


class AddressAlias(BulkScoped):
    """Another spelling of a dwelling already known."""

    council = bulk_key("campaigns.Council")
    address = bulk_key("campaigns.Address")
    key = models.TextField()

    class Meta:
        verbose_name_plural = "address aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "key"], name="alias_once_by_key"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Elector(BulkScoped):
    """A person on the register, through all its editions: register facts only."""

    council = bulk_key("campaigns.Council")
    address = bulk_key("campaigns.Address", null=True)
    polling_district = bulk_key("campaigns.PollingDistrict", null=True)
    # As the register prints it now, such as BW1-4/1.
    elector_number = models.TextField(db_default="")
    title = models.TextField(db_default="")
    forename = models.TextField(db_default="")
    middle_names = models.TextField(db_default="")
    surname = models.TextField(db_default="")
    # Upper-case ASCII "SURNAME FORENAME MIDDLE", each in one word (rules.names).
    name_key = models.TextField(db_default="")
    markers = models.TextField(db_default="")
    attains_on = models.DateField(null=True)
    supplier_id = models.TextField(db_default="")
    is_anonymous = models.BooleanField(db_default=False)
    on_register = models.BooleanField(db_default=True)
    hidden_at = models.DateTimeField(null=True)
    merged_into = bulk_key("self", null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "address"], name="elector_by_address"),
            models.Index(
                fields=["organisation", "name_key"],
                name="elector_by_name",
                opclasses=["int8_ops", "text_pattern_ops"],
            ),
            # Only the few files that carry the supplier's own ids fill this one.
            models.Index(
                fields=["organisation", "council", "supplier_id"],
                condition=~Q(supplier_id=""),
                name="elector_by_supplier_id",
            ),
            # Those who left, to be recognised when they come back or have moved.
            models.Index(
                fields=["organisation", "council", "name_key"],
                condition=Q(on_register=False),
                name="elector_gone_by_name",
                opclasses=["int8_ops", "int8_ops", "text_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.elector_number})"

    @property
    def full_name(self) -> str:
        names = (self.forename, self.middle_names, self.surname)
        return " ".join(name for name in names if name) or "Anonymous entry"


class ProposalState(models.TextChoices):
    OPEN = "open", "Waiting"
    SAME = "same", "The same person"
    DIFFERENT = "different", "Not the same"


class MatchProposal(OrganisationScoped):
    """Two electors who may be one person: a person decides."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey("campaigns.RegisterEdition", on_delete=models.CASCADE)
    older = models.ForeignKey(
        Elector, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    newer = models.ForeignKey(
        Elector, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=20)
    score = models.FloatField()
    # The evidence in sentences, as shown to the person who decides.
    evidence = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=ProposalState, default=ProposalState.OPEN
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "older", "newer"], name="proposal_once_per_pair"
            ),
            models.CheckConstraint(
                condition=~Q(older=models.F("newer")), name="proposal_of_two_people"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "council", "-score"],
                condition=Q(state="open"),
                name="proposals_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.older_id} and {self.newer_id}"


class ElectorMerge(OrganisationScoped, RecordedBy):
    """An accepted match: what was re-pointed, so that it can be undone."""

    proposal = models.ForeignKey(MatchProposal, on_delete=models.PROTECT, null=True)
    kept = models.ForeignKey(
        Elector, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    tombstone = models.ForeignKey(
        Elector, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    # For each table: the ids of the rows moved from the tombstone to the kept one.
    moved = models.JSONField(default=dict)
    # The kept elector's register facts as they were before.
    before = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.tombstone_id} into {self.kept_id}"
