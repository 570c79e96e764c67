"""What a volunteer is told of something that is held, in their language."""

from django.utils.translation import gettext as _

from canvassing.rules.contacts import Verdict
from canvassing.rules.field_items import FIELD_REASONS

UNREADABLE = "unreadable"


def reason_in_words(verdict: Verdict) -> str:
    """Empty where nothing is held. In what way it could not be read is for an organiser
    alone."""
    if verdict.code == UNREADABLE:
        return _(FIELD_REASONS[UNREADABLE])
    return _(verdict.reason) if verdict.reason else ""
