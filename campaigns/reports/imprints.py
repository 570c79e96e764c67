"""The imprint that a campaign's material carries, and whether it is complete."""

from dataclasses import dataclass, replace

from campaigns.models import Campaign
from campaigns.rules.imprints import Imprint, Medium, imprint_text, missing_parts


def imprint_of(campaign: Campaign) -> Imprint:
    return Imprint(
        promoter=campaign.imprint_promoter,
        on_behalf_of=campaign.imprint_on_behalf_of,
        printer=campaign.imprint_printer,
    )


def printed_by(campaign: Campaign, supplier: str, address: str) -> Imprint:
    """Of what this supplier prints, who is named as its printer: with the address typed
    for the order, or else the campaign's own, where it is theirs."""
    lines = [supplier, *address.splitlines()]
    printer = ", ".join(line.strip(" ,") for line in lines if line.strip(" ,"))
    usual = campaign.imprint_printer
    if not address.strip() and usual.casefold().startswith(f"{printer},".casefold()):
        printer = usual
    return replace(imprint_of(campaign), printer=printer)


def issued_imprint(campaign: Campaign, medium: Medium) -> str:
    """What goes on material that is issued now; refused while a part is missing."""
    return imprint_text(imprint_of(campaign), medium)


def ordered_imprint(campaign: Campaign, *, supplier: str, address: str) -> str:
    """What goes on what this supplier prints now; refused while a part is missing."""
    return imprint_text(printed_by(campaign, supplier, address), Medium.PRINT)


def shown_imprint(campaign: Campaign) -> str:
    """What is shown on a screen; empty while parts of it are missing."""
    return imprint_check(campaign, Medium.DIGITAL).text


@dataclass(frozen=True, slots=True)
class ImprintCheck:
    """`text` is empty while something is `missing`."""

    medium: Medium
    text: str
    missing: tuple[str, ...]


def imprint_check(campaign: Campaign, medium: Medium) -> ImprintCheck:
    imprint = imprint_of(campaign)
    missing = missing_parts(imprint, medium)
    text = "" if missing else imprint_text(imprint, medium)
    return ImprintCheck(medium, text, missing)


def imprint_checks(campaign: Campaign) -> tuple[ImprintCheck, ...]:
    """For print and for screens."""
    return tuple(imprint_check(campaign, medium) for medium in Medium)
