"""The organisation and the campaign that are measured, with weeks of contacts."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from django.db import connection

from bench.measures import Measured
from bench.region import Region
from campaigns.access import Actor, system
from campaigns.actions.organisations import create_campaign, create_organisation
from campaigns.clock import UK
from campaigns.importers.boundaries import import_boundaries
from campaigns.importers.postcodes import import_postcodes
from campaigns.models import Campaign, Candidate, Ward
from canvassing.actions.codes import default_codes
from canvassing.actions.contacts import record_contacts
from canvassing.rules.contacts import ContactItem
from config import demo

ELECTION = "mayor.west-midlands.2024-05-02"
DECEMBER = date(2023, 12, 1)
MARCH = date(2024, 3, 1)
NEXT_DECEMBER = date(2024, 12, 1)
NOW = datetime(2024, 4, 23, 10, 0, tzinfo=UK)
ONE_IN = 5  # electors of whom one has been spoken to
BATCH = 1_000
# What is answered, and how often: two in five of those spoken to pledge.
ANSWERS = {"P1": 40, "P2": 12, "U": 14, "W": 10, "N": 4, "": 20}
PEOPLE = """
SELECT elector_id FROM canvassing_electorstanding
WHERE organisation_id = %s AND campaign_id = %s AND ward_id = %s
  AND is_current AND NOT is_anonymous AND elector_id %% %s = %s
ORDER BY polling_district_id, walk_position, elector_id
"""


@dataclass
class Scene:
    """What every measure is given; `tenth` holds the figures of a tenth of it."""

    region: Region
    campaign: Campaign
    by: Actor
    tenth: Mapping[str, Measured]
    at: datetime = NOW

    @property
    def wards(self) -> list[Ward]:
        """Those with electors, by code."""
        ids = ward_sizes(self)
        return list(Ward.objects.filter(pk__in=ids).order_by("gss"))


def set_scene(region: Region, tenth: Mapping[str, Measured]) -> Scene:
    """An empty organisation and its campaign in all wards of the region's councils."""
    founder = Actor("system", None, "Benchmark")
    organisation = create_organisation(
        name="Plover Party", slug="plover", by=founder, at=NOW
    )
    import_boundaries(Path(demo.__file__).with_name("wards.csv"))
    for registers in region.councils:
        import_postcodes(registers.file("postcodes"))
    by = system(organisation)
    campaign = create_campaign(
        organisation=organisation,
        election_id=ELECTION,
        slug="mayor-2024",
        councils=[registers.council for registers in region.councils],
        by=by,
        at=NOW,
    )
    Candidate.objects.create(
        organisation=organisation,
        campaign=campaign,
        name="Rowan Ash",
        party="Plover Party",
        is_ours=True,
    )
    default_codes(campaign=campaign, by=by, at=NOW)
    campaign.imprint_promoter = "A. Gent, 1 Canal Row, Birmingham BM1 0AA"
    campaign.imprint_on_behalf_of = "Rowan Ash, 1 Canal Row, Birmingham BM1 0AA"
    campaign.imprint_printer = "Plover Press, 7 Gander Lane, Birmingham BM12 0BD"
    campaign.save()
    return Scene(region, campaign, by, tenth)


def ward_sizes(scene: Scene) -> dict[int, int]:
    """Ward id -> electors on the register, largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ward_id, count(*) FROM canvassing_electorstanding"
            " WHERE organisation_id = %s AND campaign_id = %s AND is_current"
            " GROUP BY ward_id ORDER BY count(*) DESC, ward_id",
            [scene.campaign.organisation_id, scene.campaign.pk],
        )
        return dict(cursor.fetchall())


def largest_wards(scene: Scene, number: int) -> list[Ward]:
    sizes = list(ward_sizes(scene))[:number]
    return sorted(
        Ward.objects.filter(pk__in=sizes), key=lambda ward: sizes.index(ward.pk)
    )


def canvass(scene: Scene) -> int:
    """Contacts with one elector in five, ward by ward in walking order."""
    items = _doorsteps(scene)
    filed = 0
    while batch := list(islice(items, BATCH)):
        record_contacts(batch, by=scene.by, at=scene.at, campaign=scene.campaign)
        filed += len(batch)
    return filed


def _doorsteps(scene: Scene) -> Iterator[ContactItem]:
    dice = Random(7)
    answers, weights = list(ANSWERS), list(ANSWERS.values())
    for ward in sorted(ward_sizes(scene)):
        for elector in people_of(scene, ward, remainder=0):
            answer = dice.choices(answers, weights)[0]
            days = timedelta(days=dice.randrange(1, 60), minutes=dice.randrange(600))
            yield ContactItem(
                uuid=uuid.UUID(int=dice.getrandbits(128), version=4),
                elector_id=elector,
                outcome="spoken" if answer else "not_in",
                channel="door",
                said_at=scene.at - days,
                intention=answer,
            )


def people_of(scene: Scene, ward: int, *, remainder: int) -> list[int]:
    """A fifth of the ward's electors in walking order: `remainder` 0 was canvassed."""
    campaign = scene.campaign
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE, [campaign.organisation_id, campaign.pk, ward, ONE_IN, remainder]
        )
        return [elector for (elector,) in cursor.fetchall()]
