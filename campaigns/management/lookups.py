"""Rows that commands name by slug or code, found or refused in one sentence."""

from collections.abc import Sequence

from campaigns.models import Campaign, Council, Organisation, RegisterEdition, Ward
from campaigns.rules.refusals import Refusal


class NotFoundRefused(Refusal):
    """There is no such row."""


def organisation_named(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotFoundRefused("no_organisation", f"There is no organisation {slug!r}.")
    return found


def campaign_named(slug: str) -> Campaign:
    found = Campaign.objects.filter(slug=slug).select_related("organisation").first()
    if found is None:
        raise NotFoundRefused("no_campaign", f"There is no campaign {slug!r}.")
    return found


def campaign_of(organisation: Organisation, slug: str) -> Campaign:
    """A campaign of this organisation; another's is not there."""
    found = Campaign.objects.of(organisation).filter(slug=slug).first()
    if found is None:
        raise NotFoundRefused("no_campaign", f"There is no campaign {slug!r}.")
    return found


def wards_named(codes: Sequence[str]) -> list[Ward]:
    """Wards by GSS code; `E1 E2` and `E1,E2` are the same."""
    wanted = [code for text in codes for code in text.split(",") if code]
    found = {ward.gss: ward for ward in Ward.objects.filter(gss__in=wanted)}
    for code in wanted:
        if code not in found:
            raise NotFoundRefused("no_ward", f"There is no ward {code!r}.")
    return [found[code] for code in wanted]


def council_named(gss: str) -> Council:
    found = Council.objects.filter(gss=gss).first()
    if found is None:
        raise NotFoundRefused("no_council", f"There is no council {gss!r}.")
    return found


def edition_numbered(
    edition: int, *, of: Organisation, council: Council
) -> RegisterEdition:
    """An edition of that council's register, by the id that its import answered."""
    editions = RegisterEdition.objects.of(of).filter(council=council)
    found = editions.filter(pk=edition).first()
    if found is None:
        message = f"There is no edition {edition} of the register of {council}."
        raise NotFoundRefused("no_edition", message)
    return found
