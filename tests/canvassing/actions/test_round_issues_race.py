"""Two phones of one volunteer leave a round at once: one of them is the last."""

from threading import Thread

import pytest
from django.db import connection, transaction

from campaigns.access import system
from campaigns.models import Campaign, Ward
from canvassing.actions.round_issues import close_phone
from canvassing.models import ClosedBecause, FieldPhone, RoundKnocker
from tests.canvassing.field_helpers import Phone, issue, make_street, stand_at_now
from tests.cast import NOW

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_signs_out_on_two_phones_at_once_is_at_no_door_any_more(
    campaign: Campaign, ward: Ward
) -> None:
    stand_at_now(campaign.organisation)
    campaign.refresh_from_db()
    out = issue(make_street(campaign, ward).round)
    for phone in (Phone(), Phone()):
        phone.join(out)
    first, second = FieldPhone.objects.select_related("volunteer").order_by("pk")
    by = system(campaign.organisation)

    def sign_out(phone: FieldPhone) -> None:
        close_phone(phone, ClosedBecause.SIGNED_OUT, by=by, at=NOW)

    def sign_out_beside() -> None:
        sign_out(second)
        connection.close()

    other = Thread(target=sign_out_beside)
    with transaction.atomic():
        sign_out(first)
        other.start()
        # It waits for the first; did it not, it would be done by then.
        other.join(timeout=2)
    other.join()

    assert not FieldPhone.objects.filter(closed_at=None).exists()
    assert RoundKnocker.objects.get().left_at == NOW
