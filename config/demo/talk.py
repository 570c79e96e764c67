"""Goes through the diary and files what was said on every outing that is over."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from campaigns.models import Campaign, Candidate, Elector, Organisation, Ward
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
from config.demo.diary import CHANNELS
from config.demo.doorsteps import Rounds, Said, Voter
from config.demo.helpers import actor_of
from volunteers.models import ShiftKind, ShiftSignUp

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


class Recorder:
    """Who was met on which outing; an outing that has contacts is left as it is."""

    def __init__(self, organisation: Organisation) -> None:
        campaigns = Campaign.objects.of(organisation).select_related("election")
        self.speakers = {found.slug: Speaker(found) for found in campaigns}
        self.sessions = {
            (found.channel, found.ward_id, found.starts_at): found
            for found in CanvassSession.objects.of(organisation)
        }
        self.wards = dict(Ward.objects.values_list("gss", "pk"))
        contacts = Contact.objects.of(organisation)
        self.filed = set(contacts.values_list("session_id", flat=True).distinct())
        self.teams = teams_of(organisation)
        self.rounds: dict[tuple[str, str], Rounds] = {}

    def session_of(self, outing: Outing) -> CanvassSession | None:
        channel = CHANNELS.get(ShiftKind(outing.kind))
        key = (str(channel), self.wards[outing.ward], outing.starts_at)
        return self.sessions.get(key) if channel else None

    def said_on(self, outing: Outing) -> list[Said]:
        """Every outing has to be walked in its turn: each goes on from the last."""
        place = (outing.campaign, outing.ward)
        if place not in self.rounds:
            speaker = self.speakers[outing.campaign]
            self.rounds[place] = rounds_of(speaker, outing.ward)
        return list(self.rounds[place].walk(outing, dice_of(outing)))

    def file(self, outing: Outing, session: CanvassSession) -> int:
        """The contacts of an outing in one call; how many they are."""
        said = self.said_on(outing)
        if session.pk in self.filed:
            return 0
        speaker = self.speakers[outing.campaign]
        team = self.teams[session.shift_id] or [None]
        record_contacts(
            [
                speaker.item(one, session, team[nth % len(team)])
                for nth, one in enumerate(said)
            ],
            by=actor_of(cast.ORGANISER, at=outing.ends_at),
            at=outing.ends_at,
            campaign=speaker.campaign,
        )
        return len(said)


def file_contacts(
    organisation: Organisation, *, now: datetime, progress: Callable[[str], None]
) -> None:
    recorder = Recorder(organisation)
    total = 0
    for outing in outings():
        session = recorder.session_of(outing)
        if session and outing.ends_at <= now:
            total += recorder.file(outing, session)
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
