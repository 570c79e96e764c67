"""E-mails in plain text, and sending those that wait."""

import smtplib
from collections.abc import Callable, Mapping
from typing import TypeVar

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from campaigns.actions.outgoing_mails import mark_sent
from campaigns.models.mails import OutgoingMail

log = structlog.get_logger("committee_room.mails")
MOST_AT_A_TIME = 500

MailT = TypeVar("MailT", bound=OutgoingMail)


def send_each(
    claim: Callable[[], MailT | None],
    compose: Callable[[MailT], EmailMessage | None],
) -> int:
    """Send what `claim` gives until it gives none; returns how many were sent.

    One that the mail server does not take is tried again when its lease has passed;
    so is one of which there is nothing to say any more, and then removed.
    """
    sent = 0
    while sent < MOST_AT_A_TIME and (mail := claim()) is not None:
        message = compose(mail)
        if message is None:
            continue
        try:
            message.send()
        except (OSError, smtplib.SMTPException) as fault:
            log.warning(
                "mail not sent",
                kind=mail._meta.model_name,
                mail=mail.pk,
                fault=type(fault).__name__,
            )
            continue
        mark_sent(mail)
        sent += 1
    return sent


def plain_mail(
    template: str, context: Mapping[str, object], *, to: str, name: str
) -> EmailMessage:
    """A template whose first line is the subject. `name` is of this mail alone, so
    that one that is sent twice is one message still."""
    subject, _, body = render_to_string(template, context).strip().partition("\n")
    host = settings.PUBLIC_URL.rpartition("/")[2].partition(":")[0]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[to],
        headers={"Message-ID": f"<{name}@{host}>"},
    )
