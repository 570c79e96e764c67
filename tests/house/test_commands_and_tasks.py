"""Every command and every task of ours is run by some test."""

from pathlib import Path

import pytest

from tests.house import source


def names_to_test() -> list[str]:
    commands = [
        path.stem
        for path in source.modules()
        if "commands" in path.parts and path.stem != "__init__"
    ]
    tasks = [
        node.name
        for path in source.modules()
        if path.name == "tasks.py"
        for node in source.tree(path).body
        if hasattr(node, "decorator_list") and node.decorator_list
    ]
    return [*commands, *tasks]


def all_tests() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(source.ROOT, "tests").rglob("test_*.py")
    )


@pytest.mark.parametrize("name", names_to_test())
def test_a_command_or_task_is_run_by_some_test(name: str) -> None:
    assert name in all_tests()
