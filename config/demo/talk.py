"""Goes through the diary and files what was said on every outing that is over."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from campaigns.models import Campaign, Candidate, Elector, Organisation
from canvassing.actions.contacts import record_contacts
from canvassing.models import (
    CanvassSession,
    Contact,
    ElectorStanding,
    IntentionCode,
    IntentionKind,
)
from canvassing.rules.contacts import ContactItem
from config.demo import cast
from config.demo.calendar import Outing, outings
from config.demo.doorsteps import Rounds, Said, Voter
from config.demo.helpers import actor_of
from volunteers.models import ShiftSignUp

SUPPORT = {cast.FRIAR_PARK: 0.52, cast.SHARD_END: 0.47, cast.BLAKENALL: 0.41}


class Speaker:
    """A campaign's own words for what is said: codes for answers and parties."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.candidates: dict[str, int] = {}
        for candidate in Candidate.objects.filter(campaign=campaign).order_by(
            "-position"
        ):
            self.candidates[candidate.party] = candidate.pk
        codes = IntentionCode.objects.filter(campaign=campaign).select_related(
            "candidate"
        )
        self.pledged, self.leaning = "", ""
        self.answers: dict[str, str] = {}
        for code in codes.order_by("-position"):
            if code.kind != IntentionKind.INTENTION:
                self.answers[code.kind] = code.code
            elif code.counts_as_pledge:
                self.pledged = code.code
            elif code.candidate and not code.candidate.is_ours:
                self.answers[code.candidate.party] = code.code
            else:
                self.leaning = code.code

    def code(self, said: Said) -> str:
        if said.party == cast.PARTY:
            return self.pledged if said.pledge else self.leaning
        return self.answers.get(said.party or said.intention, "")

    @property
    def rivals(self) -> tuple[str, ...]:
        return tuple(party for party in self.candidates if party != cast.PARTY)

    def item(
        self, said: Said, session: CanvassSession, spoke: int | None
    ) -> ContactItem:
        return ContactItem(
            uuid=uuid_of(self.campaign, said),
            elector_id=said.voter.id,
            outcome=said.outcome,
            channel=session.channel,
            said_at=said.at,
            intention=self.code(said),
            second_preference_id=self.candidates.get(said.second_party),
            session_id=session.pk,
            spoke_id=spoke,
        )


def uuid_of(campaign: Campaign, said: Said) -> UUID:
    return uuid5(NAMESPACE_URL, f"{campaign.slug}/{said.voter.key}/{said.at}")


def rounds_of(speaker: Speaker, ward: str) -> Rounds:
    """The ward's homes in walking order, as the register has them now."""
    standing = (
        ElectorStanding.objects.of(speaker.campaign.organisation_id)
        .filter(campaign=speaker.campaign, ward__gss=ward, address__isnull=False)
        .filter(is_current=True, is_anonymous=False)
        .order_by("walk_position", "elector_id")
        .values_list("address_id", "elector_id")
    )
    rows = list(standing)
    electors = Elector.objects.filter(pk__in=[elector for _, elector in rows])
    keys = dict(electors.values_list("pk", "elector_number"))
    return Rounds(
        homes=[
            [Voter(elector, keys[elector]) for _, elector in home]
            for _, home in groupby(rows, key=lambda row: row[0])
        ],
        ours=cast.PARTY,
        rivals=speaker.rivals,
        support=SUPPORT.get(ward, 0.3 + int(ward[-1]) / 50),
        asks_second=speaker.campaign.asks_second_preference,
    )


def file_contacts(
    organisation: Organisation, *, now: datetime, progress: Callable[[str], None]
) -> None:
    """Each outing's contacts in one call; an outing that has some is left as it is."""
    speakers = {
        campaign.slug: Speaker(campaign)
        for campaign in Campaign.objects.of(organisation).select_related("election")
    }
    sessions = {
        (session.campaign.slug, session.ward.gss, session.starts_at): session
        for session in CanvassSession.objects.of(organisation)
        .filter(ward__isnull=False)
        .select_related("campaign", "ward")
        if session.ward
    }
    filed = set(
        Contact.objects.of(organisation).values_list("session_id", flat=True).distinct()
    )
    teams = teams_of(organisation)
    rounds: dict[tuple[str, str], Rounds] = {}
    total = 0
    for outing in outings():
        key = (outing.campaign, outing.ward, outing.starts_at)
        session = sessions.get(key)
        if session is None or outing.ends_at > now:
            continue
        speaker = speakers[outing.campaign]
        if key[:2] not in rounds:
            rounds[key[:2]] = rounds_of(speaker, outing.ward)
        said = [*rounds[key[:2]].walk(outing, dice_of(outing))]
        if session.pk not in filed:
            team = teams[session.shift_id] or [None]
            items = [
                speaker.item(one, session, team[nth % len(team)])
                for nth, one in enumerate(said)
            ]
            record_contacts(
                items,
                by=actor_of(cast.ORGANISER, at=outing.ends_at),
                at=outing.ends_at,
                campaign=speaker.campaign,
            )
            total += len(items)
    progress(f"Filed {total:,} contacts")


def dice_of(outing: Outing) -> Random:
    return Random(f"{outing.campaign} {outing.ward} {outing.starts_at}")  # noqa: S311


def teams_of(organisation: Organisation) -> dict[int | None, list[int | None]]:
    """Who came to each shift."""
    teams: dict[int | None, list[int | None]] = defaultdict(list)
    came = ShiftSignUp.objects.of(organisation).filter(came=True).order_by("pk")
    for shift, volunteer in came.values_list("shift_id", "volunteer_id"):
        teams[shift].append(volunteer)
    return teams
