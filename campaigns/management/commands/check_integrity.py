"""Prove that no row of a bulk table has lost its parent, and that money adds up."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from campaigns.management.base import JsonCommand
from campaigns.reports.integrity import check_integrity


class Command(JsonCommand):
    help = "Follow every key that the database does not guard; add the money up."

    def answer(self) -> Mapping[str, Any]:
        found = check_integrity()
        return {
            "checked": found.checked,
            "broken": sum(key.rows for key in found.broken) + len(found.money),
            "keys": [asdict(key) for key in found.broken],
            "money": [asdict(fault) for fault in found.money],
        }
