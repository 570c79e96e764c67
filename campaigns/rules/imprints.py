"""What has to be printed on campaign material to say who is behind it.

In print: the name and address of the printer, of the promoter, and of anyone on whose
behalf it is published (Electoral Commission, 15 April 2024). Digital material: the
promoter and anyone on whose behalf (Elections Act 2022). Scotland has further
rules, which were not read. Worked examples: docs/rules/imprints.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.refusals import Refusal


class Medium(StrEnum):
    PRINT = "print"
    DIGITAL = "digital"


FIGURES = (
    Figure(
        "Imprints",
        "Printed material names, each with an address",
        "printer, promoter, and anyone on whose behalf",
        Mark.READ,
        Source("Electoral Commission, guidance for candidates, 15 April 2024"),
        read_on=date(2024, 4, 15),
    ),
    Figure(
        "Imprints",
        "Digital material names, each with an address",
        "promoter, and anyone on whose behalf",
        Mark.READ,
        Source("Elections Act 2022, and the Electoral Commission's statutory guidance"),
        effective_from=date(2023, 11, 1),
        caution="In force in November 2023; on which day of it was not read.",
    ),
)


class ImprintRefused(Refusal):
    """Material may not go out: its imprint is not complete."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Those behind the material, each as `Name, street, town, postcode`."""

    promoter: str
    on_behalf_of: str
    printer: str = ""


def missing_parts(imprint: Imprint, medium: Medium = Medium.PRINT) -> tuple[str, ...]:
    """What the imprint still needs, in words; nothing when it is complete."""
    people = {"promoter": imprint.promoter, "on whose behalf": imprint.on_behalf_of}
    if medium is Medium.PRINT:
        people["printer"] = imprint.printer
    return tuple(
        f"{'address' if text.strip() else 'name and address'} ({who})"
        for who, text in people.items()
        if not _has_name_and_address(text)
    )


def imprint_text(imprint: Imprint, medium: Medium = Medium.PRINT) -> str:
    """The imprint in one line; refused while a part is missing."""
    missing = missing_parts(imprint, medium)
    if missing:
        raise ImprintRefused(
            "imprint_incomplete",
            f"The imprint lacks: {', '.join(missing)}. Set it on the page The "
            "campaign, under Imprint; a supplier's address, where they are named.",
        )
    promoter, on_behalf_of = imprint.promoter.strip(), imprint.on_behalf_of.strip()
    if promoter == on_behalf_of:
        text = f"Promoted by {promoter}."
    else:
        text = f"Promoted by {promoter}, on behalf of {on_behalf_of}."
    if medium is Medium.PRINT:
        text += f" Printed by {imprint.printer.strip()}."
    return text


# How a printed imprint begins to name somebody; who it is follows.
_NAMES = re.compile(
    r"(?P<as>(?:printed|promoted|published)"
    r"(?:[\s,&]+(?:and\s+)?(?:printed|promoted|published))*)\s+(?:by|for)\b"
    r"|(?P<behalf>on\s+behalf\s+of\b)",
    re.IGNORECASE,
)
_BETWEEN = " \t\r\n,.:;"
_ONE_ADDRESS = re.compile(r"\b(both|all)\s+(?:of|at)\b", re.IGNORECASE)


def missing_in_text(
    text: str, *, promoter_is_candidate: bool = False
) -> tuple[str, ...]:
    """What an imprint still needs that is typed as it stands on a printed thing.

    "Printed and promoted by" names one for both; "both of" gives one address for the
    last two who were named, "all of" for everybody. Where the promoter is the
    candidate, nobody else need be named.
    """
    named = dict(_named_in(text))
    if promoter_is_candidate:
        named.setdefault("on whose behalf", named.get("promoter", ""))
    return missing_parts(
        Imprint(
            promoter=named.get("promoter", ""),
            on_behalf_of=named.get("on whose behalf", ""),
            printer=named.get("printer", ""),
        )
    )


def _named_in(text: str) -> Iterator[tuple[str, str]]:
    """Each part with what is said of it, up to the next one."""
    found = list(_NAMES.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]
    said: list[str] = []
    for match, end in zip(found, ends, strict=True):
        name, *shared = _ONE_ADDRESS.split(text[match.end() : end], maxsplit=1)
        said.append(name.strip(_BETWEEN))
        if shared:
            how_many, address = shared
            who = said[-2:] if how_many.lower() == "both" else said
            said[len(said) - len(who) :] = [
                f"{name}, {address.strip(_BETWEEN)}" if name else "" for name in who
            ]
    for match, name in zip(found, said, strict=True):
        words = match[0].lower()
        if match["behalf"]:
            yield "on whose behalf", name
        if "printed" in words:
            yield "printer", name
        if "promoted" in words or "published" in words:
            yield "promoter", name


def _has_name_and_address(text: str) -> bool:
    name, _, address = text.partition(",")
    return bool(name.strip() and address.strip())
