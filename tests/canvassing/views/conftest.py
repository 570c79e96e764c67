"""Ivy, whom the pages are about, and the clerk who types at them."""

import pytest
from django.test import Client

from campaigns.models import Campaign, Elector, User, Ward
from tests.canvassing.contact_helpers import prepare
from tests.cast import make_district, make_elector


@pytest.fixture
def ivy(campaign: Campaign, ward: Ward) -> Elector:
    elector = make_elector(make_district(campaign.organisation, ward), number=4)
    prepare(campaign)
    return elector


@pytest.fixture
def clerk(client: Client, data_clerk: User) -> Client:
    """Of Ivy's ward alone."""
    client.force_login(data_clerk)
    return client
