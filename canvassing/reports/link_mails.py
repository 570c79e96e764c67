"""How the e-mails with the links of rounds stand, and who may be sent one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import DateTimeField, ExpressionWrapper, F

from canvassing.models import RoundIssue
from volunteers.models import MailKind, Volunteer, VolunteerMail
from volunteers.reports.people import reached_by_email


@dataclass(frozen=True, slots=True)
class LinkMail:
    """Of one issue, to whom it `goes_to`; `mail` is None where none was written."""

    mail: VolunteerMail | None
    is_reached: bool

    @property
    def sent_at(self) -> datetime | None:
        """By the organisation's clock."""
        return self.mail.sent_when if self.mail else None  # type: ignore[attr-defined]

    @property
    def may_be_sent(self) -> bool:
        """Also once more, where it was given up."""
        return self.is_reached and (
            self.mail is None or self.mail.given_up_at is not None
        )


def link_mails(issues: Iterable[RoundIssue]) -> dict[int, LinkMail]:
    """By issue; nothing of those that go to nobody by name. Two queries, or none."""
    whom = {one.pk: one.goes_to for one in issues if one.goes_to}
    if not whom:
        return {}
    sent_when = ExpressionWrapper(
        F("sent_at") + F("organisation__clock_offset"), output_field=DateTimeField()
    )
    mails = VolunteerMail.objects.filter(kind=MailKind.ROUND, about__in=whom)
    written = {
        (mail.about, mail.volunteer_id): mail
        for mail in mails.annotate(sent_when=sent_when)
    }
    adults = Volunteer.objects.filter(pk__in=whom.values(), is_under_18=False)
    reached = set(reached_by_email(adults).values_list("pk", flat=True))
    return {
        issue: LinkMail(written.get((issue, volunteer)), volunteer in reached)
        for issue, volunteer in whom.items()
    }
