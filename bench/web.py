"""The web processes as `docker/entrypoint.sh` starts them, for measures over HTTP."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORKERS = 2
THREADS = 8
PATIENCE = 30


@contextmanager
def web_processes() -> Iterator[str]:
    """Host and port of gunicorn, which listens on this machine alone."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(2048)
        host, port = listener.getsockname()
        process = subprocess.Popen(
            [
                *(sys.executable, "-W", "ignore", "-m", "gunicorn", "config.wsgi"),
                *(f"--bind=fd://{listener.fileno()}", "--worker-class=gthread"),
                *(f"--workers={WORKERS}", f"--threads={THREADS}"),
                *("--max-requests=50000", "--max-requests-jitter=5000"),
                *("--backlog=2048", "--log-level=error", "--no-control-socket"),
            ],
            pass_fds=[listener.fileno()],
        )
        try:
            _wait_until_it_answers(process, host, port)
            yield f"{host}:{port}"
        finally:
            process.terminate()
            process.wait()


def _wait_until_it_answers(
    process: subprocess.Popen[bytes], host: str, port: int
) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.create_connection((host, port), timeout=PATIENCE) as connection:
            connection.sendall(b"GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
            if connection.recv(1):
                return
    raise AssertionError("The web processes did not start.")
