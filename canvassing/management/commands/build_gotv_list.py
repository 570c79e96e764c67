"""Make a get-out-the-vote list and write its files into a folder."""

from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.management.base import JsonCommand, writable_folder
from campaigns.management.lookups import campaign_named, wards_named
from canvassing.exporters.list_folder import write_list_folder
from canvassing.models import Channel
from canvassing.reports.gotv_selection import BITS
from canvassing.rules.gotv import FORMATS, parse_rule


class Command(JsonCommand):
    help = "Make a get-out-the-vote list and write its files, one per ward."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument(
            "--ward", nargs="+", action="extend", help="GSS codes; all wards without it"
        )
        parser.add_argument(
            "--rule",
            default="pledges",
            help='such as "pledges; codes=P,D; strength=2; votes_by=post";'
            " see docs/rules/gotv.md",
        )
        parser.add_argument("--channel", choices=BITS, default=Channel.DOOR)
        parser.add_argument("--name", default="")
        parser.add_argument("--reason", required=True, help="why electors are exported")
        parser.add_argument(
            "--format",
            choices=FORMATS,
            nargs="+",
            default=["csv"],
            help="csv without it",
        )
        parser.add_argument(
            "--out", required=True, type=writable_folder, help="the folder"
        )

    def answer(
        self,
        *,
        campaign: str,
        ward: list[str] | None,
        rule: str,
        channel: str,
        name: str,
        reason: str,
        format: list[str],
        out: Path,
    ) -> Mapping[str, object]:
        found = campaign_named(campaign)
        return write_list_folder(
            campaign=found,
            wards=wards_named(ward) if ward else None,
            rule=parse_rule(rule),
            channel=channel,
            name=name,
            reason=reason,
            formats=format,
            folder=out,
            by=system(found.organisation),
            at=now(found.organisation),
        )
