"""The script as a phone follows it: what to say, and what to ask."""

from typing import Any, Final

from campaigns.models import Campaign
from canvassing.models import Question, Script, ScriptChannel

# Filled in with whom the campaign is for, as it is when somebody asks.
US: Final = "{candidate}"


def script_of(
    campaign: Campaign, *, chosen: Script | None, channel: str = ScriptChannel.DOOR
) -> dict[str, Any] | None:
    """The script chosen for the session, else the campaign's newest of that channel;
    None where none is published (docs/field-protocol.md)."""
    script = chosen or newest_script(campaign, channel=channel)
    if script is None:
        return None
    questions = script.questions.select_related("show_if").order_by("position")
    us = who_we_are(campaign)
    return {
        "id": script.pk,
        "opening": script.opening.replace(US, us),
        "closing": script.closing.replace(US, us),
        "questions": [_question(question, us) for question in questions],
    }


def who_we_are(campaign: Campaign) -> str:
    """Our candidate, or all of joint ones; before there is one, the organisation."""
    ours = campaign.candidates.filter(is_ours=True).order_by("position", "pk")
    names = [candidate.name for candidate in ours]
    return " and ".join(names) or campaign.organisation.name


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


def _question(question: Question, us: str) -> dict[str, Any]:
    earlier = question.show_if
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text.replace(US, us),
        "options": question.options,
        "show_if": {"key": earlier.key, "answers": question.show_if_answers}
        if earlier
        else None,
    }
