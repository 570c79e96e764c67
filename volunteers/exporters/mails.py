"""E-mails as volunteers read them, and sending those that wait."""

import smtplib
from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from campaigns.clock import now
from volunteers import personal_links
from volunteers.actions.mails import claim_mail, link_of, mark_sent
from volunteers.models import VolunteerMail
from volunteers.reports.imprints import digital_imprint

log = structlog.get_logger("committee_room.mails")
MOST_AT_A_TIME = 500


def send_waiting_mails() -> int:
    """Send what waits, each by one worker; returns how many were sent.

    One that the mail server does not take is tried again when its lease has passed.
    """
    sent = 0
    while sent < MOST_AT_A_TIME and (mail := claim_mail()) is not None:
        try:
            compose(mail, at=now(mail.campaign.organisation)).send()
        except (OSError, smtplib.SMTPException) as fault:
            log.warning("mail not sent", mail=mail.pk, fault=type(fault).__name__)
            continue
        mark_sent(mail)
        sent += 1
    return sent


def compose(mail: VolunteerMail, *, at: datetime) -> EmailMessage:
    """The e-mail with the volunteer's own link. Sent twice, it is one message still."""
    home = settings.PUBLIC_URL + reverse(
        "field-open",
        kwargs={"token": personal_links.written(link_of(mail.volunteer, at=at))},
    )
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
