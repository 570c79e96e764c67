"""One call as its caller sees it: who, on which number, what to say, what to ask."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from campaigns.clock import UK
from campaigns.models import Campaign, Candidate, ControllerKind, Elector
from campaigns.phone_numbers import as_written
from canvassing.models import (
    BankCaller,
    CallClaim,
    Contact,
    ElectorStanding,
    PhoneNumber,
    QueuedCall,
    VotesBy,
)


@dataclass(frozen=True)
class CallOnPage:
    """`agreed_on`: the day on which they agreed to calls; without it the number was
    looked up with the Telephone Preference Service on `screened_on`. `last` is the
    latest attempt, by whatever channel."""

    elector: Elector
    place: str
    number: str
    as_written: str
    agreed_on: date | None
    screened_on: date | None
    source: str
    obtained_on: date
    last: Contact | None
    tries: int
    votes_by_post: bool
    seconds_left: int
    opening: str
    closing: str

    @property
    def minutes_left(self) -> str:
        """`9:41`"""
        return f"{self.seconds_left // 60}:{self.seconds_left % 60:02}"


def call_on_page(
    claim: CallClaim, caller: BankCaller, *, seconds_left: int
) -> CallOnPage | None:
    """None for somebody who is no longer to be seen. Five queries."""
    standing = (
        ElectorStanding.objects.of(claim.organisation_id)
        .filter(campaign=claim.campaign_id, elector=claim.elector_id)
        .filter(is_current=True, is_anonymous=False)
        .select_related("elector__address", "ward")
        .defer("ward__boundary")
        .first()
    )
    number = (
        PhoneNumber.objects.of(claim.organisation_id)
        .filter(elector=claim.elector_id, number=claim.number)
        .first()
    )
    if standing is None or number is None:
        return None
    agreed = number.calls_given_at if number.calls_withdrawn_at is None else None
    tries = QueuedCall.objects.of(claim.organisation_id).filter(pk=claim.queued_id)
    script = caller.bank.session.script
    return CallOnPage(
        elector=standing.elector,
        place=_place(standing),
        number=claim.number,
        as_written=as_written(claim.number),
        agreed_on=agreed.astimezone(UK).date() if agreed else None,
        screened_on=number.screened_on,
        source=number.source,
        obtained_on=number.obtained_on,
        last=_last(claim.organisation_id, standing),
        tries=tries.values_list("tries", flat=True).get(),
        votes_by_post=standing.votes_by in (VotesBy.POST, VotesBy.POSTAL_PROXY),
        seconds_left=seconds_left,
        opening=said(script.opening if script else "", caller, standing.elector),
        closing=script.closing if script else "",
    )


def said(text: str, caller: BankCaller, elector: Elector) -> str:
    """A script's words with the names filled in; an opening of our own where it has
    none, which says for whom the call is."""
    opening = text or _("Hello, is that {elector}? I’m {volunteer}, calling for {us}.")
    names = {
        "{elector}": elector.forename or elector.full_name,
        "{volunteer}": caller.volunteer.name.split()[0],
        "{us}": for_whom(caller.bank.campaign),
    }
    for word, name in names.items():
        opening = opening.replace(word, name)
    return opening


def for_whom(campaign: Campaign) -> str:
    """`Rowan Ash, Alder Party`; without a candidate, the organisation."""
    ours = Candidate.objects.filter(campaign=campaign, is_ours=True)
    candidate = ours.order_by("position", "pk").first()
    return str(candidate) if candidate else campaign.organisation.name


def may_keep_opinions(campaign: Campaign) -> bool:
    """Only a registered party may, without explicit consent (docs/rules/phones.md)."""
    return campaign.organisation.controller_kind == ControllerKind.PARTY


def _place(standing: ElectorStanding) -> str:
    """Street and ward: enough to know whom one talks to, and no address."""
    street = standing.elector.address.street if standing.elector.address else ""
    return ", ".join(filter(None, (street, standing.ward.name)))


def _last(organisation_id: int, standing: ElectorStanding) -> Contact | None:
    contacts = Contact.objects.of(organisation_id).filter(
        campaign=standing.campaign_id, elector=standing.elector_id
    )
    found = contacts.filter(outcome__isnull=False).select_related("outcome")
    return found.order_by("-effective_at", "-pk").first()
