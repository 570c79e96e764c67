"""A pytest plugin: the tests' own PostgreSQL and Valkey, up before Django is.

Loaded with `-p tests.servers`. Each run of the tests has its own databases, so that
several may share the servers, and each parallel worker its own Valkey database.
"""

import os
from collections.abc import Generator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis

from config import embedded

VALKEY_DATABASES = 1024
MARK = "COMMITTEE_ROOM_TESTS_EMBEDDED"  # tells parallel workers, which inherit all this


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Runs around pytest-django's own hook, which reads the settings."""
    given = set(os.environ)
    place = embedded.start("test")
    if place:
        os.environ[MARK] = "1"
    if place and "DATABASE_URL" not in given:
        remove_databases_of_dead_runs(os.environ["DATABASE_URL"])
        os.environ["DATABASE_URL"] = database_of_this_run(os.environ["DATABASE_URL"])
    if os.environ.get(MARK) and urlsplit(os.environ["REDIS_URL"]).scheme == "unix":
        os.environ["REDIS_URL"] = valkey_of_this_process(os.environ["REDIS_URL"])
    return (yield)


def database_of_this_run(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_{os.getpid()}"))


def remove_databases_of_dead_runs(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database"
            " WHERE datname ~ '^test_committee_room_[0-9]'"
        ).fetchall()
        for (name,) in names:
            if not is_alive(int(name.split("_")[3])):
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def valkey_of_this_process(url: str) -> str:
    """An empty database, by process id: the controller and each worker have one."""
    number = 1 + os.getpid() % (VALKEY_DATABASES - 1)
    url = f"{url.partition('?')[0]}?db={number}"
    redis.Redis.from_url(url).flushdb()
    return url
