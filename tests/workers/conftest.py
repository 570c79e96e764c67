"""Servers that may be killed, and for each test a database and workers on them."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from config.embedded import lock
from tests.embedded.clients import Client
from tests.servers import CHECKOUT, migrated_template
from tests.workers.own_servers import OwnServers
from tests.workers.processes import Workers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("workers")


@pytest.fixture(scope="session")
def servers() -> Iterator[OwnServers]:
    """The first that no other process of tests uses; kept, for the schema in them."""
    state = Path(os.environ.get("COMMITTEE_ROOM_STATE") or CHECKOUT / ".local")
    for number in count():
        if seat := lock.try_hold(state / f"workers{number}.lock"):
            break
    client = Client(state, purpose=f"workers{number}").started()
    yield OwnServers(client, template=migrated_template(client.database_url))
    client.leave()
    os.close(seat)


@pytest.fixture
def db(servers: OwnServers, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of the usual one: what is written is committed, for workers to see."""
    with django_db_blocker.unblock(), servers.fresh_database():
        yield


@pytest.fixture
def workers(servers: OwnServers, db: None) -> Iterator[Workers]:
    workers = Workers(servers)
    yield workers
    workers.kill()
