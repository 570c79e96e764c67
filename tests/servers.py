"""A pytest plugin: the tests' own PostgreSQL, Valkey and files, there before Django is.

Loaded with `-p tests.servers`. Each run of the tests has its own databases, so that
several may share the servers, and each parallel worker its own Valkey database.
"""

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
import redis
from psycopg.errors import ObjectInUse

from config import embedded

CHECKOUT = Path(__file__).resolve().parent.parent
VALKEY_DATABASES = 1024
# Tells parallel workers, which inherit the environment, whose servers these are.
MARK = "COMMITTEE_ROOM_TESTS_EMBEDDED"
FILES = TemporaryDirectory(prefix="committee-room-")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Runs around pytest-django's own hook, which reads the settings."""
    given = set(os.environ)
    if embedded.start("test"):
        os.environ[MARK] = " ".join({"DATABASE_URL", "REDIS_URL"} - given)
        if "DATABASE_URL" not in given:
            database_url = os.environ["DATABASE_URL"]
            remove_databases_of_dead_runs(database_url)
            os.environ["DATABASE_URL"] = with_name_ending(database_url, os.getpid())
    if is_embedded("REDIS_URL"):
        os.environ["REDIS_URL"] = valkey_of_this_process(os.environ["REDIS_URL"])
    os.environ["PRIVATE_FILES"] = FILES.name
    return (yield)


def pytest_unconfigure() -> None:
    FILES.cleanup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Copy each test database from one that has been migrated already."""
    from django.conf import settings

    if is_embedded("DATABASE_URL"):
        test = settings.DATABASES["default"].setdefault("TEST", {})
        test["TEMPLATE"] = migrated_template(os.environ["DATABASE_URL"])


def is_embedded(variable: str) -> bool:
    return variable in os.environ.get(MARK, "").split()


def with_name_ending(url: str, ending: object) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_{ending}"))


def on_server(url: str) -> psycopg.Connection:
    return psycopg.connect(url, dbname="postgres", autocommit=True)


def remove_databases_of_dead_runs(url: str) -> None:
    with on_server(url) as connection:
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


def migrated_template(url: str) -> str:
    """The database with the migrations of now; made once for all runs and workers."""
    from config.schema import digest_of_migrations

    name = f"template_{digest_of_migrations()[:16]}"
    with on_server(url) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('template'))")
        templates = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'"
        ).fetchall()
        if (name,) not in templates:
            for (old,) in templates:
                with suppress(ObjectInUse):
                    connection.execute(f'DROP DATABASE "{old}"')
            connection.execute("CREATE DATABASE template_new")
            migrate(urlunsplit(urlsplit(url)._replace(path="/template_new")))
            connection.execute(f'ALTER DATABASE template_new RENAME TO "{name}"')
    return name


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": url},
        check=True,
    )


def valkey_of_this_process(url: str) -> str:
    """An empty database, by process id: the controller and each worker have one."""
    number = 1 + os.getpid() % (VALKEY_DATABASES - 1)
    url = f"{url.partition('?')[0]}?db={number}"
    redis.Redis.from_url(url).flushdb()
    return url
