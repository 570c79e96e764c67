"""The same batch from two phones at once: each contact is filed by one of them."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from campaigns.models import Campaign, Ward
from canvassing.models import Contact
from canvassing.rules.contacts import ContactItem, Verdict
from tests.canvassing.contact_helpers import differences, prepare, record, said
from tests.cast import make_district, make_elector

PHONES = 4


@pytest.mark.django_db(transaction=True)
def test_a_batch_sent_by_several_at_once_is_filed_once(
    campaign: Campaign, ward: Ward
) -> None:
    district = make_district(campaign.organisation, ward)
    electors = [make_elector(district) for _ in range(6)]
    prepare(campaign)
    items = [said(elector, code) for elector in electors for code in ("P1", "U")]
    together = Barrier(PHONES)

    def send(batch: list[ContactItem]) -> list[Verdict]:
        together.wait()
        try:
            return record(campaign, *batch)
        finally:
            connection.close()

    with ThreadPoolExecutor(PHONES) as phones:
        orders: Iterator[list[ContactItem]] = iter(
            [items, items[::-1], items[3:] + items[:3], items[::-1]]
        )
        verdicts = [v for answer in phones.map(send, orders) for v in answer]

    answers = Counter(verdict.answer.value for verdict in verdicts)
    assert answers == {"filed": 12, "already_filed": 36}
    assert Contact.objects.count() == 12
    assert differences(campaign) == 0
