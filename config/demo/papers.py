"""Lists and letters of the demo: one run printed, one waiting for the agent."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from campaigns.actions.expense_commitments import commit_expense
from campaigns.actions.jobs import run_here
from campaigns.clock import UK
from campaigns.models import (
    Campaign,
    Job,
    Organisation,
    PollingDistrict,
    PollingStation,
    Ward,
)
from canvassing.actions.exports import ask_for_list_files
from canvassing.actions.gotv_lists import make_gotv_list
from canvassing.actions.letter_runs import print_letters, propose_letter_run
from canvassing.models import Channel, GotvList, LetterRun, Wording
from canvassing.rules.gotv import GotvRule
from canvassing.rules.letters import BODIES
from config.demo import cast
from config.demo.accounts import SUPPLIERS
from config.demo.calendar import POLL, SHOWN
from config.demo.helpers import actor_of

DOORS, LETTERS, POSTAL = "Pledges, for the doors", "Pledges, for letters", "By post"
PRICE = Decimal("0.6150")
STATION_NAMES = ("Community Centre", "Primary School", "Church Hall", "Library")


def name_stations(organisation: Organisation) -> None:
    """Where the electors of the shown wards vote: a station for each district."""
    if PollingStation.objects.of(organisation).exists():
        return
    districts = (
        PollingDistrict.objects.of(organisation)
        .filter(ward__gss__in=SHOWN, until_edition__isnull=True)
        .select_related("ward", "council")
        .order_by("council", "code")
    )
    contests = Campaign.objects.of(organisation).filter(election__poll_on=POLL)
    for campaign in contests:
        fought = set(campaign.wards.values_list("pk", flat=True))
        for nth, district in enumerate(districts):
            if district.ward and district.ward_id in fought:
                kind = STATION_NAMES[nth % len(STATION_NAMES)]
                PollingStation.objects.create(
                    organisation=organisation,
                    council=district.council,
                    election=campaign.election,
                    name=f"{district.ward.name} {kind}",
                    address=f"{3 + nth} Larchgate Road, {district.council.name}",
                    district_codes=[district.code],
                )


class Desk:
    """What the organiser made the evening before."""

    def __init__(self, organisation: Organisation, now: datetime) -> None:
        evening = datetime.combine(now.astimezone(UK).date(), time(17, 30), UK)
        self.at = evening - timedelta(days=1)
        self.by = actor_of(cast.ORGANISER, at=self.at)
        self.agent = actor_of(cast.AGENTS[cast.MAYOR], at=self.at)
        self.campaign = Campaign.objects.get(slug=cast.MAYOR)

    def make(self) -> None:
        doors = self.list_of(DOORS, Channel.DOOR, GotvRule())
        if doors:
            self.print_walk_sheets(doors)
        postal = self.list_of(POSTAL, Channel.LETTER, GotvRule(votes_by=("post",)))
        if postal:
            self.print_run(self.propose(postal, "Reminder to post it", Wording.POSTAL))
        letters = self.list_of(LETTERS, Channel.LETTER, GotvRule())
        if letters:
            self.propose(letters, "Eve of poll letter", Wording.STATION)

    def list_of(self, name: str, channel: Channel, rule: GotvRule) -> GotvList | None:
        """A new list of the shown wards; None where it was made before."""
        if GotvList.objects.filter(campaign=self.campaign, name=name).exists():
            return None
        made = make_gotv_list(
            campaign=self.campaign,
            name=name,
            rule=rule,
            reason="Reminding those who pledged to vote",
            wards=list(Ward.objects.filter(gss__in=SHOWN)),
            channel=channel,
            by=self.by,
            at=self.at,
        )
        self.run(made.job)
        return GotvList.objects.get(pk=made.pk)

    def propose(self, gotv_list: GotvList, name: str, wording: Wording) -> LetterRun:
        return propose_letter_run(
            gotv_list=gotv_list,
            name=name,
            wording=wording,
            body=BODIES[wording],
            supplier="Marten Mailing",
            supplier_address=SUPPLIERS["Marten Mailing"],
            price_per_copy=PRICE,
            used_from=min(self.at.date() + timedelta(days=3), POLL),
            used_until=POLL,
            by=self.by,
            at=self.at,
        )

    def print_run(self, run: LetterRun) -> None:
        later = self.at + timedelta(minutes=50)
        if run.expense:
            commit_expense(run.expense, by=self.agent, at=later)
        run.refresh_from_db()
        reason = "For the mailing house"
        self.run(print_letters(run=run, reason=reason, by=self.by, at=later))

    def print_walk_sheets(self, gotv_list: GotvList) -> None:
        job = ask_for_list_files(
            gotv_list=gotv_list,
            file_format="walk_sheets",
            reason="Teams of the last week",
            by=self.by,
            at=self.at,
        )
        self.run(job)

    def run(self, job: Job | None) -> None:
        if job:
            run_here(job)
