"""Two at once make one version: the second waits, and finds nothing to say."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from campaigns.actions.returns import ReturnRefused
from campaigns.models import Campaign, ReturnVersion, User
from tests.campaigns.returns import make, ready_books

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def test_agents_at_once_make_one_version(campaign: Campaign, agent: User) -> None:
    ready_books(campaign)
    barrier = Barrier(AT_ONCE)

    def made(_: int) -> str:
        barrier.wait()
        try:
            make(campaign, agent)
        except ReturnRefused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(made, range(AT_ONCE)))

    assert outcomes.count("made") == 1
    assert outcomes.count("nothing_changed") == AT_ONCE - 1
    assert ReturnVersion.objects.get().version == 1
