"""The answers of somebody who was spoken to on the phone or at a stall, in two steps;
and when they are to be called back."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from canvassing.models import QuestionKind
from canvassing.reports.call_questions import Asked
from canvassing.rules.contacts import NOTE_LENGTH

# Those whose answers are the script's own.
OWN_ANSWERS: Final = frozenset((QuestionKind.CHOICE, QuestionKind.SEVERAL))
POSTED: Final = {"yes": True, "no": False}


class SpokenForm(forms.Form):
    """Answers to the questions that were reached. The first step asks those without a
    condition, the second those whose condition the first has met. A note may hold
    anything, so that there is none where their views are not kept."""

    note = forms.CharField(
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        asked: Sequence[Asked],
        keeps_views: bool,
        step: int = 1,
    ) -> None:
        super().__init__(sent, auto_id="spoken_%s")
        self.sent, self.asked, self.step = sent, asked, step
        self.fields["note"].label = _("Note")
        self.fields["note"].help_text = _("Short, and fair: they may ask to see it.")
        for one in asked:
            self.fields[f"q-{one.key}"] = _field(one)
        self.order_fields([*(f"q-{one.key}" for one in asked), "note"])
        if not keeps_views:
            del self.fields["note"]
        if step > 1:
            self._carry_on()
        else:
            for one in asked:
                if one.show_if:
                    del self.fields[f"q-{one.key}"]

    def _carry_on(self) -> None:
        """What was answered goes along; only what follows from it is asked."""
        answers = self._sent()
        reached = {
            one.key for one in self.asked if one.show_if and one.applies(answers)
        }
        later = {one.key for one in self.asked if one.show_if in reached}
        for one in self.asked:
            if one.key not in reached | later:
                _hide(self.fields[f"q-{one.key}"], several=one.of_several)
            elif one.key in later:
                self.fields[f"q-{one.key}"].help_text = _("If that comes up.")
        if "note" in self.fields:
            _hide(self.fields["note"], several=False)

    def _sent(self) -> dict[str, list[str]]:
        return {
            one.key: self.sent.getlist(f"q-{one.key}") if self.sent else []
            for one in self.asked
        }

    @property
    def has_more(self) -> bool:
        """Whether the first step's answers lead to further questions."""
        return self.step == 1 and any(
            one.show_if and one.applies(self._sent()) for one in self.asked
        )

    @property
    def answers(self) -> dict[str, list[str]]:
        """By question, of those whose condition was met."""
        given: dict[str, list[str]] = {}
        for one in self.asked:
            answer = self.cleaned_data.get(f"q-{one.key}") or []
            chosen = [answer] if isinstance(answer, str) else list(answer)
            if chosen and one.applies(given):
                given[one.key] = chosen
        return given

    @property
    def said(self) -> dict[str, Any]:
        """As the fields of a `CallSaid` or a `StallSaid`."""
        answers = self.answers
        first = {
            one.kind: answers[one.key][0] for one in self.asked if one.key in answers
        }
        second = first.get(QuestionKind.SECOND_PREFERENCE)
        return {
            "intention": first.get(QuestionKind.INTENTION, ""),
            "last_time": first.get(QuestionKind.LAST_TIME, ""),
            "second_preference_id": int(second) if second else None,
            "note": self.cleaned_data.get("note", ""),
            "answers": {
                one.key: tuple(answers[one.key])
                for one in self.asked
                if one.key in answers and one.kind in OWN_ANSWERS
            },
            "posted": POSTED.get(first.get(QuestionKind.POSTED, "")),
        }


def _field(one: Asked) -> forms.Field:
    if one.of_several:
        return forms.MultipleChoiceField(
            label=one.text,
            choices=one.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(
        label=one.text,
        choices=one.choices,
        required=False,
        widget=forms.RadioSelect,
    )


def _hide(field: forms.Field, *, several: bool) -> None:
    field.widget = forms.MultipleHiddenInput() if several else forms.HiddenInput()


class CallBackForm(forms.Form):
    """When somebody is to be called again, by the clock of the United Kingdom."""

    call_back_at = forms.DateTimeField(
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        )
    )

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="later_%s")
        self.fields["call_back_at"].label = _("Call back at")
