"""Everything the campaign knows about one elector."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.access import Actor, wards_for
from campaigns.models import Campaign, Elector, RegisterEntry
from campaigns.roles import Capability
from canvassing.models import (
    Contact,
    DoNotContact,
    ElectorStanding,
    NoContact,
    OpinionConsent,
    ViewsObjection,
)
from canvassing.reports.elector_search import SHOWN, reachable_electors
from canvassing.reports.household_wishes import has_not_lapsed
from canvassing.reports.opinions import consent_of, objections_of

C = Capability
# Whether another contact has taken the place of this one.
REPLACED = Exists(
    Contact.objects.filter(
        organisation=OuterRef("organisation"), corrects=OuterRef("uuid")
    )
)


@dataclass(frozen=True)
class ElectorPage:
    """`entries` newest first; `contacts` of this campaign, newest first. While an
    `objection` stands, nothing is shown of what the contacts say."""

    standing: ElectorStanding
    entries: list[RegisterEntry]
    household: list[ElectorStanding]
    contacts: list[Contact]
    wishes: list[DoNotContact]
    objection: ViewsObjection | None
    consent: OpinionConsent | None

    @property
    def channels_closed(self) -> list[str]:
        """Words for the channels by which nobody contacts this elector."""
        mask = self.standing.no_contact | self.standing.household_no_contact
        if mask & NoContact.ALL == NoContact.ALL:
            return ["any channel"]
        bits = (NoContact.DOOR, NoContact.PHONE, NoContact.LETTER, NoContact.EMAIL)
        return [str(bit.label).lower() for bit in bits if mask & bit]


def survivor_of(elector_id: int, *, campaign: Campaign) -> int:
    """The elector whom this one turned out to be; itself where it is nobody else."""
    merged_into = (
        Elector.objects.of(campaign.organisation_id)
        .filter(pk=elector_id, merged_into__isnull=False)
        .values_list("merged_into_id", flat=True)
        .first()
    )
    return merged_into or elector_id


def reachable_standing(
    elector_id: int, *, by: Actor, campaign: Campaign
) -> ElectorStanding | None:
    """One elector whom the actor may see; a data officer sees the hidden as well."""
    found = reachable_electors(by=by, campaign=campaign).filter(elector_id=elector_id)
    standing = found.first()
    if standing is None and _may_see_the_hidden(by, campaign):
        standing = (
            ElectorStanding.objects.of(campaign.organisation_id)
            .filter(campaign=campaign, elector_id=elector_id, is_anonymous=False)
            .filter(ward__in=wards_for(by, C.ERASE_ELECTORS, campaign=campaign))
            .filter(elector__hidden_at__isnull=False)
            .select_related(*SHOWN)
            .first()
        )
    return standing


def _may_see_the_hidden(by: Actor, campaign: Campaign) -> bool:
    return by.can(
        C.ERASE_ELECTORS,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
    )


def elector_page(
    standing: ElectorStanding, *, by: Actor, campaign: Campaign
) -> ElectorPage:
    """Six queries more. Of the register, the copies that serve the campaign."""
    organisation_id, elector_id = campaign.organisation_id, standing.elector_id
    copy = Q(from_edition__campaign=campaign)
    serves = copy | Q(from_edition__campaign__isnull=True)
    entries = (
        RegisterEntry.objects.of(organisation_id)
        .filter(serves, elector_id=elector_id)
        .select_related("from_edition__council", "until_edition", "polling_district")
        .order_by("-from_edition__published_on", "-pk")
    )
    household = (
        reachable_electors(by=by, campaign=campaign)
        .filter(_same_address(standing))
        .exclude(elector_id=elector_id)
        .filter(ward_id=standing.ward_id)
        .order_by("walk_position")
    )
    contacts = (
        _contacts_of(standing)
        .annotate(is_replaced=REPLACED)
        .select_related("outcome", "intention", "second_preference", "spoke")
        .order_by("-effective_at", "-pk")
    )
    at_home = _same_address(standing) & Q(has_not_lapsed())
    wishes = (
        DoNotContact.objects.of(organisation_id)
        .filter(lifted_at__isnull=True)
        .filter(Q(elector_id=elector_id) | at_home)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True))
        .order_by("-said_at")
    )
    elector = standing.elector
    return ElectorPage(
        standing,
        list(entries),
        list(household),
        list(contacts[:100]),
        list(wishes),
        objections_of(elector).first(),
        consent_of(elector),
    )


def contacts_that_count(standing: ElectorStanding) -> QuerySet[Contact]:
    """What was recorded of somebody and not put right, taken back or erased since."""
    contacts = _contacts_of(standing).filter(outcome__isnull=False, erased_at=None)
    return contacts.exclude(REPLACED)


def _contacts_of(standing: ElectorStanding) -> QuerySet[Contact]:
    contacts = Contact.objects.of(standing.organisation_id)
    return contacts.filter(
        campaign=standing.campaign_id, elector_id=standing.elector_id
    )


def _same_address(standing: ElectorStanding) -> Q:
    """Of whoever has no address, nothing is at the same one."""
    if standing.address_id is None:
        return Q(pk__in=())
    return Q(address_id=standing.address_id)
