"""What has to be printed on campaign material to say who is behind it.

In print: the name and address of the printer, of the promoter, and of anyone on whose
behalf it is published (Electoral Commission, 15 April 2024). Digital material: the
promoter and anyone on whose behalf (Elections Act 2022). Scotland has further
rules, which were not read. Worked examples: docs/rules/imprints.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from campaigns.rules.refusals import Refusal


class Medium(StrEnum):
    PRINT = "print"
    DIGITAL = "digital"


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
            "imprint_incomplete", f"The imprint lacks: {', '.join(missing)}."
        )
    promoter, on_behalf_of = imprint.promoter.strip(), imprint.on_behalf_of.strip()
    if promoter == on_behalf_of:
        text = f"Promoted by {promoter}."
    else:
        text = f"Promoted by {promoter}, on behalf of {on_behalf_of}."
    if medium is Medium.PRINT:
        text += f" Printed by {imprint.printer.strip()}."
    return text


def _has_name_and_address(text: str) -> bool:
    name, _, address = text.partition(",")
    return bool(name.strip() and address.strip())
