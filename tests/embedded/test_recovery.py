"""What `kill -9` does to the servers and to what was committed."""

import os
import signal
from pathlib import Path

from tests.embedded.clients import Client, eventually, is_left_behind, pid_of


def test_a_killed_database_is_back_with_every_committed_row(state: Path) -> None:
    client = Client(state).started()
    client.sql("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")

    os.kill(pid_of(client.place, "postgres"), signal.SIGKILL)

    assert eventually(lambda: client.sql("SELECT count(*) FROM kept") == 1000)
    client.sql("DROP TABLE kept")
    client.leave()
    assert not is_left_behind(client.place)


def test_a_killed_broker_is_back(state: Path) -> None:
    client = Client(state).started()
    killed = pid_of(client.place, "valkey")

    os.kill(killed, signal.SIGKILL)

    assert eventually(lambda: pid_of(client.place, "valkey") != killed)
    assert eventually(client.broker_answers)
    client.leave()


def test_servers_whose_keeper_was_killed_end_with_the_last_client(state: Path) -> None:
    client = Client(state).started()

    os.kill(pid_of(client.place, "keeper"), signal.SIGKILL)
    assert client.sql("SELECT 1") == 1

    client.leave()
    assert not is_left_behind(client.place)


def test_after_keeper_and_client_were_killed_the_next_starts_afresh(
    state: Path,
) -> None:
    killed = Client(state).started()
    os.kill(pid_of(killed.place, "keeper"), signal.SIGKILL)
    killed.kill()
    orphan = pid_of(killed.place, "postgres")

    client = Client(state).started()

    assert pid_of(client.place, "postgres") != orphan
    assert client.sql("SELECT 1") == 1
    client.leave()
    assert not is_left_behind(client.place)


def test_a_stale_pid_file_that_names_a_living_process_is_no_hindrance(
    state: Path,
) -> None:
    client = Client(state).started()
    client.leave()
    (client.place.folder / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    client = Client(state).started()

    assert client.sql("SELECT 1") == 1
    client.leave()
