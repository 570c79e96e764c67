"""E-mails as volunteers read them, and sending those that wait."""

import smtplib
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from campaigns.clock import now
from volunteers import personal_links
from volunteers.actions.mails import (
    claim_mail,
    link_of,
    mark_not_sent,
    mark_sent,
)
from volunteers.models import VolunteerMail
from volunteers.reports.imprints import digital_imprint

log = structlog.get_logger("committee_room.mails")
MOST_AT_A_TIME = 500
PERMANENT = 500  # an SMTP answer from here on is for good


def send_waiting_mails() -> int:
    """Send what waits, each by one worker; returns how many were sent.

    What the mail server does not take is tried again later; where the server itself is
    away, the others are left for then too.
    """
    sent = 0
    for _ in range(MOST_AT_A_TIME):
        if (mail := claim_mail(clock=now)) is None:
            break
        try:
            compose(mail, at=now(mail.campaign.organisation)).send()
        except (OSError, ValueError) as fault:
            trouble = trouble_of(fault)
            log.warning("mail not sent", mail=mail.pk, fault=type(fault).__name__)
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


def compose(mail: VolunteerMail, *, at: datetime) -> EmailMessage:
    """The e-mail with the volunteer's own link, in their language. Sent twice, it is
    one message still."""
    home = settings.PUBLIC_URL + reverse(
        "field-open",
        kwargs={"token": personal_links.written(link_of(mail.volunteer, at=at))},
    )
    with translation.override(mail.volunteer.language):
        written = render_to_string(
            f"volunteers/mail/{mail.kind}.txt",
            {
                "mail": mail,
                "volunteer": mail.volunteer,
                "campaign": mail.campaign,
                "shift": mail.shift,
                "home": home,
                "to_shift": f"{home}?shift={mail.shift_id}",
                "imprint": digital_imprint(mail.campaign),
            },
        )
    subject, _, body = written.strip().partition("\n")
    host = settings.PUBLIC_URL.rpartition("/")[2].partition(":")[0]
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[mail.volunteer.email],
        headers={"Message-ID": f"<volunteer-mail-{mail.pk}@{host}>"},
    )
