"""Phone numbers and e-mail addresses of electors: from where, and what they may serve.

The register has none. Who may be called is `docs/rules/phones.md`.
"""

from django.db import models
from django.db.models import Q

from campaigns.models.base import BulkScoped, RecordedBy, bulk_key


class ContactDetail(BulkScoped, RecordedBy):
    """How one elector can be reached, whence we have it, and what they were told."""

    elector = bulk_key("campaigns.Elector")
    source = models.CharField(max_length=100)
    obtained_on = models.DateField()
    # The privacy notice that they were given with it, and when.
    notice = models.CharField(max_length=300, blank=True)
    notice_given_on = models.DateField(null=True)
    # The words in which they agreed to what is recorded as given.
    consent_wording = models.CharField(max_length=300, blank=True)
    # Somebody else is reached by it.
    wrong_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PhoneNumber(ContactDetail):
    """A number of an elector. Electors of one household may share it."""

    # As E.164: +447700900123.
    number = models.CharField(max_length=16)
    calls_given_at = models.DateTimeField(null=True)
    calls_withdrawn_at = models.DateTimeField(null=True)
    texts_given_at = models.DateTimeField(null=True)
    texts_withdrawn_at = models.DateTimeField(null=True)
    # Looked up in the Telephone Preference Service, and found there or not.
    screened_on = models.DateField(null=True)
    is_listed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "elector", "number"],
                name="number_once_for_an_elector",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^\+[1-9][0-9]{3,14}$"),
                name="number_is_e164",
            ),
            models.CheckConstraint(
                condition=Q(screened_on__isnull=True, is_listed__isnull=True)
                | Q(screened_on__isnull=False, is_listed__isnull=False),
                name="screening_has_a_day_and_an_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "number"], name="who_has_a_number")
        ]

    def __str__(self) -> str:
        return f"number of elector {self.elector_id}"


class EmailAddress(ContactDetail):
    """An e-mail address of an elector."""

    # In small letters.
    email = models.EmailField()
    emails_given_at = models.DateTimeField(null=True)
    emails_withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "e-mail addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "elector", "email"],
                name="email_once_for_an_elector",
            )
        ]

    def __str__(self) -> str:
        return f"e-mail address of elector {self.elector_id}"
