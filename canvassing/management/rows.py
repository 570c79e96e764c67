"""What commands share that load rows about electors."""

from collections.abc import Mapping

from campaigns.management.base import JsonCommand
from campaigns.models import Campaign, Council
from campaigns.rules.refusals import Refusal


class RowsCommand(JsonCommand):
    """Answers with a `RowsImported`; a person is told each problem on a line."""

    def say(self, answer: Mapping[str, object]) -> None:
        problems = answer["problems"]
        super().say({key: answer[key] for key in answer if key != "problems"})
        for line, reason in problems if isinstance(problems, list) else []:
            self.stdout.write(f"line {line}: {reason}")


def only_council_of(campaign: Campaign) -> Council:
    """Refused: a campaign of several councils, or of none."""
    councils = list(campaign.councils.all()[:2])
    if len(councils) != 1:
        raise Refusal(
            "which_council", f"{campaign.name} has several councils: name one."
        )
    return councils[0]
