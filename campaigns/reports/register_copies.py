"""The copies of registers an organisation holds, and what each brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from campaigns.models import AbsentVoterList, Campaign, Council, RegisterEdition

WARN_DAYS = 30


@dataclass(frozen=True)
class CouncilRegister:
    """One council's copies, newest first; `latest` is the register as it stands."""

    council: Council
    editions: list[RegisterEdition]

    @property
    def latest(self) -> RegisterEdition | None:
        held = (row for row in self.editions if row.destroyed_at is None)
        return next(held, None)


def copies_of(campaign: Campaign) -> QuerySet[RegisterEdition]:
    """Copies that serve this campaign; another candidate's own does not."""
    return (
        RegisterEdition.objects.of(campaign.organisation_id)
        .filter(council__campaign=campaign)
        .filter(Q(campaign=campaign) | Q(campaign__isnull=True))
        .select_related("council")
    )


def registers_of(campaign: Campaign) -> list[CouncilRegister]:
    """Every council of the campaign, also those with no copy yet. Two queries."""
    copies = copies_of(campaign).annotate(rejected=Count("rejected_lines"))
    by_council: dict[int, list[RegisterEdition]] = {}
    for edition in copies.order_by("-published_on", "-pk"):
        by_council.setdefault(edition.council_id, []).append(edition)
    councils: Iterable[Council] = campaign.councils.order_by("name")
    return [CouncilRegister(one, by_council.get(one.pk, [])) for one in councils]


def absent_lists_of(campaign: Campaign) -> list[tuple[Council, AbsentVoterList | None]]:
    """The list in force of every council of the campaign, also where there is none."""
    lists = AbsentVoterList.objects.of(campaign.organisation_id).filter(
        campaign=campaign, replaced_at__isnull=True
    )
    found = {row.council_id: row for row in lists}
    return [(one, found.get(one.pk)) for one in campaign.councils.order_by("name")]


def days_until_destroyed(edition: RegisterEdition, today: date) -> int | None:
    """Below nought when the day has passed; null where no day was set."""
    if edition.destroy_by is None:
        return None
    return (edition.destroy_by - today).days
