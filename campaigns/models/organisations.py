"""Organisations: the data controllers whose rows everything else belongs to."""

from datetime import timedelta

from django.db import models


class ControllerKind(models.TextChoices):
    PARTY = "party", "Registered political party"
    CANDIDATE = "candidate", "Candidate not of a party"
    NON_PARTY = "non_party", "Non-party campaigner"


class Organisation(models.Model):
    """One data controller: a party, an independent candidate or a campaigner."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    controller_kind = models.CharField(
        max_length=12, choices=ControllerKind, default=ControllerKind.PARTY
    )
    privacy_notice_url = models.URLField(blank=True)
    # Only the demo and tests stand their organisation on another day.
    clock_offset = models.DurationField(default=timedelta(0))
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
