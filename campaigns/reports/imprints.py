"""The imprint that a campaign's material carries, and whether it is complete."""

from dataclasses import dataclass

from campaigns.models import Campaign
from campaigns.rules.imprints import Imprint, Medium, imprint_text, missing_parts


def imprint_of(campaign: Campaign) -> Imprint:
    return Imprint(
        promoter=campaign.imprint_promoter,
        on_behalf_of=campaign.imprint_on_behalf_of,
        printer=campaign.imprint_printer,
    )


def issued_imprint(campaign: Campaign, medium: Medium) -> str:
    """What goes on material that is issued now; refused while a part is missing."""
    return imprint_text(imprint_of(campaign), medium)


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
