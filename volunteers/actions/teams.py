"""Teams, and the bodies that lend people."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from campaigns.actions import audit
from campaigns.models import Organisation, Ward
from campaigns.rules.refusals import Refusal
from volunteers.models import Affiliate, Team, Volunteer

if TYPE_CHECKING:
    from campaigns.access import Actor


class TeamRefused(Refusal):
    """There is such a team or body already."""


@transaction.atomic(durable=True)
def save_team(
    team: Team | None,
    *,
    organisation: Organisation,
    name: str,
    ward: Ward | None,
    leader: Volunteer | None,
    by: "Actor",
    at: datetime,
) -> Team:
    """Make a team (None) or change one; its leader is a member of it. Refused: a name
    that another team has. Audit: `team.saved`."""
    team = team or Team(organisation=organisation)
    team.name, team.ward, team.leader = " ".join(name.split()), ward, leader
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise TeamRefused("taken", f"There is a team {team.name} already.") from None
    if leader:
        team.members.add(leader)
    _note("team.saved", team, organisation, by=by, at=at)
    return team


@transaction.atomic(durable=True)
def set_member(
    team: Team, volunteer: Volunteer, *, belongs: bool, by: "Actor", at: datetime
) -> None:
    """Into the team, or out of it. Audit: `team.joined` or `team.left`."""
    if belongs:
        team.members.add(volunteer)
    else:
        team.members.remove(volunteer)
        Team.objects.filter(pk=team.pk, leader=volunteer).update(leader=None)
    verb = "team.joined" if belongs else "team.left"
    _note(verb, team, team.organisation, by=by, at=at, volunteer=volunteer.pk)


@transaction.atomic(durable=True)
def add_affiliate(
    *, organisation: Organisation, name: str, kind: str, by: "Actor", at: datetime
) -> Affiliate:
    """Refused: a name that another one has. Audit: `affiliate.added`."""
    name = " ".join(name.split())
    made, is_new = Affiliate.objects.get_or_create(
        organisation=organisation, name=name, defaults={"kind": kind}
    )
    if not is_new:
        raise TeamRefused("taken", f"There is an affiliate {name} already.")
    _note("affiliate.added", made, organisation, by=by, at=at)
    return made


def _note(
    verb: str,
    target: Team | Affiliate,
    organisation: Organisation,
    *,
    by: "Actor",
    at: datetime,
    **data: int,
) -> None:
    audit.record(
        verb, by=by, at=at, organisation_id=organisation.pk, target=target, **data
    )
