"""What the tables of the admin need to be read on a phone."""

from collections.abc import Iterable, Iterator, Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def under(
    cells: Iterable[SafeString], headers: Iterable[Mapping[str, str]]
) -> Iterator[SafeString]:
    """Each cell with the words of the column that it stands under, if it has any."""
    for cell, header in zip(cells, headers, strict=False):
        if "<" in header["text"]:  # the box that ticks all
            yield cell
            continue
        label = format_html('<td data-label="{}"', capfirst(header["text"]))
        # The admin has escaped the cell; only its opening tag is written anew.
        yield mark_safe(cell.replace("<td", label, 1))  # noqa: S308
