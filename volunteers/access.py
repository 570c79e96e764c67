"""Who reaches which volunteer and which shift: by campaign, and by ward."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.access import Actor, Grant
from campaigns.models import Campaign
from campaigns.roles import Capability
from volunteers.models import Shift, ShiftSignUp, Volunteer

CAN = Capability.MANAGE_VOLUNTEERS


def volunteers_for(actor: Actor, *, campaign: Campaign) -> QuerySet[Volunteer]:
    """The organisation's volunteers; to whoever is held to some wards, those who live
    there or have taken a place on a shift there. Nobody who was erased."""
    reach = all_who_helped(actor, campaign=campaign)
    return reach.filter(erased_at__isnull=True)


def all_who_helped(actor: Actor, *, campaign: Campaign) -> QuerySet[Volunteer]:
    """Those, and whoever was erased: to be counted, never to be shown."""
    rows = Volunteer.objects.of(campaign.organisation_id)
    reach = actor.ward_ids(CAN, campaign=campaign)
    if reach is not None:
        there = ShiftSignUp.objects.filter(
            volunteer=OuterRef("pk"),
            shift__ward__in=reach,
            shift__campaign=campaign,
            withdrawn_at__isnull=True,
        )
        rows = rows.filter(Q(home_ward__in=reach) | Exists(there))
    return rows


def shifts_for(actor: Actor, *, campaign: Campaign) -> QuerySet[Shift]:
    """The campaign's shifts, or those of the actor's wards."""
    rows = Shift.objects.of(campaign.organisation_id).filter(campaign=campaign)
    reach = actor.ward_ids(CAN, campaign=campaign)
    return rows if reach is None else rows.filter(ward__in=reach)


def actor_of_volunteer(volunteer: Volunteer) -> Actor:
    """A volunteer on their own page, by their link: what is theirs and nothing else."""
    return link_of_volunteer(volunteer.pk, volunteer)


def link_of_volunteer(
    link: int, volunteer: Volunteer, grants: tuple[Grant, ...] = ()
) -> Actor:
    """Somebody who acts by a link, phone or key of theirs, whose id is `link`."""
    audit_label = f"Volunteer {volunteer.pk}"
    return Actor("link", link, volunteer.name, grants, audit_label)


def sign_up_page() -> Actor:
    """Whoever fills in the public page; nobody knows yet who that is."""
    return Actor("link", None, "Sign-up page")
