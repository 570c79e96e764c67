"""Reminders of deadlines: to whom, once each, whatever runs twice or fails."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from campaigns.actions.deadline_reminders import (
    RemindersRefused,
    switch_reminders,
    try_again,
    write_deadline_reminders,
)
from campaigns.actions.donations import (
    accept_donation,
    record_donation,
    return_donation,
)
from campaigns.exporters.deadline_reminders import send_deadline_reminders
from campaigns.models import (
    AuditEntry,
    Campaign,
    DeadlineReminder,
    Declarant,
    Donation,
    User,
)
from campaigns.reports.deadlines_to_remind import coming_notices, not_sent
from campaigns.roles import Role
from campaigns.tasks import (
    check_integrity_nightly,
    remind_of_deadlines,
    send_reminders,
)
from tests.campaigns.purchases import clerk, commit
from tests.campaigns.returns import file, make, ready_books, sign
from tests.cast import NOW, UK, actor, member

DAY = timedelta(days=1)
# Counted from polling day, 2 May 2024, while the result is not known.
BILLS_IN = datetime(2024, 5, 23, 9, 0, tzinfo=UK)
RETURN = datetime(2024, 6, 6, 9, 0, tzinfo=UK)
Written = list[tuple[str, int, str]]


@pytest.fixture
def treasurer(campaign: Campaign) -> User:
    return member("Trudy Treasurer", Role.TREASURER, campaign)


@pytest.fixture
def candidate(campaign: Campaign) -> User:
    return member("Rowan Ash", Role.CANDIDATE, campaign)


def remind(campaign: Campaign, at: datetime) -> Written:
    """All that was ever written: code, days before, whom to."""
    write_deadline_reminders(organisation=campaign.organisation, at=at)
    rows = DeadlineReminder.objects.values_list("code", "days_before", "user__name")
    return sorted(rows)


def send(campaign: Campaign, at: datetime) -> int:
    return send_deadline_reminders(organisation=campaign.organisation, at=at)


def give(campaign: Campaign, amount: str = "500.00") -> Donation:
    return record_donation(
        campaign=campaign,
        donor="Dora Donor",
        donor_kind="individual",
        donor_address="3 Gull Lane, QX1 2BB",
        amount=Decimal(amount),
        received_on=NOW.date(),
        by=clerk(campaign),
        at=NOW,
    )


def test_each_notice_of_a_deadline_is_written_once_and_to_whom_it_concerns(
    campaign: Campaign, agent: User, candidate: User, treasurer: User, organiser: User
) -> None:
    assert remind(campaign, BILLS_IN - 15 * DAY) == []
    first = [
        ("bills_received", 14, "Agnes Agent"),
        ("personal_expenses", 14, "Agnes Agent"),
        ("personal_expenses", 14, "Rowan Ash"),
    ]
    for _ in range(2):
        assert remind(campaign, BILLS_IN - 14 * DAY) == first
    assert remind(campaign, BILLS_IN - 8 * DAY) == first
    assert ("bills_received", 7, "Agnes Agent") in remind(campaign, BILLS_IN - 6 * DAY)


def test_nobody_is_written_to_before_seven_in_the_morning(
    campaign: Campaign, agent: User
) -> None:
    assert remind(campaign, BILLS_IN.replace(hour=6)) == []
    assert len(remind(campaign, BILLS_IN.replace(hour=7))) > 0


def test_donations_over_fifty_pounds_are_reminded_of_without_naming_the_donor(
    campaign: Campaign, agent: User, treasurer: User, candidate: User
) -> None:
    give(campaign, "500.00")
    give(campaign, "70.00")
    give(campaign, "50.00")
    day = NOW + 23 * DAY

    written = [row for row in remind(campaign, day) if row[0] == "donations"]
    send(campaign, day)

    assert written == [
        ("donations", 7, "Agnes Agent"),
        ("donations", 7, "Trudy Treasurer"),
    ]
    (to_trudy,) = (one for one in mail.outbox if one.to[0].startswith("trudy"))
    assert (
        to_trudy.subject
        == "In 7 days: Donations to be decided on (West Midlands Mayor)"
    )
    assert "2 donations of more than £50.00, £570.00 in all" in to_trudy.body
    assert "/mayor-2024/money/donations/" in to_trudy.body
    assert "Dora" not in to_trudy.body


def test_a_reminder_of_what_is_settled_meanwhile_is_not_sent(
    campaign: Campaign, agent: User
) -> None:
    donation, by = give(campaign), clerk(campaign)
    day = NOW + 16 * DAY
    remind(campaign, day)
    return_donation(
        donation, returned_on=day.date(), returned_how="by bank", by=by, at=day
    )

    send(campaign, day)

    assert not DeadlineReminder.objects.filter(code="donations").exists()
    assert all("Donations" not in one.subject for one in mail.outbox)


def test_nobody_is_reminded_of_a_return_that_is_filed(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    version = make(ready_books(campaign), agent)
    on = datetime(2024, 6, 8, 9, 0, tzinfo=UK)
    assert ("return", 2, "Agnes Agent") in remind(campaign, on)
    sign(version, agent)
    file(version, agent, declaration_follows="Rowan Ash is abroad")

    send(campaign, on)

    assert all("Return" not in one.subject for one in mail.outbox)
    # Seven working days after the 5th: no longer those after the last day for it.
    assert ("declaration", 2, "Rowan Ash") in remind(campaign, on + 4 * DAY)


def test_nobody_is_reminded_of_a_declaration_that_is_signed(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    version = make(ready_books(campaign), agent)
    on = datetime(2024, 6, 12, 9, 0, tzinfo=UK)
    assert ("declaration", 7, "Rowan Ash") in remind(campaign, on)
    sign(version, candidate, Declarant.CANDIDATE)

    send(campaign, on)

    assert all("declaration" not in one.subject.lower() for one in mail.outbox)
    assert coming_notices(campaign, at=on) == []


def test_a_new_draft_has_to_be_signed_anew(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    sign(make(ready_books(campaign), agent), candidate, Declarant.CANDIDATE)
    commit(campaign, "100.00")
    make(campaign, agent)

    due = remind(campaign, datetime(2024, 6, 12, 9, 0, tzinfo=UK))

    assert ("declaration", 7, "Rowan Ash") in due


def test_small_donations_and_those_accepted_need_no_reminder(
    campaign: Campaign, agent: User
) -> None:
    kept = give(campaign, "40.00")
    accept_donation(kept, accepted_on=NOW.date(), by=clerk(campaign), at=NOW)
    give(campaign, "50.00")

    due = remind(campaign, NOW + 28 * DAY)

    assert "donations" not in {code for code, _, _ in due}


def test_the_last_day_on_which_stock_counts_nothing_is_reminded_of(
    campaign: Campaign, agent: User
) -> None:
    day = datetime(2024, 3, 24, 8, 0, tzinfo=UK)

    assert remind(campaign, day) == [
        ("agent", 14, "Agnes Agent"),
        ("stock", 2, "Agnes Agent"),
    ]
    assert send(campaign, day + DAY) == 2

    [stock] = [one for one in mail.outbox if "stock" in one.subject]
    assert stock.subject.startswith("Tomorrow: Last day to deliver stock")
    assert "Tuesday 26 March 2024 is the last day" in stock.body


def test_a_result_that_is_declared_later_moves_the_reminders(
    campaign: Campaign, agent: User
) -> None:
    remind(campaign, RETURN)
    campaign.result_declared_on = date(2024, 5, 4)
    campaign.save()

    assert send(campaign, RETURN) == 0
    assert not DeadlineReminder.objects.filter(due_on=RETURN.date()).exists()

    remind(campaign, datetime(2024, 6, 10, 9, 0, tzinfo=UK))
    send(campaign, datetime(2024, 6, 10, 9, 0, tzinfo=UK))
    assert any(one.subject.startswith("Today: Return") for one in mail.outbox)
    assert "declared on 4 May 2024" in mail.outbox[0].body


def test_a_closed_campaign_reminds_nobody(campaign: Campaign, agent: User) -> None:
    remind(campaign, RETURN - DAY)
    campaign.closed_at = RETURN
    campaign.save()

    assert send(campaign, RETURN) == 0
    assert remind(campaign, RETURN) == []
    assert coming_notices(campaign, at=NOW) == []


def test_a_campaign_whose_deadlines_are_unknown_holds_up_no_other(
    campaign: Campaign, other_campaign: Campaign, agent: User
) -> None:
    member("Odile Other", Role.AGENT, other_campaign)
    campaign.election.slug = "nothing"
    campaign.election.save()

    assert {name for _, _, name in remind(campaign, BILLS_IN)} == {"Odile Other"}


def test_people_at_once_are_sent_each_reminder_once(
    campaign: Campaign, agent: User, candidate: User, transactional_db: None
) -> None:
    def work(_: int) -> int:
        try:
            remind(campaign, BILLS_IN)
            return send(campaign, BILLS_IN)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        sent = sum(threads.map(work, range(4)))

    told = [(one.to[0], one.subject) for one in mail.outbox]
    assert sent == len(told) == len(set(told)) == DeadlineReminder.objects.count()


def test_a_mail_server_that_is_away_is_tried_again_and_then_nothing_is_lost(
    campaign: Campaign, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise smtplib.SMTPServerDisconnected

    due = len(remind(campaign, RETURN))
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", refuse)
        assert send(campaign, RETURN) == 0
    told = DeadlineReminder.objects.exclude(fault="").get()
    assert told.fault == "The mail server does not answer."
    assert not_sent(campaign) == 1

    assert try_again(campaign, by=actor(agent), at=RETURN) == 1
    assert try_again(campaign, by=actor(agent), at=RETURN) == 0
    assert send(campaign, RETURN) == due
    assert not_sent(campaign) == 0


def test_whoever_wants_none_gets_none_and_may_change_their_mind(
    campaign: Campaign, agent: User, candidate: User
) -> None:
    mine = actor(candidate)
    for _ in range(2):
        switch_reminders(campaign, user=candidate, on=False, by=mine, at=NOW)
    assert {name for _, _, name in remind(campaign, BILLS_IN)} == {"Agnes Agent"}

    for _ in range(2):
        switch_reminders(campaign, user=candidate, on=True, by=mine, at=NOW)
    assert "Rowan Ash" in {name for _, _, name in remind(campaign, BILLS_IN)}
    verbs = AuditEntry.objects.filter(verb__startswith="reminders.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "reminders.switched_off",
        "reminders.switched_on",
    ]


def test_what_was_written_before_the_switch_is_not_sent_after_it(
    campaign: Campaign, agent: User
) -> None:
    remind(campaign, BILLS_IN)
    switch_reminders(campaign, user=agent, on=False, by=actor(agent), at=NOW)

    assert send(campaign, BILLS_IN) == 0


def test_others_are_switched_by_the_agent_alone(
    campaign: Campaign, agent: User, candidate: User, organiser: User
) -> None:
    with pytest.raises(RemindersRefused, match="Only the agent"):
        switch_reminders(
            campaign, user=candidate, on=False, by=actor(organiser), at=NOW
        )
    with pytest.raises(RemindersRefused, match="not written to"):
        switch_reminders(campaign, user=organiser, on=False, by=actor(agent), at=NOW)
    switch_reminders(campaign, user=candidate, on=False, by=actor(agent), at=NOW)

    assert {name for _, _, name in remind(campaign, BILLS_IN)} == {"Agnes Agent"}


def test_beat_runs_them_by_the_clock_of_each_organisation(
    campaign: Campaign, agent: User
) -> None:
    ours = campaign.organisation
    ours.clock_offset = BILLS_IN - timezone.now()
    ours.save()

    assert remind_of_deadlines() > 0
    assert send_reminders() == len(mail.outbox) > 0
    assert send_reminders() == 0
    assert check_integrity_nightly() == 0
