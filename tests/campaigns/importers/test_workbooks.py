"""Excel workbooks that are not what they say."""

import zipfile
from pathlib import Path

import pytest

from campaigns.importers.tables import TableRefused, file_facts, open_table


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused_unread(
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/sharedStrings.xml", "w", force_zip64=True) as strings,
    ):
        for _ in range(100):
            strings.write(b" " * 1024**2)

    with pytest.raises(TableRefused) as refused:
        open_table(path, file_facts(path))

    assert refused.value.code == "too_large_unpacked"
