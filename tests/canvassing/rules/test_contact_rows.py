"""One row of another tool's file: read, or refused with the part that is wrong."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.rules.elector_numbers import ElectorNumber
from canvassing.rules.contact_rows import ROW_REASONS, ContactRow, RowRefused, read_row

UK = ZoneInfo("Europe/London")


def row(text: str = "BW1-4/1,2024-04-20", **cells: str) -> ContactRow:
    cells = {"number": "BW1-4/1", "said_at": "2024-04-20", **cells}
    return read_row(7, cells, source="mayor-2024/E08000031", text=text)


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        ({"number": "BW1-4/1"}, ElectorNumber("BW1", "4", "1")),
        ({"number": "KD-2/2-289/1"}, ElectorNumber("KD-2/2", "289", "1")),
        ({"number": "4", "number_prefix": "BW1"}, ElectorNumber("BW1", "4")),
        (
            {"number": "4", "number_prefix": "BW1", "number_suffix": "1"},
            ElectorNumber("BW1", "4", "1"),
        ),
        ({"number": "BW1-4", "number_prefix": "BW1"}, ElectorNumber("BW1", "4")),
    ],
)
def test_an_elector_number_is_read_whole_or_in_its_parts(
    cells: dict[str, str], number: ElectorNumber
) -> None:
    assert row(**cells).number == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-04-20", datetime(2024, 4, 20, 12, tzinfo=UK)),
        ("20/04/2024", datetime(2024, 4, 20, 12, tzinfo=UK)),
        ("20/4/2024 18:05", datetime(2024, 4, 20, 18, 5, tzinfo=UK)),
        ("2024-04-20T18:05:00", datetime(2024, 4, 20, 18, 5, tzinfo=UK)),
        ("2024-04-20T18:05:00+00:00", datetime(2024, 4, 20, 19, 5, tzinfo=UK)),
    ],
)
def test_a_day_is_read_as_people_and_as_programs_write_it(
    text: str, said: datetime
) -> None:
    assert row(said_at=text).said_at - said == timedelta(0)


@pytest.mark.parametrize(
    "names", [{"name": "Ivy Ann Marsh"}, {"surname": "Marsh", "forename": "Ivy Ann"}]
)
def test_a_person_is_known_by_name_and_address(names: dict[str, str]) -> None:
    read = row(
        number="", address="4 Quarry Lane, Bilston", postcode="wv14 6aa", **names
    )

    assert read.name_key == "MARSH IVY"
    assert read.address_key == row(address="4 QUARRY LANE, WV14 6AA").address_key


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"number": ""}, "names nobody"),
        ({"number": "", "name": "Ivy Marsh"}, "names nobody"),
        ({"number": "four"}, "'four' is not an elector number"),
        ({"said_at": ""}, "'' is not a day"),
        ({"said_at": "31/02/2024"}, "'31/02/2024' is not a day"),
        ({"pledge": "perhaps"}, "'perhaps' is neither yes nor no"),
        ({"uuid": "1"}, "'1' is not a UUID"),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_read_says_which_part(
    cells: dict[str, str], sentence: str
) -> None:
    with pytest.raises(RowRefused, match=sentence) as refused:
        row(**cells)

    assert refused.value.code in ROW_REASONS


def test_the_same_row_always_has_the_same_id_whatever_its_columns_are_taken_for() -> (
    None
):
    assert row(note="x").uuid == row().uuid
    assert row("BW1-4/1,2024-04-21").uuid != row().uuid
