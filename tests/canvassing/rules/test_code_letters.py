"""Letters for candidates: recognisable, and each once."""

from canvassing.rules.code_letters import code_letters


def test_initials_then_numbers_make_each_code_unique() -> None:
    names = ["Birch Party", "Beech Party", "Bramble Party", "Upland League", ""]

    assert code_letters(names, taken=["U"]) == ["B", "BP", "B3", "UL", "C"]
