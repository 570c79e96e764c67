"""Every command and every task of ours is run by some test."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from campaigns.management.base import JsonCommand
from tests.house import source

OURS = ("config", "campaigns", "volunteers", "canvassing")


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


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_what_beat_sends_is_a_task_of_ours(name: str) -> None:
    module, _, task = settings.CELERY_BEAT_SCHEDULE[name]["task"].rpartition(".")

    assert getattr(import_module(module), task).name == f"{module}.{task}"


def commands() -> list[str]:
    """The demo apart, which answers nothing and runs until Ctrl-C."""
    named = [name for name, app in get_commands().items() if app in OURS]
    return sorted(set(named) - {"demo"})


@pytest.mark.parametrize("name", commands())
def test_a_command_answers_programs_by_json(name: str) -> None:
    assert isinstance(load_command_class(get_commands()[name], name), JsonCommand)
