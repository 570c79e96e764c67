"""Councils, wards and constituencies (shared), and each organisation's districts."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from campaigns.models.base import OrganisationScoped


class Council(models.Model):
    """A council with its GSS code."""

    gss = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Constituency(models.Model):
    """A parliamentary constituency with its GSS code."""

    gss = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "constituencies"

    def __str__(self) -> str:
        return self.name


class WardQuerySet(models.QuerySet["Ward"]):
    def in_force(self, on: date) -> "WardQuerySet":
        return self.filter(in_force_from__lte=on).filter(
            Q(in_force_until__isnull=True) | Q(in_force_until__gt=on)
        )


class Ward(models.Model):
    """A ward as drawn for a span of days; a redraw ends it and begins another."""

    gss = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=100)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="wards")
    constituency = models.ForeignKey(
        Constituency, on_delete=models.SET_NULL, null=True, blank=True
    )
    in_force_from = models.DateField(default=date(2000, 1, 1))
    in_force_until = models.DateField(null=True, blank=True)
    # GeoJSON geometry, simplified for the web, and the point for its label.
    boundary = models.JSONField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = WardQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["council", "name"], name="ward_by_council")]

    def __str__(self) -> str:
        return self.name


class PostcodePoint(models.Model):
    """Where a postcode lies (public data)."""

    postcode = models.CharField(max_length=8, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    council = models.ForeignKey(Council, on_delete=models.CASCADE, null=True)
    ward = models.ForeignKey(Ward, on_delete=models.SET_NULL, null=True)

    def __str__(self) -> str:
        return self.postcode


class WardSource(models.TextChoices):
    UNKNOWN = "unknown", "Not known"
    FILE = "file", "Districts file"
    POSTCODES = "postcodes", "Where its postcodes fall"
    HAND = "hand", "Set by hand"


class PollingDistrict(OrganisationScoped):
    """The smallest area of the register, known by a code within its council."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100, blank=True)
    ward = models.ForeignKey(
        Ward, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ward_source = models.CharField(
        max_length=10, choices=WardSource, default=WardSource.UNKNOWN
    )
    # Share of its known postcodes that fall in that ward, 0 to 1.
    ward_share = models.FloatField(null=True, blank=True)
    from_edition = models.ForeignKey(
        "campaigns.RegisterEdition",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    until_edition = models.ForeignKey(
        "campaigns.RegisterEdition",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "council", "code"],
                condition=Q(until_edition__isnull=True),
                name="district_code_once_within_council",
            )
        ]

    def __str__(self) -> str:
        return self.code


class PollingStation(OrganisationScoped):
    """Where the electors of some districts vote."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    election = models.ForeignKey("campaigns.Election", on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8, blank=True)
    district_codes = ArrayField(models.CharField(max_length=20), default=list)

    def __str__(self) -> str:
        return self.name
