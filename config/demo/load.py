"""Brings the demo up to a moment: everything that has happened by then, once.

A load that was killed is simply started again: each step leaves what is there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from campaigns.access import system
from campaigns.actions import audit
from campaigns.clock import UK
from campaigns.models import AuditEntry, Campaign, Organisation
from campaigns.rules.refusals import Refusal
from canvassing.models import ElectorStanding
from config.demo.claims import settle_claims
from config.demo.contests import found_organisation, set_targets, set_up_campaigns
from config.demo.diary import plan_outings
from config.demo.electorate import load_absent_voters, load_places, load_registers
from config.demo.field import send_rounds_out
from config.demo.files import write_files
from config.demo.helpers import sign_up_helpers, sign_up_volunteers
from config.demo.ledger import Ledger
from config.demo.others import show_others
from config.demo.papers import Desk, name_stations
from config.demo.phone_bank import open_phone_bank
from config.demo.plan import make_plan
from config.demo.polling_day import mark_those_told
from config.demo.postal import remind_postal_voters
from config.demo.printing import price_prints
from config.demo.receipts import keep_receipts
from config.demo.reminders import remind_of_deadlines
from config.demo.returned import draft_return
from config.demo.rounds import make_rounds, send_leaflets_out
from config.demo.stall import open_market_stall
from config.demo.statements import load_statement
from config.demo.supplier_invoices import load_supplier_invoices
from config.demo.talk import file_contacts
from config.demo.volunteers import introduce_volunteers
from config.demo.wishes import hold_what_cannot_be_filed, record_wishes

START = datetime(2024, 4, 23, 10, 0, tzinfo=UK)
ELECTORS = 25_000
SEED = "2024"
LOADED = "demo.loaded"

Say = Callable[[str], None]


class DemoRefused(Refusal):
    """The demo that is loaded cannot become the one that is asked for."""


@dataclass(frozen=True)
class Loaded:
    """What the last load left: how many electors, and up to which moment."""

    electors: int
    until: datetime


def load_demo(
    *, electors: int | None, now: datetime | None, folder: Path, progress: Say
) -> Organisation:
    """Load the demo, or take it further; its clock then stands at `now` and ticks.

    Without `now` a new demo begins on 23 April 2024 at 10:00, and one that is loaded
    goes on from the last thing done in it. Refused: another number of electors than
    is loaded, or a moment before the one to which it has come.
    """
    organisation = found_organisation()
    loaded = last_load(organisation)
    if loaded:
        refuse_another(loaded, electors=electors, now=now, folder=folder)
    if loaded and (now is None or now == loaded.until):
        progress("The demo is loaded already.")
        set_clock(organisation, now or last_thing_done(organisation, loaded))
        return organisation
    size = loaded.electors if loaded else electors or ELECTORS
    tell_story(
        organisation, electors=size, now=now or START, folder=folder, progress=progress
    )
    set_clock(organisation, now or START)
    return organisation


def last_load(organisation: Organisation) -> Loaded | None:
    entry = AuditEntry.objects.of(organisation).filter(verb=LOADED).last()
    if entry is None:
        return None
    return Loaded(entry.data["electors"], entry.at)


def last_thing_done(organisation: Organisation, loaded: Loaded) -> datetime:
    """When it was done by the demo's clock, which has not been set since."""
    latest = AuditEntry.objects.of(organisation).latest("recorded_at")
    return max(loaded.until, latest.recorded_at + organisation.clock_offset)


def refuse_another(
    loaded: Loaded, *, electors: int | None, now: datetime | None, folder: Path
) -> None:
    if electors and electors != loaded.electors:
        raise DemoRefused(
            "other_size",
            f"The demo is loaded with {loaded.electors:,} electors. "
            f"`make clean` removes it, and it can be loaded with {electors:,}.",
        )
    if now and now < loaded.until:
        stands = loaded.until.astimezone(UK)
        raise DemoRefused(
            "going_back",
            f"The demo has come to {stands:%-d %B %Y, %H:%M} and cannot go back. "
            "`make clean` removes it, and it can be loaded again.",
        )


def set_clock(organisation: Organisation, now: datetime) -> None:
    organisation.clock_offset = now - timezone.now()
    organisation.save(update_fields=["clock_offset"])


def tell_story(
    organisation: Organisation,
    *,
    electors: int,
    now: datetime,
    folder: Path,
    progress: Say,
) -> None:
    """Everything that has happened by `now`, each thing after what it rests on."""
    registers = folder / "registers"
    write_files(folder, electors=electors, seed=SEED, progress=progress)
    load_places(registers)
    set_up_campaigns(organisation)
    sign_up_helpers(organisation)
    load_registers(organisation, registers, progress)
    load_absent_voters(organisation, registers)
    progress("Absent voters' lists loaded")
    set_ward_targets(organisation)
    sign_up_volunteers(organisation, Random(SEED))  # noqa: S311 - must repeat
    plan_outings(organisation, now=now)
    introduce_volunteers(organisation, now=now)
    progress("Volunteers signed up, outings planned")
    file_contacts(organisation, now=now, progress=progress)
    record_wishes(organisation, now=now)
    hold_what_cannot_be_filed(organisation, now=now)
    remind_postal_voters(organisation, now=now)
    make_rounds(organisation, folder / "samples")
    send_leaflets_out(organisation, now=now)
    send_rounds_out(organisation, now=now)
    progress("Rounds cut, leaflets on their way")
    open_phone_bank(organisation, now=now)
    open_market_stall(organisation, now=now)
    mark_those_told(organisation, now=now)
    Ledger(organisation, now).keep()
    settle_claims(organisation, now)
    make_plan(organisation, now)
    price_prints(organisation, now)
    load_supplier_invoices(organisation, folder / "samples", now)
    keep_receipts(organisation, now)
    load_statement(organisation, folder / "samples", now)
    show_others(organisation, now)
    remind_of_deadlines(organisation, now)
    progress("Accounts kept")
    name_stations(organisation)
    desk = Desk(organisation, now)
    set_clock(organisation, desk.at)
    desk.make()
    draft_return(organisation, now)
    progress("Lists and letters made")
    with transaction.atomic():
        audit.record(
            LOADED,
            by=system(organisation),
            at=now,
            organisation_id=organisation.pk,
            electors=electors,
        )


def set_ward_targets(organisation: Organisation) -> None:
    for campaign in Campaign.objects.of(organisation):
        rows = ElectorStanding.objects.of(organisation).filter(
            campaign=campaign, is_current=True
        )
        counts = rows.values_list("ward").annotate(Count("elector"))
        set_targets(campaign, dict(counts))
