"""E-mails to volunteers: written down, claimed by one worker each, marked as sent."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from campaigns.actions import audit
from campaigns.actions.outgoing_mails import claim, try_for_another_day
from campaigns.models import Campaign, Organisation
from campaigns.reports.imprints import shown_imprint
from volunteers.models import (
    MailKind,
    PersonalLink,
    Shift,
    ShiftSignUp,
    Volunteer,
    VolunteerMail,
)
from volunteers.registry import registry
from volunteers.reports.people import reached_by_email
from volunteers.rules.reminders import REMINDERS, Reminder, helps_until

if TYPE_CHECKING:
    from campaigns.access import Actor

Clock = Callable[[Organisation], datetime]
KEPT: Final = timedelta(days=90)
LINK_LASTS: Final = timedelta(days=30)
LINK_RENEWED_BEFORE: Final = timedelta(days=14)


def write_mail(
    kind: MailKind,
    *,
    volunteer: Volunteer,
    campaign: Campaign,
    at: datetime,
    sign_up: ShiftSignUp | None = None,
) -> None:
    """Write one down in the transaction of what it tells of, to whom has an address."""
    if volunteer.email:
        _write([_mail(kind, volunteer, campaign.pk, at, sign_up)])


def write_to_all(
    volunteers: Iterable[Volunteer],
    kind: MailKind,
    *,
    campaign: Campaign,
    at: datetime,
    about: int | None = None,
) -> None:
    """The same to each who has an address; once `about` a row of an app above."""
    _write(
        _mail(kind, one, campaign.pk, at, None, about)
        for one in volunteers
        if one.email
    )


def send_link(volunteer: Volunteer, *, campaign: Campaign, at: datetime) -> None:
    """Write their link to them; one that is still to be sent is enough."""
    waiting = volunteer.mails.filter(
        kind=MailKind.LINK, sent_at__isnull=True, given_up_at__isnull=True
    )
    if not waiting.exists():
        write_mail(MailKind.LINK, volunteer=volunteer, campaign=campaign, at=at)


def write_mails(
    kind: MailKind, sign_ups: Iterable[ShiftSignUp], *, at: datetime
) -> int:
    """One for each sign-up (with its `shift` and `volunteer`); returns how many."""
    return _write(
        _mail(kind, one.volunteer, one.shift.campaign_id, at, one)
        for one in sign_ups
        if one.volunteer.email
    )


def _mail(
    kind: MailKind,
    volunteer: Volunteer,
    campaign_id: int,
    at: datetime,
    sign_up: ShiftSignUp | None,
    about: int | None = None,
) -> VolunteerMail:
    return VolunteerMail(
        organisation_id=volunteer.organisation_id,
        campaign_id=campaign_id,
        volunteer=volunteer,
        kind=kind,
        shift_id=sign_up.shift_id if sign_up else None,
        sign_up=sign_up,
        about=about,
        asked_at=at,
    )


def _write(mails: Iterable[VolunteerMail]) -> int:
    """What was written before is not written again."""
    return len(VolunteerMail.objects.bulk_create(mails, ignore_conflicts=True))


@transaction.atomic(durable=True)
def write_reminders(*, organisation: Organisation, at: datetime) -> int:
    """Write down every reminder that is due, each once however often this runs.

    Returns how many are due now, those that were written before among them.
    """
    return sum(
        write_mails(MailKind(one.kind), _to_remind(one, organisation, at), at=at)
        for one in REMINDERS
    )


def _to_remind(
    reminder: Reminder, organisation: Organisation, at: datetime
) -> Iterable[ShiftSignUp]:
    """Whoever has a place and took it before this reminder was due."""
    after, upto = reminder.starts_between(at)
    return (
        ShiftSignUp.objects.of(organisation)
        .filter(
            shift__organisation=organisation,
            shift__starts_at__gt=after,
            shift__starts_at__lte=upto,
            shift__cancelled_at__isnull=True,
            shift__campaign__closed_at__isnull=True,
            withdrawn_at__isnull=True,
            waits=False,
            signed_up_at__lte=F("shift__starts_at") - reminder.before,
        )
        .exclude(volunteer__email="")
        .select_related("shift", "volunteer")
    )


def forget_reminders(shift: Shift) -> None:
    """The shift has moved: its reminders are due by the new time."""
    kinds = [reminder.kind for reminder in REMINDERS]
    VolunteerMail.objects.filter(shift=shift, kind__in=kinds).delete()


def claim_mail(*, clock: Clock) -> VolunteerMail | None:
    """The next one to send, ours for a while.

    What is not wanted any more (its place given back, its shift cancelled, consent
    taken back, whom it is to helps no more) is removed instead; what is too late is
    given up. `clock` gives an organisation's time.
    """
    mails = VolunteerMail.objects.select_related(
        "volunteer", "sign_up", "shift__ward", "campaign__organisation"
    )
    return claim(
        mails,
        is_wanted=lambda mail: _is_wanted(mail, clock),
        is_too_late=lambda mail: _is_too_late(mail, clock),
    )


def _is_too_late(mail: VolunteerMail, clock: Clock) -> bool:
    shift = mail.shift
    if shift is None:
        return False
    until = helps_until(mail.kind, starts_at=shift.starts_at, ends_at=shift.ends_at)
    return clock(mail.campaign.organisation) >= until


def _is_wanted(mail: VolunteerMail, clock: Clock) -> bool:
    if not mail.volunteer.email or mail.volunteer.stood_down_at:
        return False
    if mail.kind == MailKind.ASKED:
        return _agreed(mail) and bool(shown_imprint(mail.campaign))
    if way_of := registry.mail_ways.get(mail.kind):
        at = clock(mail.campaign.organisation)
        return _agreed(mail) and way_of(mail, at) is not None
    if mail.shift is None or mail.sign_up is None:
        return True
    is_off = mail.shift.cancelled_at is not None
    return mail.sign_up.withdrawn_at is None and (
        mail.kind == MailKind.CANCELLED if is_off else True
    )


def _agreed(mail: VolunteerMail) -> bool:
    theirs = Volunteer.objects.filter(pk=mail.volunteer_id)
    return reached_by_email(theirs).exists()


@transaction.atomic(durable=True)
def try_again(
    mails: QuerySet[VolunteerMail], *, campaign: Campaign, by: "Actor", at: datetime
) -> int:
    """Try for another day what was not sent, from now on; returns how many are.

    Audit: `mails.tried_again`.
    """
    count = try_for_another_day(mails)
    if count:
        audit.record(
            "mails.tried_again",
            by=by,
            at=at,
            organisation_id=campaign.organisation_id,
            campaign_id=campaign.pk,
            mails=count,
        )
    return count


def link_of(volunteer: Volunteer, *, at: datetime) -> PersonalLink:
    """Their link that still holds for a while, or else a new one."""
    held = volunteer.links.filter(
        revoked_at__isnull=True, expires_at__gt=at + LINK_RENEWED_BEFORE
    )
    return held.order_by("-expires_at").first() or PersonalLink.objects.create(
        organisation_id=volunteer.organisation_id,
        volunteer=volunteer,
        issued_at=at,
        expires_at=at + LINK_LASTS,
    )


def purge_old(*, organisation: Organisation, at: datetime) -> int:
    """Remove mails that were sent or given up long ago, and links that opened nothing
    since."""
    long_ago = Now() - KEPT
    old = VolunteerMail.objects.of(organisation).filter(
        Q(sent_at__lt=long_ago) | Q(given_up_at__lt=long_ago)
    )
    ended = PersonalLink.objects.of(organisation).filter(expires_at__lt=at - KEPT)
    mails, _ = old.delete()
    links, _ = ended.delete()
    return mails + links
