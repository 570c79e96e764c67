"""The code as text and as trees, for the tests that guard the house."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("campaigns", "volunteers", "canvassing")
PACKAGES = (*APPS, "config")


def modules(*packages: str) -> list[Path]:
    """Our own modules, migrations apart."""
    return [
        path.relative_to(ROOT)
        for package in packages or PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imports(path: Path, *, at_run_time: bool = False) -> Iterator[str]:
    """Dotted names that a module imports.

    With `at_run_time` what stands under TYPE_CHECKING is left out.
    """
    for node in _walk(tree(path), skip_type_checking=at_run_time):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _walk(node: ast.AST, *, skip_type_checking: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if (
            skip_type_checking
            and isinstance(child, ast.If)
            and ast.unparse(child.test) == "TYPE_CHECKING"
        ):
            continue
        yield child
        yield from _walk(child, skip_type_checking=skip_type_checking)
