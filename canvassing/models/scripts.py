"""Scripts: what is asked at the door and on the phone, and what was answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from campaigns.models.base import BulkScoped, OrganisationScoped, bulk_key


class ScriptChannel(models.TextChoices):
    DOOR = "door", "At the door"
    PHONE = "phone", "On the phone"


class Script(OrganisationScoped):
    """What is said and asked, as an organiser wrote it. A published one stays as it is:
    a change is a new version, so that answers keep the questions they were given to."""

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=8, choices=ScriptChannel)
    # Says for whom it is; {candidate}, {elector} and {volunteer} are filled in.
    opening = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "name", "version"], name="script_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.version}"


class QuestionKind(models.TextChoices):
    INTENTION = "intention", "How they will vote"
    SECOND_PREFERENCE = "second_preference", "Their second preference"
    LAST_TIME = "last_time", "How they voted last time"
    POSTED = "posted", "Whether they have sent their postal vote back"
    CHOICE = "choice", "One of some answers"
    SEVERAL = "several", "Any of some answers"


class Question(OrganisationScoped):
    """One question of a script."""

    script = models.ForeignKey(
        Script, on_delete=models.CASCADE, related_name="questions"
    )
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=QuestionKind)
    text = models.CharField(max_length=300)
    # [{"code": "buses", "label": "Buses"}, …]; empty where the answers are the
    # campaign's codes or candidates.
    options = models.JSONField(default=list, blank=True)
    # Asked only where that earlier question was answered with one of these.
    show_if = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    show_if_answers = ArrayField(
        models.CharField(max_length=40), default=list, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["script", "key"], name="question_once_in_script"
            ),
            models.UniqueConstraint(
                fields=["script", "position"],
                name="one_question_at_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(show_if__isnull=True) | ~Q(show_if_answers=[]),
                name="branch_names_answers",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Answer(BulkScoped):
    """One answer given in a contact; several may be chosen of one question."""

    campaign = bulk_key("campaigns.Campaign")
    contact = bulk_key("canvassing.Contact")
    elector = bulk_key("campaigns.Elector")
    question = bulk_key("canvassing.Question")
    code = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "contact", "question", "code"],
                name="answer_once_in_a_contact",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "elector"], name="answers_of_elector"),
            models.Index(
                fields=["organisation", "question", "code"], name="answers_to_question"
            ),
        ]

    def __str__(self) -> str:
        return self.code
