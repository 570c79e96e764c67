"""Every rule of law has a page with worked examples, and every page is in the list."""

from pathlib import Path

import pytest

from tests.house import source

PAGES = Path(source.ROOT, "docs/rules")
# Modules without a page, with the reason. A stale line fails.
NO_LAW = {
    "addresses": "how addresses are read",
    "elector_numbers": "how registers print numbers",
    "file_types": "how files are recognised",
    "figures": "the shape of a figure",
    "law": "the list of all figures",
    "likely_days": "how a slip of the pen is told",
    "mail_retries": "how often an e-mail is tried again",
    "marked": "how sentences are marked for translation",
    "marks": "how sure a figure is: in the list of pages",
    "polling_stations": "how a file is read",
    "postcodes": "how postcodes are tidied",
    "refusals": "how the product says no",
    "register_dates": "how a file is read",
    "spreadsheets": "how cells are written",
    "steps": "the shape of a working",
    "supply_terms": "how long a register copy is kept: in the supply's own terms",
}


def rules() -> set[str]:
    return {path.stem for path in Path(source.ROOT, "campaigns/rules").glob("*.py")} - {
        "__init__"
    }


def told() -> str:
    return "\n".join(path.read_text("utf-8") for path in PAGES.glob("*.md"))


@pytest.mark.parametrize("rule", sorted(rules() - set(NO_LAW)))
def test_a_rule_has_a_page(rule: str) -> None:
    assert f"{rule}.py`" in told()


def test_the_list_of_rules_without_a_page_is_current() -> None:
    assert set(NO_LAW) <= rules()


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("*.md")))
def test_a_page_is_in_the_list(page: str) -> None:
    assert page == "README.md" or f"({page})" in (PAGES / "README.md").read_text(
        "utf-8"
    )
