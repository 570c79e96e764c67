"""The questions of a call or a stall: those of a script that may be put to somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from campaigns.clock import day_of
from campaigns.models import Campaign
from campaigns.reports.election_timetable import election_timetable
from campaigns.rules.election_timetable import day_for
from canvassing.models import (
    ElectorStanding,
    Eligible,
    Question,
    QuestionKind,
    Script,
)
from canvassing.reports.codes import answers_in_use
from canvassing.reports.opinions import consent_of, objections_of
from canvassing.reports.phone_script import US, who_we_are
from canvassing.reports.postal_wave import BY_POST
from canvassing.rules.opinions import CONSENT_NOW, consent_text, needs_consent
from canvassing.rules.scripts import (
    OWN_ANSWERS,
    POSTAL_VOTE,
    may_apply_by_post,
    may_be_asked,
    packs_are_out,
)

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Asking:
    """What bears on the questions that may be put to one elector.

    `consent` is the wording to be agreed to before anything of what they think is kept;
    empty where nothing is, or where they have agreed. `may_vote`: in this poll, and
    have not yet; whoever may not is asked nothing.
    """

    may_vote: bool
    votes_by_post: bool
    may_apply_by_post: bool
    packs_are_out: bool
    has_posted: bool
    objects: bool
    consent: str

    @property
    def keeps_views(self) -> bool:
        return not self.objects and not self.consent

    def allows(self, kind: str) -> bool:
        return self.may_vote and may_be_asked(
            kind,
            packs_are_out=self.packs_are_out,
            has_posted=self.has_posted,
            keeps_views=self.keeps_views,
        )


@dataclass(frozen=True)
class Asked:
    """One question as it is asked: of a script, or of those asked without one."""

    key: str
    kind: str
    text: str
    choices: Choices
    show_if: str = ""
    show_if_answers: Sequence[str] = field(default_factory=tuple)

    @property
    def of_several(self) -> bool:
        return self.kind == QuestionKind.SEVERAL

    def applies(self, answers: Mapping[str, Sequence[str]]) -> bool:
        return not self.show_if or bool(
            set(self.show_if_answers) & set(answers.get(self.show_if, ()))
        )


def asking_of(elector_id: int, *, campaign: Campaign, at: datetime) -> Asking | None:
    """Of one elector; None for somebody who is no longer to be seen. Three queries at
    the most."""
    standing = (
        ElectorStanding.objects.of(campaign.organisation_id)
        .filter(campaign=campaign, elector=elector_id)
        .filter(is_current=True, is_anonymous=False)
        .select_related("elector")
        .first()
    )
    if standing is None:
        return None
    by_post = standing.votes_by in BY_POST
    postal = day_for("postal", election_timetable(campaign.election))
    today = day_of(at)
    return Asking(
        may_vote=standing.eligible != Eligible.NO and standing.voted_at is None,
        votes_by_post=by_post,
        may_apply_by_post=may_apply_by_post(
            votes_by_post=by_post,
            last_day=postal.day if postal else None,
            today=today,
        ),
        packs_are_out=packs_are_out(
            votes_by_post=by_post,
            packs_go_out_on=campaign.packs_go_out_on,
            today=today,
        ),
        has_posted=standing.posted,
        objects=objections_of(standing.elector).exists(),
        consent=_consent_lacking(standing, campaign),
    )


def _consent_lacking(standing: ElectorStanding, campaign: Campaign) -> str:
    organisation = campaign.organisation
    if not needs_consent(organisation.controller_kind) or consent_of(standing.elector):
        return ""
    return consent_text(CONSENT_NOW, organisation=organisation.name)


def questions_of(
    script: Script | None, asking: Asking | None, *, campaign: Campaign
) -> list[Asked]:
    """In their order, with the campaign's codes and candidates where those are the
    answers; only those that may be put to whoever it is."""
    if asking is None:
        return []
    asked = _questions(script, campaign)
    return [_fit(one, asking) for one in asked if asking.allows(one.kind)]


def every_question(script: Script | None, *, campaign: Campaign) -> list[Asked]:
    """Whatever a page may have asked of whomever, each by itself: what was said of
    somebody who is no longer to be seen is read whole."""
    return [_by_itself(one) for one in _questions(script, campaign)]


def _questions(script: Script | None, campaign: Campaign) -> list[Asked]:
    choices = _choices(campaign)
    if script is None:
        return _without_script(campaign, choices)
    rows = Question.objects.filter(script=script).select_related("show_if")
    us = who_we_are(campaign)
    return [_asked(row, choices, us) for row in rows.order_by("position")]


def _fit(one: Asked, asking: Asking) -> Asked:
    """As it is put to somebody: once the packs are out, what it hangs on is not asked
    any more."""
    if asking.packs_are_out:
        return _by_itself(one)
    if one.kind in OWN_ANSWERS and not asking.may_apply_by_post:
        offered = [choice for choice in one.choices if choice[0] != POSTAL_VOTE]
        return replace(one, choices=offered)
    return one


def _by_itself(one: Asked) -> Asked:
    return replace(one, show_if="", show_if_answers=())


def _choices(campaign: Campaign) -> dict[str, Choices]:
    intentions = list(answers_in_use(campaign).values_list("code", "label"))
    candidates = [
        (str(candidate.pk), str(candidate))
        for candidate in campaign.candidates.order_by("position", "pk")
    ]
    return {
        QuestionKind.INTENTION: intentions,
        QuestionKind.LAST_TIME: intentions,
        QuestionKind.SECOND_PREFERENCE: candidates,
        QuestionKind.POSTED: [("yes", _("Yes")), ("no", _("Not yet"))],
    }


def _asked(row: Question, choices: Mapping[str, Choices], us: str) -> Asked:
    own = [(str(one["code"]), str(one["label"])) for one in row.options]
    return Asked(
        key=row.key,
        kind=row.kind,
        text=row.text.replace(US, us),
        choices=choices.get(row.kind, own),
        show_if=row.show_if.key if row.show_if else "",
        show_if_answers=tuple(row.show_if_answers),
    )


# Asked where there is no script: key, kind and words.
WITHOUT_SCRIPT: Final = (
    ("intention", QuestionKind.INTENTION, gettext_noop("How will they vote?")),
    (
        "second",
        QuestionKind.SECOND_PREFERENCE,
        gettext_noop("Their second preference"),
    ),
    (
        "posted",
        QuestionKind.POSTED,
        gettext_noop("Have they sent their postal vote back?"),
    ),
)


def _without_script(campaign: Campaign, choices: Mapping[str, Choices]) -> list[Asked]:
    return [
        Asked(key, kind, _(text), choices[kind])
        for key, kind, text in WITHOUT_SCRIPT
        if kind != QuestionKind.SECOND_PREFERENCE or campaign.asks_second_preference
    ]
