"""Asking volunteers to come, and keeping note of who was asked."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from campaigns.actions import audit
from campaigns.models import Campaign
from campaigns.reports.imprints import issued_imprint
from campaigns.rules.imprints import Medium
from campaigns.rules.refusals import Refusal
from volunteers.actions.mails import write_mail
from volunteers.models import AskedBy, ConsentChannel, Invitation, MailKind, Volunteer

if TYPE_CHECKING:
    from campaigns.access import Actor

NOT_AGAIN_FOR: Final = timedelta(days=1)


class AskingRefused(Refusal):
    """They cannot be asked in this way."""


@transaction.atomic(durable=True)
def ask(
    volunteer: Volunteer, *, how: AskedBy, campaign: Campaign, by: "Actor", at: datetime
) -> Invitation:
    """Note that they were asked; by e-mail, ask them now.

    Refused: somebody who has stood down; by e-mail, without an address or their consent
    to it, within a day of the last time, or without a complete imprint. Audit:
    `volunteer.asked`.
    """
    if volunteer.stood_down_at:
        raise AskingRefused("stood_down", f"{volunteer} has stood down.")
    if how == AskedBy.EMAIL:
        issued_imprint(campaign, Medium.DIGITAL)
        _refuse_email(volunteer, at)
        write_mail(MailKind.ASKED, volunteer=volunteer, campaign=campaign, at=at)
    asked = Invitation(
        organisation_id=volunteer.organisation_id,
        campaign=campaign,
        volunteer=volunteer,
        how=how,
        asked_at=at,
    )
    asked.recorded_by(by)
    asked.save()
    audit.record(
        "volunteer.asked",
        by=by,
        at=at,
        organisation_id=volunteer.organisation_id,
        campaign_id=campaign.pk,
        target=volunteer,
        how=how.value,
    )
    return asked


def _refuse_email(volunteer: Volunteer, at: datetime) -> None:
    agreed = volunteer.consents.filter(
        channel=ConsentChannel.EMAIL, withdrawn_at__isnull=True
    )
    if not volunteer.email or not agreed.exists():
        raise AskingRefused(
            "no_consent", f"{volunteer} has not agreed to be asked by e-mail."
        )
    lately = volunteer.invitations.filter(
        how=AskedBy.EMAIL, asked_at__gt=at - NOT_AGAIN_FOR
    )
    if lately.exists():
        raise AskingRefused(
            "lately", f"{volunteer} was asked by e-mail within the last day."
        )


def ask_all(
    volunteers: Iterable[Volunteer],
    *,
    campaign: Campaign,
    by: "Actor",
    at: datetime,
) -> tuple[int, int]:
    """Ask each by e-mail; returns how many were asked, and how many could not be.

    Refused: an imprint that is not complete.
    """
    asked = left_out = 0
    for volunteer in volunteers:
        try:
            ask(volunteer, how=AskedBy.EMAIL, campaign=campaign, by=by, at=at)
            asked += 1
        except AskingRefused:
            left_out += 1
    return asked, left_out
