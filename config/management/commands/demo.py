"""`manage.py demo`: the whole site with an invented campaign, until Ctrl-C."""

import json
import os
import socket
import sys
from argparse import ArgumentTypeError
from collections.abc import Iterable, Mapping
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.processes import Child, Manager

HOST = "127.0.0.1"
PORTS_TRIED = 20


class Command(BaseCommand):
    help = "Load the demo and run web, worker and beat until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--now", type=moment, help="e.g. 2024-05-02T17:40")
        parser.add_argument("--electors", type=int, help="2018546 is the whole region")

    def handle(self, *args: Any, **options: Any) -> None:
        os.environ.setdefault("LOG_LEVEL", "WARNING")  # for the children
        call_command("migrate", verbosity=0)
        demo = self.load(electors=options["electors"], now=options["now"])
        with self.listen(options["port"]) as listener:
            port = listener.getsockname()[1]
            os.environ.setdefault("PUBLIC_URL", f"http://{HOST}:{port}")
            self.stdout.write("Starting web, worker and beat …")
            Manager(processes(listener), self.stderr.write).run(
                when_ready=lambda: self.welcome(f"http://{HOST}:{port}", demo),
                ready=lambda: answers(port),
            )
        self.stdout.write("Stopped.")

    def load(self, **options: Any) -> dict[str, Any]:
        """What `load_demo` answers: the sign-ins and the tour."""
        given = [f"--{name}={value}" for name, value in options.items() if value]
        output = StringIO()
        try:
            # What it says on the way is for the person; its answer is for us.
            call_command(
                "load_demo", "--json", *given, stdout=output, stderr=self.stdout
            )
        except SystemExit as refused:
            error = json.loads(output.getvalue().splitlines()[-1])["error"]
            raise CommandError(error["message"]) from refused
        answer: dict[str, Any] = json.loads(output.getvalue().splitlines()[-1])
        return answer

    def listen(self, wanted: int) -> socket.socket:
        for port in range(wanted, wanted + PORTS_TRIED):
            try:
                listener = socket.create_server((HOST, port), backlog=128)
            except OSError:
                self.stdout.write(f"Port {port} is busy; trying the next one.")
            else:
                return listener
        raise CommandError(f"No port from {wanted} on is free: choose one with PORT=.")

    def welcome(self, address: str, demo: Mapping[str, Any]) -> None:
        links = [
            row | {"path": address + row["path"]} if "path" in row else row
            for row in demo["tour"]
        ]
        self.stdout.write(f"\nCommittee Room is at {address}/\n\nSign in as\n")
        self.stdout.writelines(table(demo["sign_ins"]))
        self.stdout.write("\nA tour in five minutes\n")
        self.stdout.writelines(table(links))
        self.stdout.write("\nCtrl-C stops everything.")
        self.stdout.flush()


def processes(listener: socket.socket) -> list[Child]:
    """In the order in which they are to end."""
    python, celery = sys.executable, ("-m", "celery", "--quiet", "--app", "config")
    unwarned = ("-W", "ignore:No directory at")  # static files are not collected here
    descriptor = listener.fileno()
    # The manager holds the listening socket, so that a restart refuses nobody.
    web = f"--bind=fd://{descriptor} --worker-class=gthread --workers=2 --threads=4"
    quiet = "--log-level=warning --graceful-timeout=5 --no-control-socket"
    as_root = ("-W", "ignore:You're running the worker with superuser")
    worker = "--concurrency=2 --loglevel=WARNING --without-gossip --without-mingle"
    beat = "--scheduler=celery.beat:Scheduler --pidfile= --loglevel=WARNING"
    return [
        Child(
            "web",
            [
                python,
                *unwarned,
                "-m",
                "gunicorn",
                "config.wsgi",
                *web.split(),
                *quiet.split(),
            ],
            [descriptor],
        ),
        Child("worker", [python, *as_root, *celery, "worker", *worker.split()]),
        Child("beat", [python, *celery, "beat", *beat.split()]),
    ]


def answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def table(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The values of each row, one column under the other."""
    cells = [[str(value) for value in row.values()] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  "
        + "   ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        + "\n"
        for row in cells
    ]


def moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not like 2024-05-02T17:40") from error
