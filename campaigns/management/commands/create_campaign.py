"""Set up a campaign in an election."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.organisations import create_campaign
from campaigns.clock import now
from campaigns.management.base import JsonCommand, codes
from campaigns.management.lookups import organisation_named


class Command(JsonCommand):
    help = "Set up a campaign; its election is made from the election's id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", required=True, help="its slug")
        parser.add_argument(
            "--election", required=True, help="such as mayor.west-midlands.2024-05-02"
        )
        parser.add_argument("--slug", required=True)
        parser.add_argument("--name", default="", help="else the election's name")
        parser.add_argument(
            "--councils", type=codes, required=True, help="GSS codes with commas"
        )
        parser.add_argument(
            "--wards",
            type=codes,
            default=[],
            help="GSS codes with commas; else all wards of the councils",
        )

    def answer(
        self,
        *,
        organisation: str,
        election: str,
        slug: str,
        name: str,
        councils: list[str],
        wards: list[str],
    ) -> Mapping[str, Any]:
        owner = organisation_named(organisation)
        campaign = create_campaign(
            organisation=owner,
            election_id=election,
            slug=slug,
            name=name,
            councils=councils,
            wards=wards,
            by=system(owner),
            at=now(owner),
        )
        return {"id": campaign.pk, "slug": campaign.slug}
