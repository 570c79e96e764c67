"""The versions of a campaign's return, and the books as they stand beside each."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import QuerySet

from campaigns.clock import UK
from campaigns.models import Campaign, Declarant, ReturnDeclaration, ReturnVersion
from campaigns.reports.bank_holidays import bank_holidays
from campaigns.reports.campaign_deadlines import (
    CampaignDeadlines,
    campaign_deadlines,
)
from campaigns.reports.return_changes import SectionChanges, return_changes
from campaigns.reports.return_form import SpendingReturn, digest, read_back
from campaigns.reports.spending_return import spending_return
from campaigns.rules.money import pounds
from campaigns.rules.return_deadlines import candidate_declaration_by

NOON = time(12)


def return_versions(campaign: Campaign) -> QuerySet[ReturnVersion]:
    """Newest first, with their declarations."""
    return (
        ReturnVersion.objects.filter(
            organisation_id=campaign.organisation_id, campaign=campaign
        )
        .select_related("corrects")
        .prefetch_related("declarations")
        .order_by("-version")
    )


def latest_version(campaign: Campaign) -> ReturnVersion | None:
    return return_versions(campaign).first()


@dataclass(frozen=True)
class ReturnStanding:
    """One version as it is kept, with who has declared it and who has not yet."""

    campaign: Campaign
    version: ReturnVersion

    @cached_property
    def kept(self) -> SpendingReturn:
        return read_back(self.version.content)

    @cached_property
    def deadlines(self) -> CampaignDeadlines:
        return campaign_deadlines(self.campaign)

    @property
    def is_intact(self) -> bool:
        """What is stored agrees with its digest, and its sums with its lines."""
        version, kept = self.version, self.kept
        return (
            digest(version.content) == version.sha256
            and kept.counted == version.counted
            and kept.donated == version.donated
        )

    def declaration(self, declarant: str) -> ReturnDeclaration | None:
        return next(
            (
                signed
                for signed in self.version.declarations.all()
                if signed.declarant == declarant
            ),
            None,
        )

    @property
    def missing(self) -> tuple[Declarant, ...]:
        """Who has not declared it yet."""
        return tuple(one for one in Declarant if self.declaration(one) is None)

    @property
    def candidate_by(self) -> date | None:
        """The last day for the candidate's declaration, once the return is filed."""
        if self.version.filed_on is None:
            return None
        return candidate_declaration_by(
            return_on=self.version.filed_on,
            bank_holidays=bank_holidays(self.campaign.election.nation),
        )

    def named(self, declarant: str) -> str:
        """Whom the return names as its agent, or as its candidate."""
        lines = self.kept.section("particulars").lines
        return next(one.values["value"] for one in lines if one.key == declarant)


def says_otherwise(kept: SpendingReturn, now: SpendingReturn) -> bool:
    """Whether the books say anything else `now` than what was kept of them, but for the
    day they were reckoned on. Of an earlier form, whether what that form says would be
    said otherwise."""
    if kept.form != now.form:
        return bool(return_changes(kept, now))
    return replace(kept, as_of=now.as_of).sha256 != now.sha256


@dataclass(frozen=True)
class BooksNow:
    """The books as they stand beside a version, reckoned as of the day on which that
    was handed in, or as of `at`: time alone makes claims late and donations accepted.
    """

    campaign: Campaign
    version: ReturnVersion
    at: datetime
    deadlines: CampaignDeadlines | None = None

    @cached_property
    def kept(self) -> SpendingReturn:
        return read_back(self.version.content)

    @cached_property
    def now(self) -> SpendingReturn:
        handed_in_on = self.version.filed_on
        at = datetime.combine(handed_in_on, NOON, UK) if handed_in_on else self.at
        return spending_return(self.campaign, at=at, deadlines=self.deadlines)

    @cached_property
    def today(self) -> SpendingReturn:
        """As of `at`, also where the version was handed in before."""
        if self.version.filed_on is None:
            return self.now
        return spending_return(self.campaign, at=self.at, deadlines=self.deadlines)

    @cached_property
    def later_changes(self) -> tuple[SectionChanges, ...]:
        """What days after it was handed in have changed: donations accepted by then,
        claims that became late. It was no mistake, and a new version says it too."""
        return return_changes(self.now, self.today)

    @property
    def accepted_later(self) -> str:
        """How many accepted donations of `today` the version does not name, and what
        they come to; empty where there are none."""
        named = {line.key for line in self.kept.section("donations").lines}
        found = self.today.section("donations")
        lines = tuple(line for line in found.lines if line.key not in named)
        if not lines:
            return ""
        sum_ = pounds(replace(found, lines=lines).total("amount"))
        if len(lines) == 1:
            return f"1 donation of {sum_} was accepted"
        return f"{len(lines)} donations, {sum_} together, were accepted"

    @property
    def have_changed(self) -> bool:
        return says_otherwise(self.kept, self.now)

    @cached_property
    def changes(self) -> tuple[SectionChanges, ...]:
        """What a new version would say otherwise."""
        return return_changes(self.kept, self.now)
