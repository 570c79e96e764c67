"""Celery workers as they are started for real, and killed."""

import os
import signal
import subprocess
import sys

from tests.servers import CHECKOUT
from tests.workers.own_servers import OwnServers

WORKER = "-m celery --app config worker --without-gossip --without-mingle -l INFO"


class Worker:
    """A worker and its children, in a process group of their own."""

    def __init__(self, servers: OwnServers, children: int) -> None:
        own = {
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        self.process = subprocess.Popen(
            [sys.executable, *WORKER.split(), f"--concurrency={children}"],
            cwd=CHECKOUT,
            env=os.environ | own,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def lives(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """To all its processes at once."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        if self.lives():
            self.signal(signal.SIGKILL)
        self.process.wait()


class Workers:
    """Those of one test."""

    def __init__(self, servers: OwnServers) -> None:
        self.servers = servers
        self.started: list[Worker] = []

    def start(self, *, children: int = 2) -> Worker:
        worker = Worker(self.servers, children)
        self.started.append(worker)
        return worker

    def kill(self) -> None:
        for worker in self.started:
            worker.kill()
