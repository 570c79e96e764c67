"""Who uses the servers, and who ends them."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from config import embedded
from tests.embedded.clients import Client, eventually, is_left_behind, pid_of


def test_the_servers_answer_on_private_sockets_only(state: Path) -> None:
    client = Client(state).started()

    assert client.broker_answers()
    assert client.sql("SHOW listen_addresses") == ""
    assert client.sql("SELECT lower('ŁÉŴ')") == "łéŵ"
    assert client.place.sockets.stat().st_mode & 0o777 == 0o700

    client.leave()
    assert not is_left_behind(client.place)


def test_the_last_to_leave_ends_them_before_it_is_gone(state: Path) -> None:
    first = Client(state).started()
    second = Client(state).started()
    assert second.database_url == first.database_url

    first.leave()
    assert second.sql("SELECT 1") == 1

    second.leave()
    assert not is_left_behind(second.place)
    with pytest.raises(psycopg.OperationalError):
        second.sql("SELECT 1")


def test_processes_that_start_at_the_same_moment_share_them(state: Path) -> None:
    clients = [client.started() for client in [Client(state) for _ in range(3)]]

    assert len({client.database_url for client in clients}) == 1
    assert {client.sql("SELECT 1") for client in clients} == {1}

    for client in clients:
        client.process.stdin.close()
    for client in clients:
        client.process.wait()
    assert eventually(lambda: not is_left_behind(clients[0].place))


def test_one_who_comes_while_they_end_gets_them_anew(state: Path) -> None:
    leaving = Client(state).started()

    leaving.process.stdin.close()
    coming = Client(state).started()

    assert coming.sql("SELECT 1") == 1
    leaving.process.wait()
    assert coming.sql("SELECT 1") == 1
    coming.leave()


def test_a_killed_client_leaves_nothing_behind(state: Path) -> None:
    client = Client(state).started()

    client.kill()

    assert eventually(lambda: not is_left_behind(client.place))


def test_a_client_killed_while_they_start_leaves_nothing_behind(state: Path) -> None:
    place = Client(state).started()
    place.leave()

    client = Client(state)
    assert eventually(lambda: is_left_behind(place.place))
    client.kill()

    assert eventually(lambda: not is_left_behind(place.place))


def test_ctrl_c_in_the_client_does_not_reach_the_servers(state: Path) -> None:
    client = Client(state, start_new_session=True).started()
    other = Client(state).started()

    os.killpg(client.process.pid, signal.SIGINT)
    client.process.wait()

    assert other.sql("SELECT 1") == 1
    other.leave()


def test_servers_named_by_the_environment_are_used_instead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/committee_room")
    monkeypatch.setenv("REDIS_URL_FILE", "/run/secrets/redis_url")

    assert embedded.start("local") is None


def test_without_any_postgresql_the_refusal_says_what_to_do(state: Path) -> None:
    client = Client(state, env={"COMMITTEE_ROOM_POSTGRES": "/nowhere"})

    assert "run `make setup`, or set DATABASE_URL" in client.refusal()


def test_the_pid_of_each_server_is_on_record(state: Path) -> None:
    client = Client(state).started()

    for name in ("keeper", "postgres", "valkey"):
        os.kill(pid_of(client.place, name), 0)
    client.leave()
