"""Phone banks: who is to be called, who has them on the line, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.base import BulkScoped, OrganisationScoped, RecordedBy, bulk_key
from canvassing.models.gotv import GotvList
from canvassing.models.rounds import WhomToSee
from canvassing.models.sessions import CanvassSession
from canvassing.rules.shut_out import why_shut_out


class PhoneBank(OrganisationScoped, RecordedBy):
    """A session of calls: its name, script and times are those of the session.

    Its link's secret is kept as a hash alone, and can be made again, to be shown on its
    page, from this seed and the site's key.
    """

    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE)
    session = models.OneToOneField(CanvassSession, on_delete=models.PROTECT)
    # Who is called: the people of a list or, without one, those of a rule.
    gotv_list = models.ForeignKey(
        GotvList, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    whom_to_call = models.CharField(max_length=16, choices=WhomToSee, blank=True)
    # The body that lends its callers, where one does. It is given nothing.
    affiliate = models.ForeignKey(
        "volunteers.Affiliate", on_delete=models.PROTECT, null=True, blank=True
    )
    # Hours of each day, by the clock of the United Kingdom.
    calls_from = models.TimeField()
    calls_until = models.TimeField()
    no_answer_hours = models.PositiveSmallIntegerField(default=3)
    engaged_minutes = models.PositiveSmallIntegerField(default=20)
    most_tries = models.PositiveSmallIntegerField(default=3)
    most_callers = models.PositiveSmallIntegerField(default=20)
    link_seed = models.CharField(max_length=32)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # An organiser said that an adult is with callers under 18; for that evening.
    accompanied_at = models.DateTimeField(null=True)
    # Fills its queue, or did so last.
    job = models.ForeignKey(
        "campaigns.Job",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gotv_list__isnull=False, whom_to_call="")
                | Q(gotv_list__isnull=True) & ~Q(whom_to_call=""),
                name="bank_calls_a_list_or_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(calls_until__gt=F("calls_from")),
                name="calling_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "campaign", "-made_at"], name="banks_latest"
            )
        ]

    def __str__(self) -> str:
        return self.session.name

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class BankCaller(OrganisationScoped):
    """Somebody who calls for a phone bank, with the key of the page they call from,
    kept as a hash alone: joining again gives another key. Who is blocked gets no more
    numbers."""

    bank = models.ForeignKey(
        PhoneBank, on_delete=models.CASCADE, related_name="callers"
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+"
    )
    key_hash = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    # The name that was typed, where we hold another for their number.
    joined_as = models.CharField(max_length=200, blank=True)
    left_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "volunteer"], name="caller_once_in_a_bank"
            )
        ]

    def __str__(self) -> str:
        return f"caller {self.volunteer_id}"

    @property
    def shut_out_because(self) -> str:
        """The code of why they may not call any more, "" if they may."""
        return why_shut_out(
            blocked_at=self.blocked_at,
            stood_down_at=self.volunteer.stood_down_at,
            campaign_closed_at=self.bank.campaign.closed_at,
        )


class CallOutcome(models.TextChoices):
    """What came of a call."""

    SPOKEN = "spoken", _("Spoken to")
    NO_ANSWER = "no_answer", _("No answer")
    ENGAGED = "engaged", _("Engaged")
    CALL_BACK = "call_back", _("Call back later")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    REFUSED = "refused", _("Would not talk")
    LANGUAGE = "language", _("Another language")
    MOVED = "moved", _("Moved away")
    DECEASED = "deceased", _("Deceased")
    DO_NOT_CALL = "do_not_call", _("Asked not to be called")


class QueueState(models.TextChoices):
    """Whether a call is still to be made; if not, why."""

    WAITING = "waiting", "To be called"
    DONE = "done", "Nothing more to do"
    TRIED_OUT = "tried_out", "Tried as often as is allowed"
    # Voted, objected, left, hidden, said to have moved or died, or not to be called by
    # the date of screening: seen when it was their turn. Back again if that changes.
    DROPPED = "dropped", "May not be called"
    # Whoever shares their number may be called on it in their place.
    GONE = "gone", "Moved away, or has died"


# Where somebody else may be called on the number.
GIVES_UP_THE_NUMBER = (QueueState.DROPPED, QueueState.GONE)


class QueuedCall(BulkScoped):
    """A call that a phone bank has to make: one an elector, and one a number; whoever
    may not be called leaves the number to the next of the household."""

    campaign = bulk_key("campaigns.Campaign")
    bank = bulk_key("canvassing.PhoneBank")
    elector = bulk_key("campaigns.Elector")
    number = models.CharField(max_length=16)
    position = models.IntegerField()
    state = models.CharField(
        max_length=10, choices=QueueState, db_default=QueueState.WAITING
    )
    tries = models.SmallIntegerField(db_default=0)
    # Not before this; while it is claimed, when the claim runs out.
    due_at = models.DateTimeField()
    # Who said that they would call back.
    promised_to = bulk_key("volunteers.Volunteer", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "bank", "elector"],
                name="elector_once_in_a_queue",
            ),
            models.UniqueConstraint(
                fields=["organisation", "bank", "number"],
                condition=~Q(state__in=GIVES_UP_THE_NUMBER),
                name="number_once_in_a_queue",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "bank", "due_at", "position"],
                condition=Q(state="waiting"),
                name="calls_next",
            ),
            models.Index(
                fields=["organisation", "bank", "promised_to", "due_at"],
                condition=Q(state="waiting", promised_to__isnull=False),
                name="calls_promised",
            ),
            models.Index(fields=["organisation", "elector"], name="calls_of_elector"),
            models.Index(
                fields=["organisation", "bank", "number"],
                condition=Q(state__in=GIVES_UP_THE_NUMBER),
                name="calls_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"call {self.position}"


class ClaimEnd(models.TextChoices):
    FILED = "filed", "An outcome was filed"
    EXPIRED = "expired", "Its time was over"
    GIVEN_BACK = "given_back", "Given back without a call"
    TAKEN_BACK = "taken_back", "Taken back by an organiser"
    UNDONE = "undone", "Its outcome was undone by the caller"


class CallClaim(BulkScoped):
    """An elector in the hands of one caller, until the lease runs out.

    Leases go by the database's clock. The number is kept while the claim lives.
    """

    campaign = bulk_key("campaigns.Campaign")
    bank = bulk_key("canvassing.PhoneBank")
    queued = bulk_key("canvassing.QueuedCall")
    elector = bulk_key("campaigns.Elector")
    caller = bulk_key("volunteers.Volunteer")
    number = models.CharField(max_length=16, blank=True)
    # In the address of its page, and of the contact that it becomes.
    uuid = models.UUIDField()
    claimed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=12, choices=ClaimEnd, blank=True)
    outcome = models.CharField(max_length=16, choices=CallOutcome, blank=True)
    # By the organisation's time, when the outcome was filed.
    called_at = models.DateTimeField(null=True)
    # For an undo: who had promised the call before, and the wish that was recorded.
    promised_before = bulk_key("volunteers.Volunteer", null=True)
    wish = bulk_key("canvassing.DoNotContact", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "elector"],
                condition=Q(closed_at__isnull=True),
                name="one_live_claim_for_an_elector",
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=Q(closed_at__isnull=True),
                name="one_live_claim_for_a_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "caller"],
                condition=Q(closed_at__isnull=True),
                name="one_live_claim_for_a_caller",
            ),
            models.UniqueConstraint(
                fields=["organisation", "uuid"], name="claim_once_by_uuid"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "expires_at"],
                condition=Q(closed_at__isnull=True),
                name="claims_running_out",
            ),
            models.Index(
                fields=["organisation", "bank", "caller"], name="claims_of_callers"
            ),
            models.Index(
                fields=["organisation", "elector", "-claimed_at"],
                name="claims_of_elector",
            ),
        ]

    def __str__(self) -> str:
        return f"claim {self.uuid}"
