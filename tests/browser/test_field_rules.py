"""What the pages reckon without a server: time left, a street's numbers, the map."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINUTE, SINGLY = 60_000, [0, 60_000, 120_000, 180_000, 240_000]
MINUTES_EACH = """async ([times, knockers]) => {
    const { minutesEach } = await import("/static/field/pace.js");
    return minutesEach(times, knockers);
}"""


@pytest.fixture
def page(open_page: Any) -> Any:
    page = open_page(None)
    page.goto("/field/")
    return page


@pytest.mark.parametrize(
    ("times", "knockers", "minutes"),
    [
        ([], 1, 1.5),
        ([], 3, 0.5),
        ([], 0, 1.5),
        ([0, 60_000, 60_010, 60_020, 60_500], 1, 1.5),
        (SINGLY, 1, 1),
        (SINGLY, 4, 1),
        ([*SINGLY, 840_000, 840_010, 840_020, 840_030], 1, 1),
        ([1000 * at for at in range(5)], 1, 0.3),
        ([60 * MINUTE * at for at in range(5)], 1, 6),
    ],
    ids=[
        "the usual pace of one",
        "which is shared by all who knock",
        "somebody always does",
        "a run of four after one door is no pace yet",
        "five doors one after the other are",
        "and are what all of them did together",
        "a run among them says nothing of how long a door takes",
        "nobody is quicker than that",
        "and a pause is no pace",
    ],
)
def test_how_long_a_door_takes(
    page: Any, times: list[int], knockers: int, minutes: float
) -> None:
    assert page.evaluate(MINUTES_EACH, [times, knockers]) == pytest.approx(minutes)


SPAN = """async (numbers) => {
    const { spanOf } = await import("/static/field/span.js");
    return spanOf(numbers.map((number) => ({ number })));
}"""


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1 3 43A 51 50 48 2", "1 to 51, back 50 to 2"),
        ("51 3 1 2 50", "51 to 1, back 2 to 50"),
        ("1 3 5 2 4 6", "1 to 5, then 2 to 6"),
        ("1 3 5 6", "1 to 5, back 6"),
        ("2 4 48", "2 to 48, even"),
        ("9 7 5", "9 to 5, odd"),
        ("1 2 3 4", "1 to 4"),
        ("1 5 3 4", "1 to 5"),
        ("7", ""),
        ("The Cottage", ""),
    ],
)
def test_the_numbers_of_a_street_are_said_as_one_walks_them(
    page: Any, numbers: str, said: str
) -> None:
    given = [numbers] if " " in numbers and "C" in numbers else numbers.split()
    assert page.evaluate(SPAN, given) == said


# Three postcodes near each other, with so many doors each, and a street of doors that
# are known one by one; and what the layout makes of them, in parts of a cell.
LAID_OUT = """async () => {
    const { CELL, layout } = await import("/static/field/layout.js");
    const doors = [];
    const add = (street, count, latitude, longitude, step) => {
        for (let i = 0; i < count; i += 1)
            doors.push({ street, latitude: latitude + i * step, longitude });
    };
    add("Alamein Road", 26, 52.58, -2.07, 0);
    add("Alamein Road", 11, 52.5801, -2.0701, 0);
    add("Tobruk Close", 15, 52.5801, -2.07, 0);
    add("Mareth Lane", 8, 52.5805, -2.07, 0.00005);
    const said = layout(doors);
    const again = layout(doors);
    return [said, again].map(({ doors, names, width, height }) => ({
        doors: doors.map(({ door, x, y }) => [door.street, x / CELL, y / CELL]),
        names: names.map(({ name, x, y }) => [name, x / CELL, y / CELL]),
        size: [width / CELL, height / CELL],
    }));
}"""


def test_no_door_of_the_map_lies_over_another_and_each_street_is_named(
    page: Any,
) -> None:
    said, again = page.evaluate(LAID_OUT)

    assert said == again
    assert len(said["doors"]) == 60
    close = [
        (one, other)
        for i, one in enumerate(said["doors"])
        for other in said["doors"][i + 1 :]
        if max(abs(one[1] - other[1]), abs(one[2] - other[2])) < 0.99
    ]
    assert close == []
    names = sorted(name for name, *_ in said["names"])
    assert names == ["Alamein Road", "Alamein Road", "Mareth Lane", "Tobruk Close"]
    wide, high = said["size"]
    assert all(0.5 <= x <= wide and 0.5 <= y <= high for _, x, y in said["doors"])
    for name, x, y in said["names"]:
        nearest = min(
            said["doors"], key=lambda door: (door[1] - x) ** 2 + (door[2] - y) ** 2
        )
        assert nearest[0] == name
