"""E-mails that wait: claimed by one worker each, tried for a day, marked as sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar, cast

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import Now

from campaigns.models.mails import OutgoingMail
from campaigns.rules.mail_retries import TRIED_FOR, wait_after

LEASE: Final = timedelta(minutes=5)
TOO_LATE: Final = "It could not be sent before it was too late."
WORKER_STOPPED: Final = "Whatever was to send it stopped each time."

MailT = TypeVar("MailT", bound=OutgoingMail)


def _never(mail: OutgoingMail) -> bool:
    return False


@transaction.atomic(durable=True)
def claim(
    mails: "QuerySet[MailT]",
    *,
    is_wanted: Callable[[MailT], bool],
    is_too_late: Callable[[MailT], bool] = _never,
) -> MailT | None:
    """The next of these to send, ours for five minutes.

    What is not wanted any more is removed instead. What is too late, or was tried for a
    day, is given up.
    """
    waiting = _in_turn(mails)
    while (mail := waiting.first()) is not None:
        if not is_wanted(mail):
            mail.delete()
        elif is_too_late(mail):
            _give_up(mail, TOO_LATE)
        elif mail.was_tried_long_enough:  # type: ignore[attr-defined]
            _give_up(mail, mail.fault or WORKER_STOPPED)
        else:
            mail.attempts += 1
            _row(mail).update(
                leased_until=Now() + LEASE, attempts=mail.attempts, fault=""
            )
            return mail
    return None


def _in_turn(mails: "QuerySet[MailT]") -> "QuerySet[MailT]":
    """What may be sent now, and is in no other worker's hands."""
    long_enough = Q(attempts__gt=0, written_at__lt=Now() - TRIED_FOR)
    in_turn = (
        mails.select_for_update(skip_locked=True, of=("self",))
        .filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=Now()),
            sent_at__isnull=True,
            given_up_at__isnull=True,
        )
        .annotate(
            was_tried_long_enough=ExpressionWrapper(
                long_enough, output_field=BooleanField()
            )
        )
        .order_by("attempts", "pk")
    )
    return cast("QuerySet[MailT]", in_turn)


def mark_sent(mail: OutgoingMail) -> None:
    _row(mail).update(sent_at=Now(), leased_until=None, fault="")


def mark_not_sent(mail: OutgoingMail, why: str, *, is_final: bool) -> None:
    """It is tried again after a while, unless it will never be taken (`is_final`)."""
    if is_final:
        _give_up(mail, why)
    else:
        wait = wait_after(mail.attempts)
        _row(mail).update(leased_until=Now() + wait, fault=why)


def try_for_another_day(mails: "QuerySet[MailT]") -> int:
    """Those that were not sent, from now on; returns how many.

    What is being sent at this moment is left alone.
    """
    idle = mails.filter(~Q(fault=""), sent_at__isnull=True).order_by()
    return idle.update(
        given_up_at=None, leased_until=None, written_at=Now(), attempts=0, fault=""
    )


def _give_up(mail: OutgoingMail, why: str) -> None:
    _row(mail).update(given_up_at=Now(), leased_until=None, fault=why)


def _row(mail: MailT) -> "QuerySet[MailT]":
    return type(mail)._default_manager.filter(pk=mail.pk)
