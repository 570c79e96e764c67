"""E-mails in plain text, and sending those that wait."""

import smtplib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from campaigns.actions.outgoing_mails import mark_not_sent, mark_sent
from campaigns.models.mails import OutgoingMail

log = structlog.get_logger("committee_room.mails")
MOST_AT_A_TIME = 500
PERMANENT = 500  # an SMTP answer from here on is for good

MailT = TypeVar("MailT", bound=OutgoingMail)


def send_each(
    claim: Callable[[], MailT | None],
    compose: Callable[[MailT], EmailMessage | None],
) -> int:
    """Send what `claim` gives until it gives none; returns how many were sent.

    What the mail server does not take is tried again later; where the server itself is
    away, the others are left for then too. One of which there is nothing to say any
    more is removed when its lease has passed.
    """
    sent = 0
    for _ in range(MOST_AT_A_TIME):
        if (mail := claim()) is None:
            break
        if (message := compose(mail)) is None:
            continue
        try:
            message.send()
        except (OSError, ValueError) as fault:
            trouble = trouble_of(fault)
            log.warning(
                "mail not sent",
                kind=mail._meta.model_name,
                mail=mail.pk,
                fault=type(fault).__name__,
            )
            mark_not_sent(mail, trouble.why, is_final=trouble.is_final)
            if trouble.is_server:
                break
        else:
            mark_sent(mail)
            sent += 1
    return sent


@dataclass(frozen=True)
class Trouble:
    """Why an e-mail was not sent, in a sentence; whether it never will be; and whether
    it is the mail server's trouble, and so that of all others."""

    why: str
    is_final: bool = False
    is_server: bool = False


def trouble_of(fault: Exception) -> Trouble:
    match fault:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _ in fault.recipients.values()]
            if all(code >= PERMANENT for code in codes):
                return Trouble("The mail server does not take this address.", True)
            return Trouble("The mail server does not take this address just now.")
        case smtplib.SMTPAuthenticationError():
            return Trouble("The mail server does not let us in.", is_server=True)
        case smtplib.SMTPSenderRefused() | smtplib.SMTPDataError():
            return Trouble("The mail server does not take our e-mail.")
        case ValueError():
            return Trouble("No e-mail can be sent to this address.", True)
    return Trouble("The mail server does not answer.", is_server=True)


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
