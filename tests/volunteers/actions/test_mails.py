"""Reminders and other e-mails: each sent once, whatever runs twice or dies."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage
from django.db import connection
from django.db.models import F
from django.utils import timezone

from campaigns.actions.outgoing_mails import mark_sent
from campaigns.clock import now
from campaigns.models import AuditEntry, Campaign, User
from tests.cast import NOW, actor
from tests.volunteers.helpers import give_place, make_shift, make_volunteer
from volunteers import personal_links
from volunteers.actions.mails import (
    claim_mail,
    link_of,
    purge_old,
    try_again,
    write_mail,
    write_reminders,
)
from volunteers.actions.shifts import ShiftTerms, cancel_shift, change_shift
from volunteers.actions.sign_ups import give_back_place
from volunteers.exporters.mails import send_waiting_mails
from volunteers.models import (
    ConsentChannel,
    MailKind,
    PersonalLink,
    Shift,
    VolunteerMail,
)

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def its_day(campaign: Campaign) -> None:
    stand_at(campaign, NOW)


def stand_at(campaign: Campaign, at: datetime) -> None:
    """It is this time for the organisation."""
    campaign.organisation.clock_offset = at - timezone.now()
    campaign.organisation.save()


def refuse_with(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise fault

    monkeypatch.setattr(EmailMessage, "send", refuse)


def one_reminder(campaign: Campaign) -> VolunteerMail:
    give_place(
        make_shift(campaign, starts_at=NOW + HOUR),
        make_volunteer(campaign.organisation),
    )
    remind(campaign, NOW)
    return VolunteerMail.objects.get()


def days_pass(days: float) -> None:
    """On the database's clock, for every mail that is written."""
    VolunteerMail.objects.update(
        written_at=F("written_at") - timedelta(days=days),
        leased_until=F("leased_until") - timedelta(days=days),
    )


def remind(campaign: Campaign, at: datetime) -> list[str]:
    write_reminders(organisation=campaign.organisation, at=at)
    return sorted(VolunteerMail.objects.values_list("kind", flat=True))


def terms(shift: Shift, **changed: Any) -> ShiftTerms:
    told = {
        "kind": shift.kind,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "places": shift.places,
    }
    return ShiftTerms(**told | changed)


def test_a_shift_has_a_reminder_a_day_before_and_one_two_hours_before(
    campaign: Campaign,
) -> None:
    starts_at = NOW + timedelta(days=2)
    give_place(make_shift(campaign), make_volunteer(campaign.organisation))

    assert remind(campaign, starts_at - 25 * HOUR) == []
    for _ in range(2):
        assert remind(campaign, starts_at - 24 * HOUR) == ["day_before"]
    for _ in range(2):
        assert remind(campaign, starts_at - HOUR) == ["day_before", "hours_before"]


def test_who_signs_up_after_a_reminder_was_due_is_spared_it(campaign: Campaign) -> None:
    shift = make_shift(campaign, starts_at=NOW + 5 * HOUR)
    give_place(shift, make_volunteer(campaign.organisation), signed_up_at=NOW)

    assert remind(campaign, NOW) == []
    assert remind(campaign, NOW + 4 * HOUR) == ["hours_before"]


def test_nobody_is_reminded_of_what_they_will_not_come_to(campaign: Campaign) -> None:
    organisation = campaign.organisation
    shift = make_shift(campaign, starts_at=NOW + HOUR)
    give_place(shift, make_volunteer(organisation), withdrawn_at=NOW)
    give_place(shift, make_volunteer(organisation), waits=True)
    give_place(shift, make_volunteer(organisation, email=""))
    off = make_shift(campaign, starts_at=NOW + HOUR, cancelled_at=NOW)
    give_place(off, make_volunteer(organisation))

    assert remind(campaign, NOW) == []


