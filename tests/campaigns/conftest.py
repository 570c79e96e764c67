"""The registrar of Wolverhampton."""

from pathlib import Path

import pytest

from campaigns.models import Council, Organisation
from tests.campaigns.registers import Registrar


@pytest.fixture
def registrar(
    tmp_path: Path, organisation: Organisation, council: Council
) -> Registrar:
    return Registrar(tmp_path, organisation, council)
