"""Whose opinions may be kept: a party's canvassing, and what others need consent for.

The rule in words, with its sources: docs/rules/opinions.md.
"""

from collections.abc import Mapping

PARTY = "party"
# What somebody agrees to, by version; `{organisation}` is filled in. A wording is
# added, never changed: a consent names the one it was given to.
CONSENTS: Mapping[str, str] = {
    "2026-1": (
        "I agree that {organisation} keeps a record of how I may vote and what"
        " matters to me, to plan this election campaign. I can take this back at any"
        " time."
    ),
}
CONSENT_NOW = "2026-1"
# Of a consent that another organisation's tool recorded, in words of its own.
ELSEWHERE = "elsewhere"


def needs_consent(controller_kind: str) -> bool:
    """Whether opinions may be kept by consent alone.

    Political opinions are special category data. The condition of the Data Protection
    Act 2018, Schedule 1, is for registered political parties; others
    need explicit consent in most cases.
    """
    return controller_kind != PARTY


def consent_text(version: str, *, organisation: str) -> str:
    """The wording of that version; raises `KeyError` for one that never was."""
    return CONSENTS[version].format(organisation=organisation)
