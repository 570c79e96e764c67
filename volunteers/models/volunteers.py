"""Volunteers, what they agreed to, and the data promise that they signed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.base import OrganisationScoped
from volunteers.models.affiliates import Affiliate


class ShiftKind(models.TextChoices):
    DOORS = "doors", _("Doors")
    PHONES = "phones", _("Phones")
    STALL = "stall", _("Street stall")
    LEAFLETS = "leaflets", _("Leaflets")
    TELLING = "telling", _("Telling")
    COMMITTEE_ROOM = "committee_room", _("Committee room")


class VolunteerKind(models.TextChoices):
    SUPPORTER = "supporter", _("Supporter")
    MEMBER = "member", _("Party member")
    COUNCILLOR = "councillor", _("Councillor")
    MP = "mp", _("Member of Parliament")
    AFFILIATE = "affiliate", _("From an affiliate")


class Language(models.TextChoices):
    """Those of `settings.LANGUAGES`."""

    ENGLISH = "en-gb", "English"
    WELSH = "cy", "Cymraeg"


class Volunteer(OrganisationScoped):
    """A person who helps. They need no account: many never sign in."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    is_under_18 = models.BooleanField(default=False)
    kind = models.CharField(
        max_length=12, choices=VolunteerKind, default=VolunteerKind.SUPPORTER
    )
    # The branch of the party, or of the affiliate that lends them.
    branch = models.CharField(max_length=100, blank=True)
    affiliate = models.ForeignKey(
        Affiliate, on_delete=models.SET_NULL, null=True, blank=True
    )
    would_do = ArrayField(
        models.CharField(max_length=16, choices=ShiftKind), default=list, blank=True
    )
    # In which we write to them.
    language = models.CharField(
        max_length=5, choices=Language, default=Language.ENGLISH
    )
    user = models.OneToOneField(
        "campaigns.User", on_delete=models.SET_NULL, null=True, blank=True
    )
    home_ward = models.ForeignKey(
        "campaigns.Ward", on_delete=models.SET_NULL, null=True, blank=True
    )
    joined_on = models.DateField()
    # Other names under which they join, as an organiser has said.
    also_called = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    stood_down_at = models.DateTimeField(null=True, blank=True)
    # They asked to be forgotten: from then on a number, with no name and no address.
    erased_at = models.DateTimeField(null=True, blank=True)
    # Somebody with the same mobile and name was here before: a person decides.
    maybe_same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=~Q(email=""),
                name="volunteer_once_by_email",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "name"], name="volunteers_by_name"),
            models.Index(
                fields=["organisation", "mobile"],
                condition=~Q(mobile=""),
                name="volunteers_by_mobile",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Undertaking(OrganisationScoped):
    """The data promise that a volunteer gave, in the words they saw."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="undertakings"
    )
    version = models.CharField(max_length=20)
    text = models.TextField()
    given_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.volunteer}, version {self.version}"


class ConsentChannel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")
    PHONE = "phone", _("Phone call")
    WHATSAPP = "whatsapp", _("WhatsApp group")


class Consent(OrganisationScoped):
    """A volunteer's yes to being asked by one channel, until they take it back."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="consents"
    )
    channel = models.CharField(max_length=8, choices=ConsentChannel)
    # How it was given: the sign-up page, their own page, a file.
    source = models.CharField(max_length=100)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "channel"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_consent_per_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer}: {self.get_channel_display()}"


class PersonalLink(OrganisationScoped):
    """A link by which a volunteer opens their own page; its text is kept nowhere."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="links"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["volunteer", "-issued_at"], name="links_latest")
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"
