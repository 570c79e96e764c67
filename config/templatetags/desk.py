"""Numbers, money and icons as every page writes them."""

from decimal import Decimal
from uuid import uuid4

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from campaigns.models import Job
from campaigns.reports.jobs import seconds_left
from campaigns.rules import money
from campaigns.views.once import FIELD

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon that says nothing by itself: a word always stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("site/icons.svg"),
        name,
    )


@register.simple_tag
def once() -> SafeString:
    """The key of a form by which a second sending of it is known."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid4())


@register.filter
def count(number: int | str | None) -> str:
    """12,345; a dash where nothing is known, which a template may say as ''."""
    return f"{number:,}" if isinstance(number, int) else "–"


@register.filter
def pounds(amount: Decimal | int | str | None) -> str:
    """£1,234.56, −£5.00; a dash where nothing is known."""
    if amount is None or isinstance(amount, str):
        return "–"
    return money.pounds(Decimal(amount))


@register.filter
def pounds_off(amount: Decimal) -> str:
    """−£5.00, of five pounds that are taken away."""
    return money.pounds(-amount)


register.filter(money.whole_pounds)


@register.filter
def percent(part: float | Decimal | None, whole: float | Decimal | None) -> str:
    """`9.1 %` of a whole below ten, `64 %` above; a dash where there is no whole."""
    if part is None or not whole:
        return "–"
    share = 100 * float(part) / float(whole)
    return f"{share:.1f} %" if 0 < share < 10 else f"{share:.0f} %"


@register.filter
def time_left(job: Job) -> str:
    """`about 40 s left`, `about 3 min left`; nothing where it is not known."""
    seconds = seconds_left(job, now=timezone.now())
    if seconds is None:
        return ""
    if seconds < 90:
        return f"about {seconds} s left"
    return f"about {round(seconds / 60)} min left"