def test_a_reminder_written_down_is_not_sent_once_the_place_is_given_back(
    campaign: Campaign, organiser: User
) -> None:
    shift = make_shift(campaign, starts_at=NOW + HOUR)
    mine = give_place(shift, make_volunteer(campaign.organisation))
    remind(campaign, NOW)
    give_back_place(mine, by=actor(organiser), at=NOW)

    assert send_waiting_mails() == 0
    assert not VolunteerMail.objects.exists()


def test_a_mail_is_sent_once_with_a_link_that_opens_their_page(
    campaign: Campaign,
) -> None:
    vera = make_volunteer(campaign.organisation, "Vera <b>Helper")
    shift = make_shift(campaign, starts_at=NOW + HOUR, meeting_point="The clock")
    give_place(shift, vera)
    remind(campaign, NOW)

    assert send_waiting_mails() == 1
    assert send_waiting_mails() == 0

    (sent,) = mail.outbox
    assert sent.to == [vera.email]
    assert sent.subject == "In two hours: Doors, Tuesday 11 am"
    assert "Vera <b>Helper" in sent.body
    assert "The clock" in sent.body
    token = personal_links.written(PersonalLink.objects.get())
    assert f"/field/open/{token}/?shift={shift.pk}" in sent.body


def test_workers_at_once_send_each_mail_once(
    campaign: Campaign, transactional_db: None
) -> None:
    shift = make_shift(campaign, starts_at=NOW + HOUR, places=20)
    for _ in range(12):
        give_place(shift, make_volunteer(campaign.organisation))
    remind(campaign, NOW)

    def work(_: int) -> int:
        try:
            return send_waiting_mails()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(work, range(4)))

    assert sum(sent) == 12
    assert len({tuple(one.to) for one in mail.outbox}) == 12


def test_a_worker_that_dies_before_sending_leaves_the_mail_to_another(
    campaign: Campaign,
) -> None:
    give_place(
        make_shift(campaign, starts_at=NOW + HOUR),
        make_volunteer(campaign.organisation),
    )
    remind(campaign, NOW)
    assert claim_mail(clock=now) is not None  # and then it dies

    assert send_waiting_mails() == 0
    VolunteerMail.objects.update(leased_until=timezone.now() - HOUR)
    assert send_waiting_mails() == 1


