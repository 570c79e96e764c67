"""A stall with a link, and somebody who helps at it, in a browser of their own."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from campaigns.access import system
from campaigns.models import Campaign, Organisation, Ward
from canvassing.actions.stall_links import let_helper_in, link_secret, open_link
from canvassing.actions.stalls import open_stall
from canvassing.models import StallHelper, StallLink
from canvassing.views.stall_pages import COOKIE
from tests.canvassing.contact_helpers import prepare
from tests.canvassing.field_helpers import stand_at_now
from tests.cast import NOW
from volunteers.models import Volunteer

STALL = "/field/stall/"


def stall_of(
    campaign: Campaign, *wards: Ward, until: datetime = NOW + timedelta(hours=6)
) -> StallLink:
    """Open for the electors of these wards, on a clock that stands at NOW."""
    stand_at_now(campaign.organisation)
    campaign.refresh_from_db()
    prepare(campaign)
    by = system(Organisation.objects.get(pk=campaign.organisation_id))
    stall = open_stall(campaign=campaign, name="Saturday market", by=by, at=NOW)
    return open_link(stall, wards=wards, expires_at=until, by=by, at=NOW)


def helper_of(link: StallLink, name: str = "Ada Finch", **fields: Any) -> StallHelper:
    volunteer = Volunteer.objects.create(
        organisation_id=link.organisation_id,
        name=name,
        joined_on=NOW.date(),
        **fields,
    )
    let_helper_in(link, volunteer, at=NOW)
    return StallHelper.objects.get(link=link, volunteer=volunteer)


class Hand:
    """A helper's phone: what they type, and the page they then see."""

    def __init__(self, helper: StallHelper) -> None:
        self.client = Client()
        key = let_helper_in(helper.link, helper.volunteer, at=NOW)
        self.client.cookies[COOKIE] = key

    def page(self, address: str = STALL) -> str:
        return self.client.get(address).content.decode()

    def send(self, what: str, **said: Any) -> str:
        answer = self.client.post(f"{STALL}{what}/", said, follow=True)
        return answer.content.decode()

    def find(self, words: str) -> str:
        return self.send("find", words=words)

    def open(self, name: str) -> str:
        """The sealed visit of the only one of this name, whose page it opened."""
        [visit] = visits_in(self.find(name))
        assert name in self.page(f"{STALL}person/{visit}/")
        return visit


def visits_in(page: str) -> list[str]:
    begin = f'href="{STALL}person/'
    return [rest.split("/")[0] for rest in page.split(begin)[1:]]


def who(link: StallLink, **said: Any) -> dict[str, Any]:
    """What somebody says who opened the link."""
    return {
        "secret": link_secret(link),
        "name": "Ada Finch",
        "mobile": "07700 900123",
        "promised": True,
        "is_18": True,
        "code": link.session.short_code,
        **said,
    }
