"""Registers: the dated copies supplied to us, and the span of each line in them."""

from django.db import models
from django.db.models import Func, Q, Value

from campaigns.models.areas import Council
from campaigns.models.base import BulkScoped, OrganisationScoped, RecordedBy, bulk_key


class RegisterKind(models.TextChoices):
    FULL = "full", "Full register"
    UPDATE = "update", "Monthly update"


class SuppliedTo(models.TextChoices):
    PARTY = "party", "Registered party"
    CANDIDATE = "candidate", "Candidate"
    REPRESENTATIVE = "representative", "Elected representative"


class RegisterEdition(OrganisationScoped, RecordedBy):
    """One dated file from a registration officer, and the terms it came under."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=RegisterKind)
    published_on = models.DateField()
    published_assumed = models.BooleanField(default=False)
    layout = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    # The terms of supply. A candidate's copy serves that candidate's campaign only.
    supplied_to = models.CharField(
        max_length=14, choices=SuppliedTo, default=SuppliedTo.PARTY
    )
    supplied_by = models.CharField(max_length=200, blank=True)
    supplied_on = models.DateField(null=True, blank=True)
    permitted_use = models.CharField(max_length=300, blank=True)
    campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.PROTECT, null=True, blank=True
    )
    destroy_by = models.DateField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "file_sha256"],
                condition=Q(destroyed_at__isnull=True),
                name="register_file_loaded_once",
            ),
            models.CheckConstraint(
                condition=~Q(supplied_to="candidate") | Q(campaign__isnull=False),
                name="candidates_copy_names_its_campaign",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "council", "-published_on", "-id"],
                name="edition_latest_of_council",
            )
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.get_kind_display().lower()}, {self.published_on}"


NEXT_ENTRY = Func(Value("campaigns_registerentry_id_seq"), function="nextval")


class RegisterEntry(BulkScoped):
    """The span of one line of the register: from one edition until another."""

    # Found by its elector, or by its number while open: the id alone has no index.
    pk = models.CompositePrimaryKey("organisation_id", "elector_id", "id")
    id = models.BigIntegerField(db_default=NEXT_ENTRY, editable=False)
    council = bulk_key("campaigns.Council")
    elector = bulk_key("campaigns.Elector")
    from_edition = bulk_key("campaigns.RegisterEdition")
    until_edition = bulk_key("campaigns.RegisterEdition", null=True)
    polling_district = bulk_key("campaigns.PollingDistrict")
    address = bulk_key("campaigns.Address", null=True)
    prefix = models.TextField()
    number = models.TextField()
    suffix = models.TextField(db_default="")
    markers = models.TextField(db_default="")
    attains_on = models.DateField(null=True)
    surname = models.TextField(db_default="")
    forename = models.TextField(db_default="")

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "prefix", "number", "suffix"],
                condition=Q(until_edition__isnull=True),
                name="elector_number_once_while_open",
            )
        ]

    def __str__(self) -> str:
        number = f"{self.prefix}-{self.number}"
        return f"{number}/{self.suffix}" if self.suffix else number


class RejectedLine(OrganisationScoped):
    """A line of a register file that could not go in, with the reason and the text."""

    edition = models.ForeignKey(
        RegisterEdition, on_delete=models.CASCADE, related_name="rejected_lines"
    )
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)
    raw = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["edition", "line"], name="rejected_in_order")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class ColumnMapping(OrganisationScoped):
    """Which column means what, told by an organiser for a header not known to us."""

    header_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=100)
    columns = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "header_digest"], name="one_mapping_per_header"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AbsentVoteKind(models.TextChoices):
    POSTAL = "postal", "Postal"
    PROXY = "proxy", "Proxy"
    POSTAL_PROXY = "postal_proxy", "Postal proxy"


class AbsentVoterList(OrganisationScoped, RecordedBy):
    """One dated list of a council's absent voters for a poll, until a newer one."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField()
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "council"],
                condition=Q(replaced_at__isnull=True),
                name="one_absent_list_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.council}, {self.dated_on}"


class AbsentVote(BulkScoped):
    """An elector's postal or proxy vote, as one absent voters' list says it."""

    absent_list = bulk_key("campaigns.AbsentVoterList")
    elector = bulk_key("campaigns.Elector")
    kind = models.CharField(max_length=12, choices=AbsentVoteKind)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "absent_list", "elector", "kind"],
                name="absent_vote_once_per_list",
            )
        ]

    def __str__(self) -> str:
        return self.kind
