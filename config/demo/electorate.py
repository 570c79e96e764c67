"""Loads the demo's boundaries, postcodes and registers as any organisation would."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from campaigns.actions.organisations import council_by_code
from campaigns.actions.register_editions import EditionRefused, Supply
from campaigns.clock import UK
from campaigns.importers.absent_voters import import_absent_voters
from campaigns.importers.boundaries import import_boundaries
from campaigns.importers.postcodes import import_postcodes
from campaigns.importers.register import import_register
from campaigns.models import (
    AbsentVoterList,
    Address,
    Campaign,
    Elector,
    Organisation,
    PollingDistrict,
    RegisterEntry,
)
from canvassing.models import ElectorStanding
from config.demo import cast
from config.demo.helpers import actor_of
from config.demo.region import COUNCILS, Council

USE = "Campaigning, and checking who may give"
COVENTRY = "E08000026"
ABSENT_LISTS = datetime(2024, 4, 18, 16, 0, tzinfo=UK)
WITH_MARCH_UPDATE = ("E08000025", "E08000030")  # Birmingham and Walsall


@dataclass(frozen=True)
class Copy:
    """A register file as it was supplied and loaded."""

    file: str
    published: date
    loaded: datetime
    destroy_by: date


def copies_of(council: Council) -> list[Copy]:
    """What the party was sent. Coventry has sent two years' registers, so that some
    of its people wait for somebody to say whether they are the same."""
    december = date(2023, 12, 1)
    loaded = datetime(2023, 12, 7, 11, 0, tzinfo=UK)
    if council.gss == COVENTRY:
        before = datetime(2023, 11, 22, 15, 0, tzinfo=UK)
        return [
            Copy("full", date(2022, 12, 1), before, date(2024, 4, 30)),
            Copy("next", december, loaded, date(2025, 1, 31)),
        ]
    copies = [Copy("full", december, loaded, date(2025, 1, 31))]
    if council.gss in WITH_MARCH_UPDATE:
        march = datetime(2024, 3, 5, 9, 30, tzinfo=UK)
        copies.append(Copy("update", date(2024, 3, 1), march, date(2025, 1, 31)))
    return copies


def load_places(registers: Path) -> None:
    import_boundaries(registers / "councils.geojson")
    import_boundaries(registers / "wards_2024.geojson")
    for council in COUNCILS:
        import_postcodes(registers / f"postcodes_{council.slug}.csv")


def load_registers(
    organisation: Organisation, registers: Path, progress: Callable[[str], None]
) -> None:
    """Load every copy that is not loaded yet."""
    for council in COUNCILS:
        for copy in copies_of(council):
            try:
                load_copy(organisation, council, copy, registers)
            except EditionRefused as refusal:
                if refusal.code != "loaded_before":
                    raise
        analyse()
        progress(f"Register of {council.name} loaded")


def load_absent_voters(organisation: Organisation, registers: Path) -> None:
    """The lists after the last day to apply, for both polls of 2 May 2024. Coventry's
    has not come: its numbers would be those of another register."""
    for slug in (cast.MAYOR, cast.BY_ELECTION):
        campaign = Campaign.objects.get(organisation=organisation, slug=slug)
        for council in COUNCILS:
            fought = campaign.councils.filter(gss=council.gss).first()
            known = AbsentVoterList.objects.filter(campaign=campaign, council=fought)
            if fought and council.gss != COVENTRY and not known.exists():
                import_absent_voters(
                    registers / f"absent_{council.slug}.csv",
                    campaign=campaign,
                    council=fought,
                    dated_on=ABSENT_LISTS.date(),
                    by=actor_of(cast.DATA_OFFICER, at=ABSENT_LISTS),
                    at=ABSENT_LISTS,
                )


def analyse() -> None:
    """Have the planner see what was loaded, before autovacuum comes round to it."""
    loaded = (Elector, Address, RegisterEntry, PollingDistrict, ElectorStanding)
    tables = ", ".join(model._meta.db_table for model in loaded)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def load_copy(
    organisation: Organisation, council: Council, copy: Copy, registers: Path
) -> None:
    import_register(
        registers / f"{copy.file}_{council.slug}.csv",
        organisation=organisation,
        council=council_by_code(council.gss),
        published_on=copy.published,
        supply=Supply(
            supplied_by=f"Electoral Services, {council.name} Council",
            supplied_on=copy.loaded.date(),
            permitted_use=USE,
            destroy_by=copy.destroy_by,
        ),
        by=actor_of(cast.DATA_OFFICER, at=copy.loaded),
        at=copy.loaded,
    )
