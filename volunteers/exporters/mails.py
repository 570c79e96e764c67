"""E-mails as volunteers read them, and sending those that wait."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation

from campaigns.clock import now
from campaigns.exporters.outgoing_mails import plain_mail, send_each
from campaigns.reports.imprints import shown_imprint
from volunteers import personal_links
from volunteers.actions.mails import claim_mail, link_of
from volunteers.models import VolunteerMail
from volunteers.registry import registry


def send_waiting_mails() -> int:
    """Send what waits, each by one worker; returns how many were sent."""
    return send_each(
        lambda: claim_mail(clock=now),
        lambda mail: compose(mail, at=now(mail.campaign.organisation)),
    )


def compose(mail: VolunteerMail, *, at: datetime) -> EmailMessage | None:
    """The e-mail with the volunteer's own link, in their language. Sent twice, it is
    one message still. None of one that leads to nothing any more."""
    way_of = registry.mail_ways.get(mail.kind)
    way = way_of(mail, at) if way_of else None
    if way_of and way is None:
        return None
    home = settings.PUBLIC_URL + reverse(
        "field-open",
        kwargs={"token": personal_links.written(link_of(mail.volunteer, at=at))},
    )
    with translation.override(mail.volunteer.language):
        return plain_mail(
            f"volunteers/mail/{mail.kind}.txt",
            {
                "mail": mail,
                "volunteer": mail.volunteer,
                "campaign": mail.campaign,
                "shift": mail.shift,
                "home": home,
                "to_shift": f"{home}?shift={mail.shift_id}",
                "way": settings.PUBLIC_URL + way.path if way else "",
                "what": way.name if way else "",
                "imprint": shown_imprint(mail.campaign),
            },
            to=mail.volunteer.email,
            name=f"volunteer-mail-{mail.pk}",
        )
