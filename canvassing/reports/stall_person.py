"""Somebody who stands at a stall, as their helper sees them: what a door shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from campaigns.access import Actor
from campaigns.models import Campaign
from campaigns.reports.polling_stations import stations_by_district
from canvassing.models import (
    Contact,
    DoNotContact,
    ElectorStanding,
    NoContact,
    OutcomeCode,
    OutcomeKind,
    Script,
    ScriptChannel,
    StallHelper,
    ViewsObjection,
    VotesBy,
)
from canvassing.reports.call_on_page import said
from canvassing.reports.call_questions import Asking, asking_of
from canvassing.reports.elector_search import reachable_electors
from canvassing.reports.heard_by import with_helper
from canvassing.reports.phone_script import newest_script
from canvassing.reports.postal_wave import BY_POST
from canvassing.rules.keypad import PaperWish
from canvassing.rules.stalls import can_be_undone

# In digits, of what is sure to be an id.
LONGEST_ID = 18
# Nobody is out who stands there.
NOT_AT_A_STALL = (OutcomeKind.NOT_IN, OutcomeKind.NO_ACCESS)


@dataclass(frozen=True)
class PersonAtStall:
    """`last` is what came of the latest contact, their answer where it is not hidden;
    never a date of birth, only whether it is their first vote."""

    standing: ElectorStanding
    asking: Asking
    script: Script | None
    opening: str
    closing: str
    last: str
    last_at: datetime | None
    is_first_vote: bool
    # Where they vote in person, as far as it is known.
    station: str
    filed: Contact | None
    may_undo: bool
    # What this helper heard them ask of us, and may still take back.
    wishes: list[PaperWish]

    @property
    def votes_by_post(self) -> bool:
        return self.standing.votes_by in BY_POST

    @property
    def votes_by_proxy(self) -> bool:
        return self.standing.votes_by in (VotesBy.PROXY, VotesBy.POSTAL_PROXY)

    @property
    def wants_no_visits(self) -> bool:
        masks = self.standing.no_contact | self.standing.household_no_contact
        return bool(masks & NoContact.DOOR)


def standing_at_stall(
    elector_id: int, *, helper: StallHelper, by: Actor
) -> ElectorStanding | None:
    """None for whoever is not on the register of the stall's wards, or is hidden."""
    campaign = helper.link.session.campaign
    rows = reachable_electors(by=by, campaign=campaign).filter(elector=elector_id)
    return (
        rows.select_related("last_contact__outcome", "last_contact__intention")
        .defer("ward__boundary")
        .first()
    )


def person_at_stall(
    elector_id: int, uuid: UUID, *, helper: StallHelper, by: Actor, at: datetime
) -> PersonAtStall | None:
    """None for whoever is not to be seen here. Eleven queries at the most, and one
    for each time that it was put right."""
    standing = standing_at_stall(elector_id, helper=helper, by=by)
    campaign = helper.link.session.campaign
    asking = asking_of(elector_id, campaign=campaign, at=at)
    if standing is None or asking is None:
        return None
    script = script_at_stall(helper)
    filed = filed_of(uuid, helper)
    last, elector = standing.last_contact, standing.elector
    attains, poll_on = elector.attains_on, campaign.election.poll_on
    words = (helper.volunteer, elector, campaign)
    return PersonAtStall(
        standing=standing,
        asking=asking,
        script=script,
        opening=said(script.opening, *words) if script else "",
        closing=said(script.closing, *words) if script else "",
        last=_last(last, asking) if last else "",
        last_at=last.effective_at if last else None,
        is_first_vote=attains is not None and attains <= poll_on,
        station=_station(standing, campaign),
        filed=filed,
        may_undo=filed is not None and filed.uuid == uuid,
        wishes=[
            wish
            for wish, heard in wishes_heard(elector_id, helper)
            if can_be_undone(heard.said_at, at=at)
        ],
    )


def script_at_stall(helper: StallHelper, shown: str = "") -> Script | None:
    """The newest for doors, or that of which a page has `shown` the questions, though
    another was published since."""
    campaign = helper.link.session.campaign
    if shown.isdecimal() and len(shown) <= LONGEST_ID:
        scripts = Script.objects.of(helper.organisation_id).filter(campaign=campaign)
        return scripts.filter(pk=shown, published_at__isnull=False).first()
    return newest_script(campaign, channel=ScriptChannel.DOOR)


def outcomes_at_stall(helper: StallHelper) -> list[OutcomeCode]:
    """What else may come of a talk, in the campaign's own words and order."""
    codes = OutcomeCode.objects.filter(
        campaign=helper.link.session.campaign_id, retired_at=None
    )
    others = codes.exclude(kind__in=(*NOT_AT_A_STALL, OutcomeKind.SPOKEN))
    return list(others.order_by("position", "code"))


def filed_of(uuid: UUID, helper: StallHelper) -> Contact | None:
    """What this helper filed of a visit, as it counts now: put right by somebody,
    maybe, but not taken back."""
    ours = Contact.objects.of(helper.organisation_id).filter(
        uuid=uuid, spoke=helper.volunteer_id
    )
    filed = ours.select_related("outcome", "intention", "campaign").first()
    if filed is None:
        return None
    counts = _correction_of(uuid, helper) or filed
    return counts if counts.outcome_id else None


def was_taken_back(uuid: UUID, helper: StallHelper) -> bool:
    """Whether what was filed of a visit counts no more, nor anything in its place."""
    last = _correction_of(uuid, helper)
    return last is not None and last.outcome_id is None


def wishes_heard(
    elector_id: int, helper: StallHelper
) -> list[tuple[PaperWish, DoNotContact | ViewsObjection]]:
    """What this helper heard them ask of us, as far as it stands. Two queries."""
    heard: dict[str, Any] = {
        "organisation": helper.organisation_id,
        "elector": elector_id,
        "came_with": with_helper(elector_id, helper.pk),
        "lifted_at": None,
    }
    away = DoNotContact.objects.filter(**heard).order_by("said_at", "pk")
    objections = ViewsObjection.objects.filter(**heard)
    return [
        *(
            (PaperWish.of(one.channel, is_now=bool(one.campaign_id)), one)
            for one in away
        ),
        *((PaperWish.NO_VIEWS, one) for one in objections),
    ]


def _correction_of(uuid: UUID, helper: StallHelper) -> Contact | None:
    """The last of those that took its place, one after the other. A query for each, and
    one."""
    last, contacts = None, Contact.objects.of(helper.organisation_id)
    corrections = contacts.select_related("outcome", "intention", "campaign")
    while later := corrections.filter(corrects=last.uuid if last else uuid).first():
        last = later
    return last


def _station(standing: ElectorStanding, campaign: Campaign) -> str:
    if standing.votes_by != VotesBy.IN_PERSON:
        return ""
    stations = stations_by_district(
        organisation_id=campaign.organisation_id,
        election_id=campaign.election_id,
        council_id=standing.ward.council_id,
    )
    return stations.get(standing.polling_district.code, "")


def _last(last: Contact, asking: Asking) -> str:
    if last.intention is not None and not asking.objects:
        return str(last.intention.label)
    return str(last.outcome.label) if last.outcome else ""
