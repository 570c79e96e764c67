"""Short ways to send a round out in a test, and to be the phone that has it."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from campaigns.access import system
from campaigns.clock import now
from campaigns.models import Address, Campaign, Elector, Organisation, Ward
from canvassing.actions.round_issues import issue_round, link_secret
from canvassing.models import (
    CanvassRound,
    CanvassSession,
    IssueKind,
    RoundDoor,
    RoundIssue,
)
from tests.canvassing.contact_helpers import prepare
from tests.cast import NOW, make_address, make_district, make_elector
from volunteers.models import Volunteer

MOBILE = "07700 900123"


def make_round(
    campaign: Campaign, ward: Ward, *addresses: Address, **fields: Any
) -> CanvassRound:
    fields.setdefault("name", f"Round {uuid4().hex[:6]}")
    made = CanvassRound.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        ward=ward,
        doors=len(addresses),
        made_at=NOW,
        **fields,
    )
    RoundDoor.objects.bulk_create(
        RoundDoor(
            organisation=campaign.organisation,
            campaign=campaign,
            round=made,
            address=address,
            position=place,
        )
        for place, address in enumerate(addresses, start=1)
    )
    return made


@dataclass
class Street:
    """A round of some doors, with who lives behind them."""

    round: CanvassRound
    addresses: list[Address]
    electors: list[Elector]


def make_street(campaign: Campaign, ward: Ward, *, doors: int = 3) -> Street:
    """One elector a door, and standing for everybody."""
    district = make_district(campaign.organisation, ward)
    addresses = [make_address(district) for _ in range(doors)]
    electors = [make_elector(district, address=address) for address in addresses]
    prepare(campaign)
    return Street(make_round(campaign, ward, *addresses), addresses, electors)


def make_volunteer(campaign: Campaign, name: str = "Ada Finch", **fields: Any) -> Any:
    return Volunteer.objects.create(
        organisation=campaign.organisation, name=name, joined_on=NOW.date(), **fields
    )


def make_session(campaign: Campaign, **fields: Any) -> CanvassSession:
    fields.setdefault("short_code", "483920")
    return CanvassSession.objects.create(
        organisation=campaign.organisation,
        campaign=campaign,
        name="Tuesday evening",
        starts_at=NOW,
        **fields,
    )


def issue(
    canvass_round: CanvassRound, kind: str = IssueKind.MEETING_POINT, **fields: Any
) -> RoundIssue:
    fields.setdefault("expires_at", NOW + timedelta(hours=4))
    fields.setdefault("at", NOW)
    fields.setdefault("by", system(canvass_round.organisation))
    return issue_round(canvass_round, kind=IssueKind(kind), **fields)


def stand_at_now(organisation: Organisation) -> None:
    """The organisation's clock stands at NOW, as the demo's does."""
    organisation.clock_offset = NOW - now()
    organisation.save(update_fields=["clock_offset"])


class Phone:
    """A phone that opens a link and then has the round."""

    def __init__(self) -> None:
        self.client = Client()
        self.key = ""

    def post(self, where: str, body: object) -> HttpResponse:
        text = body if isinstance(body, str) else json.dumps(body)
        return self.client.post(
            f"/field/{where}/",
            text,
            content_type="application/json",
            headers={"Authorization": f"Phone {self.key}"},
        )

    def get(self, where: str, **query: str) -> Any:
        return self.client.get(
            f"/field/{where}/", query, headers={"Authorization": f"Phone {self.key}"}
        )

    def join(self, issue: RoundIssue, **said: Any) -> HttpResponse:
        answer = self.post("join", who(issue, **said))
        if answer.status_code == 200:
            self.key = json.loads(answer.content)["key"]
        return answer

    def send(self, *items: dict[str, Any], sent_at: datetime = NOW) -> list[Any]:
        answer = self.post(
            "sync", {"sent_at": sent_at.isoformat(), "items": list(items)}
        )
        assert answer.status_code == 200, answer.content
        verdicts: list[Any] = json.loads(answer.content)["verdicts"]
        return verdicts


def who(issue: RoundIssue, **said: Any) -> dict[str, Any]:
    return {
        "secret": link_secret(issue),
        "name": "Ada Finch",
        "mobile": MOBILE,
        "promised": True,
        "is_18": True,
        "code": issue.short_code,
        **said,
    }


def contact(elector: Elector, outcome: str = "not_in", **said: Any) -> dict[str, Any]:
    return item("contact", elector=elector.pk, outcome=outcome, **said)


def item(kind: str, **said: Any) -> dict[str, Any]:
    said.setdefault("id", str(uuid4()))
    said.setdefault("said_at", (NOW - timedelta(minutes=5)).isoformat())
    return {"kind": kind, **said}
