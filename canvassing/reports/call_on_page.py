"""One call as its caller sees it: who, on which number, what to say, what to ask."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from campaigns.clock import UK
from campaigns.models import Campaign, Elector
from campaigns.phone_numbers import as_written
from canvassing.models import (
    BankCaller,
    CallClaim,
    Contact,
    ElectorStanding,
    PhoneNumber,
    QueuedCall,
)
from canvassing.reports.phone_script import US, who_we_are
from volunteers.models import Volunteer


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
    """None for somebody who is no longer to be seen. Four queries."""
    standing = (
        ElectorStanding.objects.of(claim.organisation_id)
        .filter(campaign=claim.campaign_id, elector=claim.elector_id)
        .filter(is_current=True, is_anonymous=False)
        .select_related("elector__address", "ward", "last_contact__outcome")
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
        last=standing.last_contact,
        tries=tries.values_list("tries", flat=True).get(),
        seconds_left=seconds_left,
        opening=said(
            script.opening if script and script.opening else _opening(),
            caller.volunteer,
            standing.elector,
            caller.bank.campaign,
        ),
        closing=said(
            script.closing if script else "",
            caller.volunteer,
            standing.elector,
            caller.bank.campaign,
        ),
    )


def claim_of(uuid: UUID, caller: BankCaller) -> CallClaim | None:
    """The call of this id, if it is or was this caller's."""
    claims = CallClaim.objects.of(caller.organisation_id).filter(uuid=uuid)
    return claims.filter(bank=caller.bank_id, caller=caller.volunteer_id).first()


def said(text: str, volunteer: Volunteer, elector: Elector, campaign: Campaign) -> str:
    """A script's words with the names filled in."""
    names = {
        "{elector}": elector.forename or elector.full_name,
        "{volunteer}": volunteer.name.split()[0],
        US: who_we_are(campaign),
    }
    for word, name in names.items():
        text = text.replace(word, name)
    return text


def _opening() -> str:
    """Where no script has one: it says for whom the call is."""
    return _("Hello, is that {elector}? I’m {volunteer}, calling for {candidate}.")


def _place(standing: ElectorStanding) -> str:
    """Street and ward: enough to know whom one talks to, and no address."""
    street = standing.elector.address.street if standing.elector.address else ""
    return ", ".join(filter(None, (street, standing.ward.name)))
