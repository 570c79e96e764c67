"""What is typed about scripts and their questions."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from canvassing.actions.scripts import QuestionDraft
from canvassing.forms.gotv_lists import ReasonField
from canvassing.models import (
    IntentionCode,
    Question,
    QuestionKind,
    Script,
    ScriptChannel,
)

BETWEEN = ":"


class ScriptForm(forms.Form):
    name = forms.CharField(max_length=100, label="What is it called?")
    channel = forms.ChoiceField(
        choices=ScriptChannel.choices,
        widget=forms.RadioSelect,
        initial=ScriptChannel.DOOR,
        label="Where is it used?",
    )


class WordsForm(forms.Form):
    """What is said before and after the questions."""

    opening = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="To begin with",
        help_text=(
            "Say for whom you come. {candidate}, {elector} and {volunteer} are filled"
            " in."
        ),
    )
    closing = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="To end with",
    )


class QuestionForm(forms.Form):
    """One question, with its answers one on a line."""

    text = forms.CharField(max_length=300, label="What is asked?")
    kind = forms.ChoiceField(choices=QuestionKind.choices, label="What is it about?")
    options = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        label="Answers, one on a line",
        help_text=(
            "For “one of some answers” and “any of some answers”; the others have the"
            " campaign’s codes and candidates."
        ),
    )
    only_if = forms.MultipleChoiceField(
        required=False,
        label="Ask it only if they answered",
        help_text="Answers of one earlier question. None chosen: it is always asked.",
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(
        self, *arguments: Any, script: Script, question: Question | None, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        earlier = script.questions.order_by("position")
        if question:
            earlier = earlier.filter(position__lt=question.position)
        self.earlier = {str(one.pk): one for one in earlier}
        choices = [
            (one.text, [(f"{pk}{BETWEEN}{code}", label) for code, label in answers])
            for pk, one in self.earlier.items()
            if (answers := _answers(one))
        ]
        cast(forms.MultipleChoiceField, self.fields["only_if"]).choices = choices

    def clean_only_if(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["only_if"]
        if len({one.partition(BETWEEN)[0] for one in chosen}) > 1:
            raise forms.ValidationError("Choose answers of one question only.")
        return chosen

    def draft(self) -> QuestionDraft:
        said = self.cleaned_data
        chosen = [one.partition(BETWEEN) for one in said["only_if"]]
        return QuestionDraft(
            text=said["text"],
            kind=said["kind"],
            options=said["options"].splitlines(),
            show_if=self.earlier[chosen[0][0]] if chosen else None,
            show_if_answers=[code for _, _, code in chosen],
        )


def typed_question(question: Question) -> dict[str, object]:
    """A question as the form was filled in."""
    return {
        "text": question.text,
        "kind": question.kind,
        "options": "\n".join(option["label"] for option in question.options),
        "only_if": [
            f"{question.show_if_id}{BETWEEN}{code}" for code in question.show_if_answers
        ],
    }


def _answers(question: Question) -> list[tuple[str, str]]:
    if question.kind == QuestionKind.INTENTION:
        codes = IntentionCode.objects.filter(
            campaign=question.script.campaign_id, retired_at=None
        ).order_by("position", "code")
        return [(code.code, code.label) for code in codes]
    if question.kind == QuestionKind.POSTED:
        return [("yes", "Yes"), ("no", "Not yet")]
    return [(option["code"], option["label"]) for option in question.options]


class AnswersForm(forms.Form):
    """Whose answers to take away, and why. `cleaned_data` is what `ask_for_answers`
    takes."""

    script = forms.ChoiceField(label="Answers to", required=False)
    reason = ReasonField()

    def __init__(self, *arguments: Any, scripts: Sequence[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = cast(forms.ChoiceField, self.fields["script"])
        field.choices = [("", "every script"), *((name, name) for name in scripts)]
