"""What beat runs, by each organisation's own clock."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from campaigns.models import Campaign
from tests.cast import NOW
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers.tasks import purge_old_mails, remind_volunteers, send_mails


def test_reminders_are_written_and_sent_by_the_clock_of_the_organisation(
    campaign: Campaign, foreign_campaign: Campaign
) -> None:
    ours = campaign.organisation
    ours.clock_offset = NOW - timezone.now()
    ours.save()
    soon = NOW + timedelta(hours=1)
    give_place(make_shift(campaign, starts_at=soon), make_volunteer(ours))
    theirs = foreign_campaign.organisation
    give_place(make_shift(foreign_campaign, starts_at=soon), make_volunteer(theirs))

    assert remind_volunteers() == 1
    assert send_mails() == 1
    assert send_mails() == 0
    assert purge_old_mails() == 0
    assert len(mail.outbox) == 1
