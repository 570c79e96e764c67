"""Write a campaign's spending report into a folder."""

from collections.abc import Mapping
from pathlib import Path

from django.core.management.base import CommandParser

from campaigns.access import system
from campaigns.clock import now
from campaigns.exporters.spending_report import spending_answer, write_spending_report
from campaigns.management.base import JsonCommand, writable_folder
from campaigns.management.lookups import campaign_named
from campaigns.reports.spending_position import spending_position


class Command(JsonCommand):
    help = "Write a campaign's spending report (HTML, PDF, CSV) into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", required=True, help="its slug")
        parser.add_argument(
            "--out", required=True, type=writable_folder, help="the folder"
        )

    def answer(self, *, campaign: str, out: Path) -> Mapping[str, object]:
        found = campaign_named(campaign)
        at = now(found.organisation)
        position = spending_position(found, at=at)
        paths = write_spending_report(
            position, folder=out, by=system(found.organisation), at=at
        )
        return {**spending_answer(position), "files": [str(path) for path in paths]}

    def say(self, answer: Mapping[str, object]) -> None:
        for key in ("limit", "counted", "ordered", "left"):
            self.stdout.write(f"{key}: {answer[key] or 'not known'}")
        for warning in answer["warnings"]:  # type: ignore[attr-defined]
            self.stdout.write(f"warning: {warning}")
        for path in answer["files"]:  # type: ignore[attr-defined]
            self.stdout.write(path)
