"""Where the servers of one purpose keep their files, and as whom they run."""

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import lock

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class ServersRefused(Exception):
    """The embedded servers cannot be had here; the message says why and what to do."""


@dataclass(frozen=True)
class Place:
    """The state folder of one purpose (`local`, `test`) and PostgreSQL version."""

    purpose: str
    folder: Path

    @property
    def sockets(self) -> Path:
        """A short private folder: a socket's path has room for 100 characters."""
        return (self.folder / "sockets").readlink()

    @property
    def log(self) -> Path:
        return self.folder / "servers.log"

    def secret(self) -> str:
        """A key that stays the same from one run to the next, readable by its owner."""
        file = self.folder / "secret"
        with lock.held(self.folder / "secret.lock"):
            if not file.exists():
                with os.fdopen(lock.open_file(file), "w") as new:
                    new.write(secrets.token_urlsafe(50))
        return file.read_text()

    def renew_sockets(self) -> None:
        self.remove_sockets()
        folder = tempfile.mkdtemp(prefix="committee-room-", dir="/tmp")
        give(Path(folder))
        (self.folder / "sockets").symlink_to(folder)

    def remove_sockets(self) -> None:
        link = self.folder / "sockets"
        if link.is_symlink():
            shutil.rmtree(link.readlink(), ignore_errors=True)
            link.unlink()


def make_place(purpose: str, major: int) -> Place:
    """The state folder, made where the user that runs the servers can reach it."""
    state = Path(os.environ.get("COMMITTEE_ROOM_STATE") or CHECKOUT / ".local")
    folder = state.absolute() / f"{purpose}-{major}"
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    except FileExistsError:  # a link whose folder was cleaned away
        folder.unlink()
        folder.mkdir(mode=0o711)
    if not reaches(folder):
        folder.rmdir()
        elsewhere = tempfile.mkdtemp(prefix="committee-room-", dir="/var/tmp")
        os.chmod(elsewhere, 0o711)  # noqa: S103 - others may pass, not look
        folder.symlink_to(elsewhere)
    return Place(purpose, folder.resolve())


def run_as() -> dict[str, Any]:
    """What `subprocess` needs: PostgreSQL refuses root, so there it is `nobody`."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(path: Path) -> None:
    """Hand a file or folder over to the user that runs the servers."""
    if owner := run_as():
        os.chown(path, owner["user"], owner["group"])


def reaches(path: Path) -> bool:
    """Whether the user that runs the servers can enter or execute `path`."""
    probe = subprocess.run(["test", "-x", str(path)], cwd="/", **run_as())
    return probe.returncode == 0
