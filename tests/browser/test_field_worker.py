"""Another version of the pages: taken up by itself, with nothing lost on the phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from campaigns.models import Campaign, Ward
from canvassing.models import Contact
from canvassing.views import field_pages
from tests.browser.field_street import make_homes
from tests.canvassing.field_helpers import issue
from tests.embedded.clients import eventually

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = "caches.keys()"


def test_a_new_version_is_taken_up_and_what_was_not_sent_is_sent_by_it(
    campaign: Campaign, ward: Ward, open_phone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = make_homes(campaign, ward, doors=4)
    phone = open_phone()
    phone.join(issue(street.round))
    phone.context.route("**/field/sync/", lambda route: route.abort())
    phone.at_door(2)
    phone.page.get_by_role("button", name="Nobody in").click()
    phone.says_saved()
    before = field_pages.version()
    words = field_pages.field_words
    monkeypatch.setattr(
        field_pages, "field_words", lambda: words() | {"map": "Map of it all"}
    )
    assert field_pages.version() != before

    phone.reopen()
    assert eventually(lambda: phone.page.evaluate(KEPT) == [field_pages.version()])
    phone.context.set_offline(True)
    phone.reopen()

    expect(phone.page.get_by_role("link", name="Map of it all")).to_be_visible()
    expect(phone.page.get_by_role("link", name="1 not sent")).to_be_visible()
    phone.context.unroute("**/field/sync/")
    phone.context.set_offline(False)
    phone.all_sent()
    assert Contact.objects.count() == 1
