"""Short files and short functions: a newcomer reads one on a screen or two."""

import ast
from pathlib import Path

import pytest

from tests.house import source

MODULE_LINES = 420
FUNCTION_LINES = 60


@pytest.mark.parametrize("path", source.modules(), ids=str)
def test_a_module_is_short(path: Path) -> None:
    lines = (source.ROOT / path).read_text(encoding="utf-8").count("\n")

    assert lines <= MODULE_LINES


@pytest.mark.parametrize("path", source.modules(), ids=str)
def test_every_function_of_a_module_is_short(path: Path) -> None:
    long = {
        node.name: (node.end_lineno or node.lineno) - node.lineno
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LINES
    }

    assert long == {}


@pytest.mark.parametrize("path", source.modules(), ids=str)
def test_a_module_opens_with_a_sentence_on_what_lives_there(path: Path) -> None:
    text = (source.ROOT / path).read_text(encoding="utf-8").strip()
    if not text or path.name in {"apps.py", "__init__.py"}:
        return

    assert ast.get_docstring(source.tree(path))
