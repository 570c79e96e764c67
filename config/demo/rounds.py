"""The rounds of the two wards in which the demo knocks on doors, and its leaflets."""

import csv
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from django.db import transaction

from campaigns.clock import UK
from campaigns.models import Address, Campaign, Organisation, Ward
from campaigns.reports.imprints import issued_imprint
from campaigns.rules.imprints import Medium
from canvassing.actions.leaflet_issues import issue_leaflet_round
from canvassing.actions.leaflet_rounds import add_leaflet, make_leaflet_rounds
from canvassing.actions.leaflet_stock import hand_out_leaflets, mark_street_done
from canvassing.actions.round_issues import link_secret
from canvassing.actions.rounds import cut_rounds
from canvassing.importers.local_rounds import import_local_rounds
from canvassing.models import CanvassRound, Leaflet, RoundIssue
from config.demo import cast
from config.demo.field import OPEN_FOR
from config.demo.helpers import actor_of
from volunteers.models import Volunteer

CUT_AT: Final = datetime(2024, 4, 22, 18, 0, tzinfo=UK)
CUT_UP: Final = (
    (cast.MAYOR, cast.FRIAR_PARK),
    (cast.MAYOR, cast.SHARD_END),
    (cast.BY_ELECTION, cast.FRIAR_PARK),
)
LOCAL_ROUNDS: Final = "friar-park-local-rounds.csv"
# Round, and the streets of the ward, by the alphabet, that it walks: place and side.
WALKS: Final = (
    ("Canal side", ((0, ""), (1, ""))),
    ("Chapel walk", ((2, "odd"), (3, ""))),
)
LEAFLETS_CAME: Final = datetime(2024, 4, 17, 9, 0, tzinfo=UK)
COPIES: Final = 6000
HANDED_OUT: Final = 4  # rounds, one a day


@transaction.atomic
def make_rounds(organisation: Organisation, samples: Path) -> None:
    """Local rounds from a file, then the wards cut; once: a second load finds them."""
    if CanvassRound.objects.of(organisation).exists():
        return
    by = actor_of(cast.ORGANISER, at=CUT_AT)
    ward = Ward.objects.get(gss=cast.FRIAR_PARK)
    path = samples / LOCAL_ROUNDS
    _write_local_rounds(organisation, path)
    import_local_rounds(
        path, organisation=organisation, council=ward.council, by=by, at=CUT_AT
    )
    for slug, gss in CUT_UP:
        cut_rounds(
            campaign=Campaign.objects.get(slug=slug),
            ward=Ward.objects.get(gss=gss),
            by=by,
            at=CUT_AT,
        )


def _write_local_rounds(organisation: Organisation, path: Path) -> None:
    streets = (
        Address.objects.of(organisation)
        .filter(polling_district__ward__gss=cast.FRIAR_PARK)
        .order_by("street")
        .values_list("street", flat=True)
        .distinct()
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Round", "Street", "Side", "From", "To"])
        for name, walked in WALKS:
            for place, side in walked:
                for street in streets[place : place + 1]:
                    table.writerow([name, street, side, "", ""])


@transaction.atomic
def send_leaflets_out(organisation: Organisation, *, now: datetime) -> None:
    """A leaflet of the by-election: a round a day, done the day after; the last round
    waits for whoever opens its link."""
    if Leaflet.objects.of(organisation).exists():
        return
    by = actor_of(cast.ORGANISER, at=LEAFLETS_CAME)
    campaign = Campaign.objects.get(slug=cast.BY_ELECTION)
    leaflet = add_leaflet(
        campaign=campaign,
        name="Who is standing, and for what",
        copies=COPIES,
        imprint=issued_imprint(campaign, Medium.PRINT),
        price=Decimal("336.00"),
        supplier="Plover Press",
        supplier_address="4 Inkwell Yard, Birmingham BM3 0AA",
        by=by,
        at=LEAFLETS_CAME,
    )
    rounds = make_leaflet_rounds(
        leaflet=leaflet,
        ward=Ward.objects.get(gss=cast.FRIAR_PARK),
        by=by,
        at=LEAFLETS_CAME,
    )
    helpers = Volunteer.objects.of(organisation).filter(
        stood_down_at=None, is_under_18=False
    )
    *others, last = rounds
    out = zip(others[:HANDED_OUT], helpers.order_by("pk"), strict=False)
    for day, (round_, deliverer) in enumerate(out):
        at = LEAFLETS_CAME + timedelta(days=day)
        streets = list(round_.streets.order_by("position"))
        copies = sum(street.doors for street in streets) + 10
        hand_out_leaflets(round_, deliverer=deliverer, copies=copies, by=by, at=at)
        at = min(at + timedelta(days=1), now)
        for street in streets[: len(streets) - day]:
            mark_street_done(
                street, copies=street.doors, delivered_on=at.date(), by=by, at=at
            )
    issue_leaflet_round(
        last,
        volunteer=None,
        copies=sum(street.doors for street in last.streets.all()),
        by=by,
        at=now,
        expires_at=now + OPEN_FOR,
    )


class DeliverersLink(NamedTuple):
    """The address of the leaflet round that waits, and its code."""

    path: str
    code: str


def deliverers_link() -> DeliverersLink | None:
    issues = RoundIssue.objects.filter(leaflet_round__campaign__slug=cast.BY_ELECTION)
    out = issues.filter(closed_at=None).first()
    if out is None:
        return None
    return DeliverersLink(f"/field/join#{link_secret(out)}", out.short_code)