def test_a_mail_server_that_is_away_for_an_hour_loses_nothing(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_reminder(campaign)
    with monkeypatch.context() as away:
        refuse_with(away, smtplib.SMTPServerDisconnected())
        for _ in range(12):
            assert send_waiting_mails() == 0
            days_pass(5 / 24 / 60)

    waiting = VolunteerMail.objects.get()
    assert waiting.attempts == 6
    assert waiting.fault == "The mail server does not answer."
    days_pass(1 / 24)
    assert send_waiting_mails() == 1
    assert send_waiting_mails() == 0
    assert VolunteerMail.objects.get().fault == ""


def test_a_mail_server_that_is_away_is_left_alone_until_the_next_time(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        write_mail(
            MailKind.LINK,
            volunteer=make_volunteer(campaign.organisation),
            campaign=campaign,
            at=NOW,
        )
    refuse_with(monkeypatch, ConnectionRefusedError())

    assert send_waiting_mails() == 0

    assert VolunteerMail.objects.filter(attempts=0).count() == 2


def test_after_a_day_of_trying_a_mail_is_given_up_and_may_be_tried_once_more(
    campaign: Campaign, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    vera = make_volunteer(campaign.organisation)
    write_mail(MailKind.LINK, volunteer=vera, campaign=campaign, at=NOW)
    with monkeypatch.context() as away:
        refuse_with(away, TimeoutError())
        for _ in range(3):
            send_waiting_mails()
            days_pass(1)
    given_up = VolunteerMail.objects.get()
    assert given_up.given_up_at is not None
    assert send_waiting_mails() == 0

    for tried in (1, 0):
        again = try_again(
            VolunteerMail.objects.all(), campaign=campaign, by=actor(organiser), at=NOW
        )
        assert again == tried
    assert send_waiting_mails() == 1
    assert len(mail.outbox) == 1
    assert AuditEntry.objects.filter(verb="mails.tried_again").count() == 1


def test_what_a_worker_is_sending_is_not_tried_again_meanwhile(
    campaign: Campaign, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_reminder(campaign)
    with monkeypatch.context() as away:
        refuse_with(away, TimeoutError())
        send_waiting_mails()
    days_pass(1 / 24)
    claim_mail(clock=now)

    rows, by = VolunteerMail.objects.all(), actor(organiser)
    assert try_again(rows, campaign=campaign, by=by, at=NOW) == 0
    assert send_waiting_mails() == 0


@pytest.mark.parametrize(
    ("fault", "why", "is_final"),
    [
        (
            smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"No such user")}),
            "The mail server does not take this address.",
            True,
        ),
        (
            smtplib.SMTPRecipientsRefused({"x@example.org": (451, b"Later")}),
            "The mail server does not take this address just now.",
            False,
        ),
        (
            smtplib.SMTPAuthenticationError(535, b"No"),
            "The mail server does not let us in.",
            False,
        ),
        (
            smtplib.SMTPDataError(554, b"No"),
            "The mail server does not take our e-mail.",
            False,
        ),
        (BadHeaderError("no"), "No e-mail can be sent to this address.", True),
    ],
)
def test_why_a_mail_was_not_sent_is_said_and_what_is_final_not_tried_again(
    campaign: Campaign,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    why: str,
    is_final: bool,
) -> None:
    one_reminder(campaign)
    refuse_with(monkeypatch, fault)

    send_waiting_mails()

    told = VolunteerMail.objects.get()
    assert told.fault == why
    assert (told.given_up_at is not None) is is_final


@pytest.mark.parametrize(
    ("kind", "late"),
    [
        (MailKind.DAY_BEFORE, -2 * HOUR),
        (MailKind.HOURS_BEFORE, 0 * HOUR),
        (MailKind.CHANGED, 2 * HOUR),
        (MailKind.MOVED_UP, 2 * HOUR),
        (MailKind.CANCELLED, 2 * HOUR),
    ],
)
def test_no_mail_about_a_shift_goes_out_too_late(
    campaign: Campaign, kind: MailKind, late: timedelta
) -> None:
    off = {"cancelled_at": NOW} if kind == MailKind.CANCELLED else {}
    shift = make_shift(campaign, starts_at=NOW + 9 * HOUR, hours=2, **off)
    for _ in range(2):
        vera = make_volunteer(campaign.organisation)
        mine = give_place(shift, vera)
        write_mail(kind, volunteer=vera, campaign=campaign, sign_up=mine, at=NOW)
    stand_at(campaign, shift.starts_at + late - timedelta(minutes=5))
    first = claim_mail(clock=now)
    stand_at(campaign, shift.starts_at + late)

    assert first is not None
    assert send_waiting_mails() == 0
    [too_late] = VolunteerMail.objects.exclude(pk=first.pk)
    assert too_late.given_up_at is not None
    assert too_late.fault == "It could not be sent before it was too late."


def test_everybody_who_signed_up_is_told_that_a_shift_is_off(
    campaign: Campaign, organiser: User
) -> None:
    shift = make_shift(campaign)
    give_place(shift, make_volunteer(campaign.organisation))
    give_place(shift, make_volunteer(campaign.organisation), waits=True)
    give_place(shift, make_volunteer(campaign.organisation), withdrawn_at=NOW)

    assert cancel_shift(shift, by=actor(organiser), at=NOW) == 2
    assert cancel_shift(shift, by=actor(organiser), at=NOW) == 0

    assert send_waiting_mails() == 2
    assert all(one.subject.startswith("Called off:") for one in mail.outbox)


def test_a_shift_that_moves_tells_who_signed_up_and_reminds_them_anew(
    campaign: Campaign, organiser: User
) -> None:
    shift = make_shift(campaign, starts_at=NOW + 20 * HOUR)
    give_place(shift, make_volunteer(campaign.organisation))
    remind(campaign, NOW)
    send_waiting_mails()

    later = terms(shift, starts_at=NOW + 30 * HOUR, ends_at=NOW + 32 * HOUR)
    change_shift(shift, later, by=actor(organiser), at=NOW)

    assert remind(campaign, NOW + 7 * HOUR) == [MailKind.CHANGED, MailKind.DAY_BEFORE]
    assert send_waiting_mails() == 2


def test_old_mails_and_links_are_removed(campaign: Campaign) -> None:
    vera = make_volunteer(campaign.organisation)
    long_ago = timezone.now() - timedelta(days=100)
    give_place(make_shift(campaign, starts_at=NOW + HOUR), vera)
    remind(campaign, NOW)
    kept = VolunteerMail.objects.get()
    VolunteerMail.objects.filter(pk=kept.pk).update(sent_at=long_ago)
    PersonalLink.objects.create(
        organisation=vera.organisation,
        volunteer=vera,
        issued_at=long_ago,
        expires_at=long_ago,
    )

    for removed in (2, 0):
        assert purge_old(organisation=vera.organisation, at=timezone.now()) == removed


def test_what_is_marked_as_sent_is_not_claimed_again(campaign: Campaign) -> None:
    give_place(
        make_shift(campaign, starts_at=NOW + HOUR),
        make_volunteer(campaign.organisation),
    )
    remind(campaign, NOW)
    claimed = claim_mail(clock=now)
    assert claimed is not None
    mark_sent(claimed)

    assert claim_mail(clock=now) is None


def test_nobody_is_written_to_who_helps_no_more_or_took_their_consent_back(
    campaign: Campaign,
) -> None:
    gone, silent, agreed = (make_volunteer(campaign.organisation) for _ in range(3))
    gone.stood_down_at = NOW
    gone.save()
    for person, withdrawn in ((gone, None), (silent, NOW), (agreed, None)):
        person.consents.create(
            organisation=campaign.organisation,
            channel=ConsentChannel.EMAIL,
            source="sign-up",
            given_at=NOW,
            withdrawn_at=withdrawn,
        )
        write_mail(MailKind.ASKED, volunteer=person, campaign=campaign, at=NOW)

    claimed = claim_mail(clock=now)

    assert claimed is not None
    assert claimed.volunteer == agreed
    assert claim_mail(clock=now) is None
    assert VolunteerMail.objects.count() == 1


def test_the_link_of_whoever_helps_no_more_opens_nothing(campaign: Campaign) -> None:
    vera = make_volunteer(campaign.organisation)
    text = personal_links.written(link_of(vera, at=timezone.now()))
    assert personal_links.read(text) is not None

    vera.stood_down_at = NOW
    vera.save()

    assert personal_links.read(text) is None


def test_at_another_time_nobody_has_said_yet_that_they_come(
    campaign: Campaign, organiser: User
) -> None:
    shift = make_shift(campaign, starts_at=NOW + 20 * HOUR)
    mine = give_place(shift, make_volunteer(campaign.organisation), confirmed_at=NOW)

    elsewhere = terms(shift, meeting_point="The clock")
    change_shift(shift, elsewhere, by=actor(organiser), at=NOW)
    mine.refresh_from_db()
    assert mine.confirmed_at == NOW

    later = terms(shift, starts_at=NOW + 21 * HOUR, ends_at=NOW + 23 * HOUR)
    change_shift(shift, later, by=actor(organiser), at=NOW)
    mine.refresh_from_db()
    assert mine.confirmed_at is None
    assert send_waiting_mails() == 2
    assert "Can you still come?" in mail.outbox[-1].body


def test_nobody_is_reminded_of_a_shift_of_a_closed_campaign(campaign: Campaign) -> None:
    give_place(
        make_shift(campaign, starts_at=NOW + HOUR),
        make_volunteer(campaign.organisation),
    )
    campaign.closed_at = NOW
    campaign.save()

    assert remind(campaign, NOW) == []
