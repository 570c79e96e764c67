"""The canvass card of a round: its doors as they are walked, a box for each code."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import IO, Final

from django.db import transaction

from campaigns.access import Actor
from campaigns.actions.exports import reason_given, record_export
from campaigns.actions.supply import refuse_locked_copies
from campaigns.clock import day_of
from campaigns.exporters.base import moment
from canvassing.actions.exports import may_export
from canvassing.exporters.canvass_cards import KEEP_AWAY, boxes_of, legend_of
from canvassing.exporters.paper import Heading, Row, draw, lay_out
from canvassing.exporters.walk_sheets import MARKS, title_of
from canvassing.exporters.ward_files import file_name
from canvassing.models import CanvassRound, VotesBy, WhomToSee
from canvassing.reports.keypad import card_codes
from canvassing.reports.round_page import AtTheDoor, DoorOfRound, doors_of_round
from canvassing.rules.households import block_of
from canvassing.rules.rounds import RoundsRefused

NOBODY: Final = "– nobody on the register"
TO_SEE: Final = "• "


def print_round(
    round_: CanvassRound,
    out: IO[bytes],
    *,
    reason: str,
    link: str,
    by: Actor,
    at: datetime,
) -> str:
    """Write the card of now into `out`; returns the file's name.

    `link` is where its returns are typed in, for the QR code. Refused: no reason, a
    round that was cut anew, a ward in which the actor may not export, a locked register
    copy. Audit verb: that of the ledger, `electors.exported`.
    """
    campaign = round_.campaign
    reason = reason_given(reason)
    refuse_locked_copies(campaign, on=day_of(at))
    may_export(campaign, [round_.ward], by=by)
    with transaction.atomic():
        live = CanvassRound.objects.filter(pk=round_.pk, retired_at__isnull=True)
        if not live.update(printed_at=at):
            raise RoundsRefused(
                "retired", f"{round_.name} was cut anew: print the rounds of now."
            )
        name = file_name(f"card {round_.name}", "pdf")
        electors = write_round_card(
            out,
            doors_of_round(round_),
            _heading(round_, link=link, reason=reason, by=by, at=at),
            whom_to_see=round_.whom_to_see,
        )
        record_export(
            what=f"canvass card of round {round_.pk}, {round_.ward.name}",
            reason=reason,
            electors=electors,
            file_name=name,
            organisation=campaign.organisation,
            campaign=campaign,
            by=by,
            at=at,
        )
    return name


def _heading(
    round_: CanvassRound, *, link: str, reason: str, by: Actor, at: datetime
) -> Heading:
    campaign = round_.campaign
    codes = card_codes(campaign)
    whom = round_.get_whom_to_see_display()
    legend = legend_of(codes, asks_second_preference=campaign.asks_second_preference)
    return Heading(
        title=round_.name,
        subtitle=f"{whom} · {legend}",
        code=f"Round {round_.pk}",
        printed=f"Printed by {by.label} on {moment(at)}, for: {reason}",
        boxes=boxes_of(codes),
        link=link,
    )


def write_round_card(
    out: IO[bytes], doors: Sequence[DoorOfRound], heading: Heading, *, whom_to_see: str
) -> int:
    """Every door of the round; returns how many electors are named.

    Whoever asked not to be contacted keeps a line that says so, without their name, and
    a door where nobody is left says that. Where not all are to be seen, those who are
    have a dot before their name.
    """
    marks_some = whom_to_see != WhomToSee.ALL
    sheets = lay_out(
        (title, [_rows(door, marks_some) for door in run])
        for title, run in _street_sides(doors)
    )
    draw(out, heading, sheets)
    return sum(not one.keep_away for door in doors for one in door.electors)


def _street_sides(
    doors: Sequence[DoorOfRound],
) -> Iterator[tuple[str, list[DoorOfRound]]]:
    for block, run in groupby(doors, key=block_of):
        yield title_of(block), list(run)


def _rows(door: DoorOfRound, marks_some: bool) -> list[Row]:
    if not door.electors:
        return [Row("note", door=door.door, name=NOBODY, starts_home=True)]
    return [
        _row(door, person, marks_some=marks_some, starts_home=at == 0)
        for at, person in enumerate(door.electors)
    ]


def _row(
    door: DoorOfRound, person: AtTheDoor, *, marks_some: bool, starts_home: bool
) -> Row:
    if person.keep_away:
        return Row("note", door=door.door, name=KEEP_AWAY, starts_home=starts_home)
    return Row(
        "person",
        door=door.door,
        number=person.number,
        name=f"{TO_SEE if marks_some and person.to_see else ''}{person.name}",
        mark=MARKS[VotesBy(person.votes_by)],
        starts_home=starts_home,
    )
