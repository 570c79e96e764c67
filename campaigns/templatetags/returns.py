"""From a line of a return to what it was made from."""

from django import template
from django.urls import reverse

from campaigns.reports.return_checks import Check
from campaigns.reports.return_form import Line

register = template.Library()
# Rows that have a page of their own, by whose name they go in its address.
PAGES = ("expense", "invoice", "donation")


@register.filter
def source(line: Line | Check, campaign: str) -> str:
    """The address of its expense, invoice, donation, authority or file, in the campaign
    of this short name; empty where it has none, as has another campaign's paper."""
    kind, _, key = line.key.partition(":")
    if isinstance(line, Line) and kind == "moneydocument":
        last, _, file = line.rows[-1].partition(":")
        return reverse("file", kwargs={"file": file}) if last == "storedfile" else ""
    if kind in PAGES:
        return reverse(kind, kwargs={"campaign": campaign, kind: key})
    if kind == "authority":
        return reverse("spending-authorities", kwargs={"campaign": campaign})
    return ""
