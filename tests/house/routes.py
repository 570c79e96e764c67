"""The routes of the site as the address map has them, and samples of what they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

PARAMETER = re.compile(r"\(\?P<(\w+)>|<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Found:
    """A named route with the names of its parameters."""

    name: str
    parameters: tuple[str, ...]

    def address(self, samples: dict[str, Any]) -> str:
        named = {
            parameter: samples.get(f"{self.name}.{parameter}", samples.get(parameter))
            for parameter in self.parameters
        }
        return reverse(self.name, kwargs=named)


def routes() -> list[Found]:
    """All of them, the admin's apart, which has a walk of its own.

    The account's come last: they change how one is signed in.
    """
    found = (one for one in _walk(get_resolver()) if not one.name.startswith("admin:"))
    return sorted(found, key=lambda one: one.name.startswith("account:"))


def _walk(
    resolver: URLResolver, before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[Found]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            names = [a or b for a, b in PARAMETER.findall(route)]
            yield Found(":".join((*spaces, pattern.name or route)), tuple(names))
