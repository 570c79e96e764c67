"""Imports obey the house: which app may know which, and which layer which."""

import re
import sys
from pathlib import Path

import pytest

from tests.house import source

# Each app, and the apps it may import besides itself.
MAY_KNOW = {
    "campaigns": set(),
    "volunteers": {"campaigns"},
    "canvassing": {"campaigns", "volunteers"},
    "config": {"campaigns", "volunteers", "canvassing"},
}

# Inside an app: a layer, and the layers of any app it may not import.
EDGES = {"admin", "views", "api", "tasks", "management", "forms"}
WORK = {"actions", "reports", "importers", "exporters"}
MAY_NOT_IMPORT = {
    "models": EDGES | WORK | {"access", "registry"},
    "access": EDGES | WORK,
    "actions": EDGES | {"exporters"},
    "reports": EDGES | {"actions", "importers", "exporters"},
    "importers": EDGES | {"exporters", "reports"},
    "exporters": EDGES | {"importers"},
}
# What stands where it must, with the reason. A stale line fails.
EXCEPTIONS = {
    ("campaigns/actions/jobs.py", "campaigns.tasks"): "an action wakes the workers",
}


def app_imports(path: Path) -> set[str]:
    return {
        name
        for name in source.imports(path, at_run_time=True)
        if name.split(".")[0] in source.PACKAGES
    }


@pytest.mark.parametrize("path", source.modules(), ids=str)
def test_an_app_imports_only_the_apps_it_may_know(path: Path) -> None:
    app = path.parts[0]
    known = {name.split(".")[0] for name in app_imports(path)} - {app}

    assert known <= MAY_KNOW[app]


@pytest.mark.parametrize("app", source.APPS)
def test_a_page_leads_only_to_records_of_apps_that_its_own_may_know(app: str) -> None:
    pages = [path.read_text() for path in (source.ROOT / app).rglob("*.html")]
    led_to = set(re.findall(r"\badmin:([a-z]+)_", " ".join(pages)))

    assert led_to <= MAY_KNOW[app] | {app}


def layer_of(parts: tuple[str, ...]) -> str:
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def forbidden(path: Path) -> set[tuple[str, str]]:
    banned = MAY_NOT_IMPORT.get(layer_of(path.parts), set())
    return {
        (str(path), name)
        for name in app_imports(path)
        if layer_of(tuple(name.split("."))) in banned
    }


def test_a_layer_imports_only_what_lies_below_it() -> None:
    found = set().union(*(forbidden(path) for path in source.modules(*source.APPS)))
    modules = {(where, ".".join(name.split(".")[:2])) for where, name in found}

    assert modules == set(EXCEPTIONS)


@pytest.mark.parametrize(
    "path",
    [p for p in source.modules(*source.APPS) if layer_of(p.parts) == "rules"],
    ids=str,
)
def test_rules_need_nothing_but_the_standard_library_and_other_rules(
    path: Path,
) -> None:
    names = {tuple(name.split(".")) for name in source.imports(path)}
    others = {
        ".".join(parts)
        for parts in names
        if parts[0] not in sys.stdlib_module_names
        and not (parts[0] in source.APPS and layer_of(parts) == "rules")
    }

    assert others == set()
