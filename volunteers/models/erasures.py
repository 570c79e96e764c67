"""What is kept of whoever asked to be forgotten."""

from django.db import models

from campaigns.models.base import OrganisationScoped


class ErasedContact(OrganisationScoped):
    """A keyed hash of an erased volunteer's e-mail address or mobile number.

    It says nothing to who reads it; a file that names them again is known by it.
    """

    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"], name="erased_contact_once"
            )
        ]

    def __str__(self) -> str:
        return f"erased contact {self.pk}"
