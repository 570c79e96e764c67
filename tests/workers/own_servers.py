"""PostgreSQL and Valkey that no other test uses, and what can be done to them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import kombu.pools
import psycopg
import redis
from django.db import connection

from config import celery_app
from config.settings import env
from tests.embedded.clients import Client, eventually, pid_of

PATIENCE = 120  # seconds; a worker takes two to start where nothing else runs
QUEUE = "committee-room"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


class OwnServers:
    """PostgreSQL and Valkey of a client; each test has a copy of the template."""

    def __init__(self, client: Client, *, template: str) -> None:
        self.client, self.template = client, template
        self.place = client.place
        self.redis_url = client.redis_url
        self.database_url = self.url_of("disturbed")
        self.redis = redis.Redis.from_url(self.redis_url)

    def url_of(self, database: str) -> str:
        parts = urlsplit(self.client.database_url)
        return urlunsplit(parts._replace(path=f"/{database}"))

    @contextmanager
    def fresh_database(self) -> Iterator[None]:
        """Meanwhile Django and Celery use these servers, in this process too."""
        before = dict(connection.settings_dict), celery_app.conf.broker_url
        self.copy_database(self.template, "disturbed")
        self.redis.flushall()
        point_to(env.database(self.database_url), env.broker(self.redis_url))
        try:
            yield
        finally:
            point_to(*before)

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """Meanwhile Django uses a copy of the test's database, as it is now."""
        before = dict(connection.settings_dict)
        connection.close()
        self.copy_database("disturbed", "undisturbed")
        connection.settings_dict["NAME"] = "undisturbed"
        yield
        connection.close()
        connection.settings_dict.update(before)

    def copy_database(self, source: str, copy: str) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as session:
            session.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
            session.execute(f"CREATE DATABASE {copy} TEMPLATE {source}")

    @contextmanager
    def held(self, lock: str) -> Iterator[psycopg.Connection]:
        """Hold, in a session of its own, a lock that workers will have to wait for."""
        session = psycopg.connect(self.database_url)
        session.execute(lock)
        try:
            yield session
        finally:
            with suppress(psycopg.OperationalError):  # it may have been killed
                session.close()

    def wait_until_blocked(self, statements: int = 1) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as session:

            def blocked() -> int:
                return session.execute(WAITING).fetchall()[0][0]

            assert eventually(lambda: blocked() >= statements, patience=PATIENCE)

    def kill_database(self) -> None:
        """Kill the postmaster as the kernel would, and wait until another answers."""
        killed = pid_of(self.place, "postgres")
        os.kill(killed, signal.SIGKILL)
        assert eventually(lambda: pid_of(self.place, "postgres") not in (0, killed))
        assert eventually(lambda: self.client.sql("SELECT true"), patience=PATIENCE)
        connection.close()

    @contextmanager
    def broker_dead(self) -> Iterator[None]:
        """Its keeper, which would start it again, is asleep meanwhile."""
        keeper = pid_of(self.place, "keeper")
        os.kill(keeper, signal.SIGSTOP)
        os.kill(pid_of(self.place, "valkey"), signal.SIGKILL)
        try:
            yield
        finally:
            os.kill(keeper, signal.SIGCONT)
            assert eventually(self.redis.ping)

    def empty_broker(self) -> None:
        assert self.redis.llen(QUEUE)
        self.redis.flushall()
        assert not self.redis.llen(QUEUE)

    def wait_until_nobody_listens(self) -> None:
        """Else the broker would hand the next message to a process that sleeps."""
        assert eventually(lambda: not self.redis.info("clients")["blocked_clients"])

    def wait_until_queue_is_empty(self) -> None:
        assert eventually(lambda: not self.redis.llen(QUEUE))


def point_to(database: dict[str, Any], broker: str) -> None:
    connection.close()
    connection.settings_dict.update(database)
    kombu.pools.reset()
    celery_app.conf.broker_url = broker
    celery_app._pool = celery_app.amqp._producer_pool = None
