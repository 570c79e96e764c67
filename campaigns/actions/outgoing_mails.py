"""E-mails that wait: claimed by one worker each, tried again, marked as sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from campaigns.models.mails import OutgoingMail

LEASE: Final = timedelta(minutes=5)

MailT = TypeVar("MailT", bound=OutgoingMail)


@transaction.atomic(durable=True)
def claim(
    mails: "QuerySet[MailT]", *, is_wanted: Callable[[MailT], bool], most_attempts: int
) -> MailT | None:
    """The next of these to send, ours for five minutes.

    One that could not be sent is tried again after that, then after twice as long each
    time, at most so many times. What is not wanted any more is removed instead.
    """
    waiting = mails.select_for_update(skip_locked=True, of=("self",)).filter(
        Q(leased_until__isnull=True) | Q(leased_until__lt=Now()),
        sent_at__isnull=True,
        attempts__lt=most_attempts,
    )
    in_turn = waiting.order_by("attempts", "pk")
    while (mail := in_turn.first()) is not None:
        if is_wanted(mail):
            _rows(mail).update(
                leased_until=Now() + LEASE * 2**mail.attempts,
                attempts=F("attempts") + 1,
            )
            return mail
        mail.delete()
    return None


def mark_sent(mail: OutgoingMail) -> None:
    _rows(mail).update(sent_at=Now(), leased_until=None)


def _rows(mail: MailT) -> "QuerySet[MailT]":
    return type(mail)._default_manager.filter(pk=mail.pk)
