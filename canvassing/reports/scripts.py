"""Scripts as the rules read them: their questions and what each allows."""

from collections.abc import Collection

from campaigns.models import Campaign
from canvassing.models import Question
from canvassing.rules.scripts import QuestionRule, ScriptRule


def script_rules(
    campaign: Campaign, script_ids: Collection[int]
) -> dict[int, ScriptRule]:
    """By id, those of the campaign that were published; retired ones are among them:
    what was asked by an older version is still what was asked."""
    if not script_ids:
        return {}
    questions = (
        Question.objects.filter(
            script__in=script_ids,
            script__campaign=campaign,
            script__published_at__isnull=False,
        )
        .select_related("show_if")
        .order_by("script_id", "position")
    )
    found: dict[int, ScriptRule] = {}
    for question in questions:
        script = found.setdefault(
            question.script_id, ScriptRule(question.script_id, {})
        )
        script.questions[question.key] = rule_of(question)
    return found


def rule_of(question: Question) -> QuestionRule:
    earlier = question.show_if
    return QuestionRule(
        id=question.pk,
        key=question.key,
        kind=question.kind,
        options=frozenset(option["code"] for option in question.options),
        shown_if=earlier.key if earlier else "",
        shown_if_answers=frozenset(question.show_if_answers),
    )
