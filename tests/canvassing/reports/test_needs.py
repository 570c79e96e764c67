"""What needs somebody: said in a sentence, to whoever could settle it."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from campaigns.actions.credit_notes import record_credit_note
from campaigns.actions.donations import record_donation
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    Declarant,
    Job,
    Organisation,
    PollingDistrict,
    RegisterEdition,
    User,
    Ward,
)
from campaigns.roles import Role
from canvassing.models import HeldItem
from canvassing.reports.needs import needs
from canvassing.views.needs import link_to
from tests.campaigns.papers import bill, pay
from tests.campaigns.purchases import clerk
from tests.campaigns.returns import FILED_AT, file, make, ready_books, sign
from tests.canvassing.contact_helpers import prepare, record, said
from tests.cast import NOW, actor, make_district, make_edition, make_elector, member
from tests.volunteers.helpers import make_volunteer
from volunteers.models import MailKind, Shift, VolunteerMail

pytestmark = pytest.mark.django_db
RECORDED = {"by_kind": "system", "by_label": "Committee Room"}


def sentences(user: User, campaign: Campaign, to_check: int = 0) -> dict[str, str]:
    found = needs(by=actor(user), campaign=campaign, at=NOW, to_check=to_check)
    assert all(link_to(need, campaign) for need in found)
    return {need.kind: need.sentence for need in found}


def test_everything_that_waits_is_said_and_leads_somewhere(
    campaign: Campaign, organisation: Organisation, organiser: User, ward: Ward
) -> None:
    Shift.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind="doors",
        ward=ward,
        starts_at=NOW + timedelta(hours=8, minutes=30),
        ends_at=NOW + timedelta(hours=10),
        places=8,
    )
    HeldItem.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind="contact",
        uuid="00000000-0000-4000-8000-000000000001",
        content_hash="0" * 64,
        payload={},
        code="pledge",
        reason="Line 7: 'Ring Ivy first' is neither yes nor no to a pledge.",
        **RECORDED,
    )
    make_edition(organisation, ward.council)
    RegisterEdition.objects.update(destroy_by=NOW.date() + timedelta(days=8))
    make_district(organisation, ward)
    PollingDistrict.objects.update(ward=None)
    Job.objects.create(
        organisation=organisation,
        campaign=campaign,
        kind="register_import",
        title="Register of Wolverhampton",
        state="failed",
        message="It was cut off.",
        asked_at=NOW,
        **RECORDED,
    )

    campaign.imprint_promoter = "Agnes Agent"
    campaign.save()

    assert sentences(organiser, campaign, to_check=2) == {
        "shift": "Tuesday 6.30 pm, Bilston North: 0 of 8 places filled",
        "held": "1 contact held: Its pledge is neither yes nor no.",
        "copy": "Register copy of Wolverhampton: destroy by 1 May 2024",
        "districts": "1 polling district in no ward yet",
        "job": "Register of Wolverhampton failed: It was cut off.",
        "imprint": "The imprint lacks address (promoter): no letter without it",
        "markers": "2 rights to vote to check",
    }


def test_mails_to_volunteers_that_could_not_be_sent_are_said(
    campaign: Campaign, organiser: User
) -> None:
    VolunteerMail.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        volunteer=make_volunteer(campaign.organisation),
        kind=MailKind.LINK,
        asked_at=NOW,
        fault="The mail server does not answer.",
    )

    seen = sentences(organiser, campaign)

    assert seen["mails"] == "1 e-mail to volunteers not sent"


def test_the_agent_is_not_asked_for_what_organisers_settle(
    campaign: Campaign, agent: User
) -> None:
    assert set(sentences(agent, campaign)) == {"limit"}


def test_a_ward_lead_is_told_of_what_is_held_in_their_wards(
    campaign: Campaign, ward: Ward, other_ward: Ward, ward_lead: User
) -> None:
    ivy = make_elector(make_district(campaign.organisation, ward))
    tom = make_elector(make_district(campaign.organisation, other_ward, "PN1"))
    prepare(campaign)
    record(campaign, said(ivy, "Q9"), said(tom, "Q9"))

    assert sentences(ward_lead, campaign) == {
        "held": "1 contact held: The intention is not one of this campaign's codes."
    }


def test_a_ward_lead_is_asked_for_nothing_of_the_whole_campaign(
    campaign: Campaign, ward_lead: User
) -> None:
    assert sentences(ward_lead, campaign) == {}


def test_whoever_enters_donations_is_told_until_when_to_decide(
    campaign: Campaign, agent: User
) -> None:
    candidate = member("Cara Candidate", Role.CANDIDATE, campaign)
    for days in (3, 10):
        record_donation(
            campaign=campaign,
            donor="Dorothy Penhallow",
            donor_kind="individual",
            amount=Decimal("250.00"),
            received_on=NOW.date() - timedelta(days=days),
            by=clerk(campaign),
            at=NOW,
        )

    seen = sentences(agent, campaign)

    assert seen["donations"] == "2 donations to decide on, the first by 13 May 2024"
    assert "donations" not in sentences(candidate, campaign)


def test_after_the_poll_what_is_due_within_a_fortnight_is_said(
    campaign: Campaign, organiser: User
) -> None:
    after = datetime(2024, 5, 12, 9, 0, tzinfo=UK)

    def due(at: datetime) -> list[str]:
        found = needs(by=actor(organiser), campaign=campaign, at=at, to_check=0)
        return [need.sentence for need in found if need.kind == "deadline"]

    assert due(NOW) == []
    assert due(after) == [
        "Bills received: by 23 May 2024 at the latest",
        "Candidate’s statement of personal expenses: by 23 May 2024 at the latest",
    ]


def test_what_is_filed_or_signed_is_due_no_more(
    campaign: Campaign, agent: User
) -> None:
    def due() -> list[str]:
        found = needs(by=actor(agent), campaign=campaign, at=FILED_AT, to_check=0)
        return [need.sentence for need in found if need.kind == "deadline"]

    version = make(ready_books(campaign), agent)
    assert any(sentence.startswith("Return") for sentence in due())
    sign(version, agent)
    file(version, agent, declaration_follows="Rowan Ash is abroad")
    assert due() == ["Candidate’s declaration: by 14 June 2024 at the latest"]

    candidate = member("Rowan Ash", Role.CANDIDATE, campaign)
    sign(version, candidate, Declarant.CANDIDATE)

    assert due() == []


def test_what_is_overdue_stays_until_it_is_done(
    campaign: Campaign, agent: User
) -> None:
    """Bills to be paid by 3 June, the return due on 10 June, and the declaration."""
    after = datetime(2024, 6, 20, 9, 0, tzinfo=UK)

    def due() -> list[str]:
        found = needs(by=actor(agent), campaign=campaign, at=after, to_check=0)
        return [need.sentence for need in found if need.kind == "deadline"]

    invoice = bill(ready_books(campaign).expenses.get(), "900.00")
    assert due() == [
        "Overdue. Bills paid: it was due by 3 June 2024",
        "Overdue. Return, with the agent’s declaration: it was due by 10 June 2024",
        "Overdue. Candidate’s declaration, if the return goes in on its last day: it "
        "was due by 19 June 2024",
    ]

    pay(invoice, "900.00")
    version = make(campaign, agent)
    sign(version, agent)
    sign(version, member("Rowan Ash", Role.CANDIDATE, campaign), Declarant.CANDIDATE)
    file(version, agent)

    assert due() == []


def test_a_bill_that_was_credited_and_paid_is_not_overdue(
    campaign: Campaign, agent: User
) -> None:
    """£900.00 less £100.00 that came off: nobody paid the £100.00, nor has to."""
    after = datetime(2024, 6, 4, 9, 0, tzinfo=UK)

    def overdue() -> list[str]:
        found = needs(by=actor(agent), campaign=campaign, at=after, to_check=0)
        return [need.sentence for need in found if "Overdue. Bills" in need.sentence]

    invoice = bill(ready_books(campaign).expenses.get(), "900.00")
    record_credit_note(
        invoice=invoice,
        number="C-1",
        amount=Decimal("100.00"),
        dated_on=NOW.date(),
        reason="A box was missing",
        by=clerk(campaign),
        at=NOW,
    )
    assert overdue() == ["Overdue. Bills paid: it was due by 3 June 2024"]

    pay(invoice, "800.00")

    assert overdue() == []


def test_the_last_day_on_which_stock_counts_nothing_is_said_a_fortnight_before(
    campaign: Campaign, agent: User
) -> None:
    def said_on(day: int) -> list[str]:
        at = datetime(2024, 3, day, 9, 0, tzinfo=UK)
        found = needs(by=actor(agent), campaign=campaign, at=at, to_check=0)
        return [need.sentence for need in found if need.kind == "stock"]

    last = ["Last day to deliver stock without counting it: 26 March 2024"]
    assert [said_on(day) for day in (11, 12, 26, 27)] == [[], last, last, []]
