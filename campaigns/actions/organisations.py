"""Set up organisations and campaigns."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from campaigns.actions import audit
from campaigns.actions.districts import tell_electors_of_wards
from campaigns.models import (
    Campaign,
    ControllerKind,
    Council,
    Election,
    Organisation,
    Ward,
)
from campaigns.registry import registry
from campaigns.rules.election_kinds import nation_of, parse_election_id
from campaigns.rules.refusals import Refusal
from campaigns.rules.voting_systems import voting_system

if TYPE_CHECKING:
    from campaigns.access import Actor

GSS_CODE = re.compile(r"[EWSN][0-9]{8}")
LONGEST_SLUG = 60
LONGEST_NAME = 200
# First words of addresses that are no campaign's (config/urls.py).
RESERVED_WORDS = frozenset(
    ("account", "admin", "api", "field", "files", "health", "static")
)


class OrganisationRefused(Refusal):
    """There is such an organisation already, or its name or slug is none."""


class CampaignRefused(Refusal):
    """The campaign cannot be set up as asked."""


@transaction.atomic(durable=True)
def create_organisation(
    *,
    name: str,
    slug: str,
    controller_kind: str = ControllerKind.PARTY,
    by: "Actor",
    at: datetime,
) -> Organisation:
    """Refused: a slug that is taken or malformed. Audit: `organisation.created`."""
    _check_text(OrganisationRefused, "organisation", name, slug)
    if Organisation.objects.filter(slug=slug).exists():
        raise OrganisationRefused(
            "slug_taken", f"There is an organisation {slug!r} already."
        )
    organisation = Organisation.objects.create(
        name=name, slug=slug, controller_kind=controller_kind
    )
    audit.record(
        "organisation.created",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        target=organisation,
    )
    return organisation


@transaction.atomic(durable=True)
def create_campaign(
    *,
    organisation: Organisation,
    election_id: str,
    slug: str,
    councils: Sequence[str],
    wards: Sequence[str] = (),
    name: str = "",
    by: "Actor",
    at: datetime,
) -> Campaign:
    """A campaign in an election, which is made from its id where it is new.

    Councils and wards are GSS codes; without wards, all of the councils' wards on
    polling day. An unknown council is made by its code. Refused: an election id we
    cannot read, a slug that is taken or the first word of other addresses, an unknown
    ward. Audit: `campaign.created`.
    """
    _check_text(CampaignRefused, "campaign", name or slug, slug)
    if slug.lower() in RESERVED_WORDS:
        raise CampaignRefused(
            "slug_reserved", f"{slug!r} is a word of the site's own: take another."
        )
    if Campaign.objects.filter(slug=slug).exists():
        raise CampaignRefused("slug_taken", f"There is a campaign {slug!r} already.")
    election = find_or_make_election(election_id, areas=[*councils, *wards])
    campaign = Campaign.objects.create(
        organisation=organisation,
        election=election,
        slug=slug,
        name=name or election.name,
    )
    fought = [council_by_code(gss) for gss in councils]
    campaign.councils.set(fought)
    campaign.wards.set(_wards(wards, councils=fought, election=election))
    tell_electors_of_wards(organisation=organisation, wards=campaign.wards.all())
    audit.record(
        "campaign.created",
        by=by,
        at=at,
        organisation_id=organisation.pk,
        campaign_id=campaign.pk,
        target=campaign,
    )
    for give in registry.campaign_made:
        give(campaign=campaign, by=by, at=at)
    return campaign


def find_or_make_election(election_id: str, *, areas: Sequence[str] = ()) -> Election:
    """Made where it is new, in the nation of its parliament or of its `areas` (GSS
    codes): bank holidays and spending limits differ. Refused: an id we cannot read.
    """
    named = parse_election_id(election_id)
    system = voting_system(named.kind, poll_on=named.poll_on)
    election, _ = Election.objects.get_or_create(
        slug=named.text,
        defaults={
            "kind": named.kind.value,
            "name": f"{named.label}, {named.poll_on:%-d %B %Y}",
            "poll_on": named.poll_on,
            "nation": nation_of(named.kind, areas),
            "voting_system": system.system.value,
        },
    )
    return election


def council_by_code(gss: str) -> Council:
    """An unknown one goes by its code until boundaries give its name.

    Refused: what is no GSS code at all.
    """
    if not GSS_CODE.fullmatch(gss):
        raise CampaignRefused(
            "bad_council",
            f"{gss!r} is not a council's GSS code, which is such as E08000031.",
        )
    council, _ = Council.objects.get_or_create(gss=gss, defaults={"name": gss})
    return council


def _wards(
    codes: Sequence[str], *, councils: Sequence[Council], election: Election
) -> list[Ward]:
    if not codes:
        in_force = Ward.objects.in_force(election.poll_on)
        return list(in_force.filter(council__in=councils))
    found = {ward.gss: ward for ward in Ward.objects.filter(gss__in=codes)}
    for gss in codes:
        if gss not in found:
            raise CampaignRefused(
                "unknown_ward", f"There is no ward {gss}; import its boundaries first."
            )
    return list(found.values())


def _check_text(refused: type[Refusal], thing: str, name: str, slug: str) -> None:
    if not _is_slug(slug) or len(slug) > LONGEST_SLUG:
        raise refused(
            "bad_slug",
            f"{slug!r} is not a slug: letters, figures, - and _, at most"
            f" {LONGEST_SLUG} of them.",
        )
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise refused(
            "bad_name", f"Give the {thing} a name of at most {LONGEST_NAME} characters."
        )


def _is_slug(text: str) -> bool:
    try:
        validate_slug(text)
    except ValidationError:
        return False
    return True
