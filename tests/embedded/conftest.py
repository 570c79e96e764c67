import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def state() -> Iterator[Path]:
    """A state folder that any user can pass, used by one test after the other."""
    folder = Path(tempfile.mkdtemp(prefix="committee-room-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)
