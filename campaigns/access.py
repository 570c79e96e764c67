"""Who reaches what: the only door to a row for pages, admin and the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from campaigns.models import (
    ApiToken,
    Campaign,
    Job,
    Membership,
    Organisation,
    StoredFile,
    User,
    Ward,
)
from campaigns.roles import (
    CAPABILITIES,
    IN_WARDS,
    ISSUED_ROLES,
    PEOPLE_ALONE,
    WARD_ROLES,
    Capability,
    Role,
)


@dataclass(frozen=True)
class Grant:
    """Some capabilities in an organisation, or in one campaign or some wards of it.

    `campaign_id` None means all campaigns; `ward_ids` None means all wards. A grant in
    some wards never holds what can only be done in a campaign as a whole. Where
    `address_ids` is said, the grant is of the people behind these doors alone.
    """

    organisation_id: int
    campaign_id: int | None
    ward_ids: frozenset[int] | None
    capabilities: frozenset[Capability]
    role: str = ""
    address_ids: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.ward_ids is not None:
            kept = self.capabilities & IN_WARDS
            object.__setattr__(self, "capabilities", kept)


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a user, a link, a token or the system itself.

    `kind` is user, link, token or system. Rows keep kind, id and label. The audit is
    never changed: `audit_label` stands there instead of the name of whoever may ask to
    be erased.
    """

    kind: str
    id: int | None
    label: str
    grants: tuple[Grant, ...] = ()
    audit_label: str = ""

    def can(
        self,
        capability: Capability,
        *,
        organisation_id: int,
        campaign_id: int | None = None,
    ) -> bool:
        return any(
            self._fits(grant, capability, organisation_id, campaign_id)
            for grant in self.grants
        )

    @staticmethod
    def _fits(
        grant: Grant,
        capability: Capability,
        organisation_id: int,
        campaign_id: int | None,
    ) -> bool:
        return (
            grant.organisation_id == organisation_id
            and capability in grant.capabilities
            and (grant.campaign_id is None or grant.campaign_id == campaign_id)
        )

    def ward_ids(
        self, capability: Capability, *, campaign: Campaign
    ) -> frozenset[int] | None:
        """The wards in which the actor has the capability; None means all of them."""
        reach: set[int] = set()
        for grant in self.grants:
            if self._fits(grant, capability, campaign.organisation_id, campaign.pk):
                if grant.ward_ids is None:
                    return None
                reach |= grant.ward_ids
        return frozenset(reach)

    def address_ids(
        self, capability: Capability, *, campaign: Campaign
    ) -> frozenset[int] | None:
        """The doors behind which the actor has the capability; None means all that
        are in their wards."""
        reach: set[int] = set()
        for grant in self.grants:
            if self._fits(grant, capability, campaign.organisation_id, campaign.pk):
                if grant.address_ids is None:
                    return None
                reach |= grant.address_ids
        return frozenset(reach)

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset().union(*(grant.capabilities for grant in self.grants))


def system(organisation: Organisation, label: str = "Committee Room") -> Actor:
    """The actor of commands and beat tasks: everything, in one organisation."""
    grant = Grant(organisation.pk, None, None, frozenset(Capability))
    return Actor("system", None, label, (grant,))


def actor_of_user(user: User, *, at: datetime) -> Actor:
    memberships = (
        Membership.objects.filter(user=user, from_at__lte=at)
        .filter(Q(until_at__isnull=True) | Q(until_at__gt=at))
        .prefetch_related(Prefetch("wards", Ward.objects.only("pk")))
    )
    return Actor("user", user.pk, str(user), tuple(_grants(memberships)))


def _grants(memberships: Iterable[Membership]) -> Iterable[Grant]:
    for membership in memberships:
        role = Role(membership.role)
        wards = frozenset(ward.pk for ward in membership.wards.all())
        yield Grant(
            membership.organisation_id,
            membership.campaign_id,
            wards if role in WARD_ROLES | ISSUED_ROLES or wards else None,
            CAPABILITIES[role],
            role,
        )


def actor_of_token(token: ApiToken) -> Actor:
    """Never what people alone do, whatever the token says."""
    wards = frozenset(ward.pk for ward in token.wards.all())
    grant = Grant(
        token.organisation_id,
        token.campaign_id,
        None if token.all_wards else wards,
        frozenset(Capability(name) for name in token.capabilities) - PEOPLE_ALONE,
    )
    return Actor("token", token.pk, token.name, (grant,))


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.filter(
        pk__in={grant.organisation_id for grant in actor.grants}
    )


def campaigns_for(actor: Actor, capability: Capability) -> QuerySet[Campaign]:
    """The campaigns in which the actor has the capability."""
    reach = Q(pk__in=())
    for grant in actor.grants:
        if capability in grant.capabilities:
            own = Q(organisation_id=grant.organisation_id)
            if grant.campaign_id is not None:
                own &= Q(pk=grant.campaign_id)
            reach |= own
    return Campaign.objects.filter(reach).select_related("election", "organisation")


def wards_for(
    actor: Actor, capability: Capability, *, campaign: Campaign
) -> QuerySet[Ward]:
    """The campaign's wards in which the actor has the capability."""
    reach = actor.ward_ids(capability, campaign=campaign)
    wards = Ward.objects.filter(campaign=campaign)
    return wards if reach is None else wards.filter(pk__in=reach)


def jobs_for(
    actor: Actor, capability: Capability, *, campaign: Campaign
) -> QuerySet[Job]:
    """The campaign's jobs and those of no campaign in particular, newest first.

    Whoever has the capability in some wards alone sees the jobs that they asked for.
    """
    jobs = Job.objects.of(campaign.organisation_id).filter(
        Q(campaign=campaign) | Q(campaign__isnull=True)
    )
    if actor.ward_ids(capability, campaign=campaign) is not None:
        jobs = jobs.filter(by_kind=actor.kind, by_id=actor.id)
    return jobs.order_by("-pk")


def files_for(actor: Actor) -> QuerySet[StoredFile]:
    """The files that the actor may open: by capability, campaign and ward of each."""
    reach = Q(pk__in=())
    for grant in actor.grants:
        own = Q(
            organisation_id=grant.organisation_id, capability__in=grant.capabilities
        )
        if grant.campaign_id is not None:
            own &= Q(campaign_id=grant.campaign_id)
        if grant.ward_ids is not None:
            own &= Q(ward_id__in=grant.ward_ids)
        reach |= own
    return StoredFile.objects.filter(reach)


def rows_for(actor: Actor, capability: Capability, *, campaign: str = "campaign") -> Q:
    """Rows of the organisations in which the actor has the capability everywhere.

    `campaign` is the lookup from a row to its campaign, empty where a row has none. A
    grant in one campaign reaches that campaign's rows; one in some wards reaches none.
    """
    reach = Q(pk__in=())
    for grant in actor.grants:
        if capability in grant.capabilities and grant.ward_ids is None:
            own = Q(organisation_id=grant.organisation_id)
            if campaign and grant.campaign_id is not None:
                own &= Q(**{campaign: grant.campaign_id})
            reach |= own
    return reach
