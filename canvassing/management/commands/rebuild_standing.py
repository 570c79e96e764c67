"""Work out every elector's standing in a campaign again and repair what differs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.management.base import JsonCommand
from campaigns.management.lookups import campaign_named
from canvassing.actions.standing import rebuild_standing


class Command(JsonCommand):
    help = "Rebuild standing from the facts; says how many rows were found to differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", required=True, help="its slug")

    def answer(self, *, campaign: str) -> Mapping[str, Any]:
        ours = campaign_named(campaign)
        rebuilt = rebuild_standing(
            campaign=ours, by=system(ours.organisation), at=now(ours.organisation)
        )
        return asdict(rebuilt)
