"""The script as a phone follows it: what to say, and what to ask."""

from typing import Any

from campaigns.models import Campaign
from canvassing.models import Question, Script, ScriptChannel


def script_of(
    campaign: Campaign, *, chosen: Script | None, channel: str = ScriptChannel.DOOR
) -> dict[str, Any] | None:
    """The script chosen for the session, else the campaign's newest of that channel;
    None where none is published (docs/field-protocol.md)."""
    script = chosen or newest_script(campaign, channel=channel)
    if script is None:
        return None
    questions = script.questions.select_related("show_if").order_by("position")
    return {
        "id": script.pk,
        "opening": script.opening,
        "closing": script.closing,
        "questions": [_question(question) for question in questions],
    }


def newest_script(campaign: Campaign, *, channel: str) -> Script | None:
    return (
        Script.objects.filter(
            campaign=campaign,
            channel=channel,
            published_at__isnull=False,
            retired_at=None,
        )
        .order_by("-published_at", "-pk")
        .first()
    )


def _question(question: Question) -> dict[str, Any]:
    earlier = question.show_if
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "options": question.options,
        "show_if": {"key": earlier.key, "answers": question.show_if_answers}
        if earlier
        else None,
    }
