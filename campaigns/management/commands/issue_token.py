"""Issue a token for an external tool from the shell."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.actions.tokens import ALL_WARDS, issue_token
from campaigns.clock import UK, now
from campaigns.management.base import JsonCommand, codes, day
from campaigns.management.lookups import campaign_named, wards_named
from campaigns.roles import PEOPLE_ALONE, Capability

FOR_TOOLS = [one.value for one in Capability if one not in PEOPLE_ALONE]


class Command(JsonCommand):
    help = "Issue a token for a tool that uses the API; its key is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the token is for")
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument(
            "--can",
            required=True,
            nargs="+",
            choices=FOR_TOOLS,
            metavar="CAPABILITY",
            help=", ".join(FOR_TOOLS),
        )
        reach = parser.add_mutually_exclusive_group(required=True)
        reach.add_argument("--all-wards", action="store_true")
        reach.add_argument("--wards", type=codes, help="GSS codes with commas")
        parser.add_argument("--last-day", type=day, required=True)

    def answer(
        self,
        *,
        name: str,
        campaign: str,
        can: list[str],
        all_wards: bool,
        wards: list[str] | None,
        last_day: date,
    ) -> Mapping[str, Any]:
        fight = campaign_named(campaign)
        token, key = issue_token(
            name=name,
            organisation=fight.organisation,
            campaign=fight,
            capabilities=[Capability(one) for one in can],
            wards=ALL_WARDS if all_wards else wards_named(wards or []),
            expires_at=datetime.combine(last_day, time.max, tzinfo=UK),
            by=system(fight.organisation),
            at=now(fight.organisation),
        )
        return {"id": token.pk, "key": key}
