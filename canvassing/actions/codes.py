"""A campaign's codes: a set to begin with, and changing what one means."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign, Candidate
from canvassing.actions.standing_answers import refresh_answers_of_table
from canvassing.models import IntentionCode, IntentionKind, OutcomeCode, OutcomeKind
from canvassing.reports.codes import codes_of
from canvassing.rules.code_letters import code_letters
from canvassing.rules.keypad import SENT_BACK

PLEDGE, LEANING = "P1", "P2"
NOBODY_YET = "us"
SAID_SO = """
CREATE TEMPORARY TABLE standing_reread ON COMMIT DROP AS
SELECT DISTINCT elector_id FROM canvassing_contact
WHERE organisation_id = %s AND campaign_id = %s AND {column} = %s
"""
UNCOMMITTED = {
    "U": IntentionKind.UNDECIDED,
    "W": IntentionKind.WONT_SAY,
    "N": IntentionKind.NOT_VOTING,
    "X": IntentionKind.NOT_ELIGIBLE,
}


@transaction.atomic
def default_codes(*, campaign: Campaign, by: Actor, at: datetime) -> int:
    """Give the campaign the codes it lacks of the usual set; returns how many it has.

    A pledge to us and a lean towards us, one code for each other candidate, one for
    each answer that names nobody, one for each outcome. Codes that the campaign has
    already stay as they are, except that ours name our candidate once there is one.
    Audit verb: `codes.set`.
    """
    candidates = list(campaign.candidates.order_by("position", "pk"))
    ours = _for_us(campaign, [c for c in candidates if c.is_ours])
    usual = [
        *_lacking(campaign, ours),
        *_for_others(campaign, [c for c in candidates if not c.is_ours]),
        *(IntentionCode(code=c, label=k.label, kind=k) for c, k in UNCOMMITTED.items()),
    ]
    for position, row in enumerate(usual):
        row.organisation_id = campaign.organisation_id
        row.campaign, row.position = campaign, position
    IntentionCode.objects.bulk_create(usual, ignore_conflicts=True)
    OutcomeCode.objects.bulk_create(_outcomes(campaign), ignore_conflicts=True)
    _name_our_candidate(campaign, ours)
    codes = codes_of(campaign)
    number = len(codes.intentions) + len(codes.outcomes)
    audit.record(
        "codes.set",
        by=by,
        at=at,
        organisation_id=campaign.organisation_id,
        campaign_id=campaign.pk,
        target=campaign,
        codes=number,
    )
    return number


def _for_us(campaign: Campaign, ours: list[Candidate]) -> list[IntentionCode]:
    who, whose = _who_we_are(campaign, ours)
    pledge, leaning = _our_labels(campaign, who)
    return [
        IntentionCode(
            code=PLEDGE, label=pledge, strength=1, counts_as_pledge=True, **whose
        ),
        IntentionCode(code=LEANING, label=leaning, strength=3, **whose),
    ]


def _lacking(campaign: Campaign, ours: list[IntentionCode]) -> list[IntentionCode]:
    """No second code for a pledge where the first has been given other letters."""
    if not campaign.intention_codes.filter(counts_as_pledge=True).exists():
        return ours
    return [row for row in ours if not row.counts_as_pledge]


def _who_we_are(
    campaign: Campaign, ours: list[Candidate]
) -> tuple[str, dict[str, Any]]:
    """What to call us, and whom our codes name.

    Joint candidates are pledged to together, by their party; before there is a
    candidate, the organisation is the party.
    """
    if len(ours) == 1:
        return ours[0].name, {"candidate": ours[0]}
    if ours:
        return ours[0].party or NOBODY_YET, {"party": ours[0].party}
    return NOBODY_YET, {"party": campaign.organisation.name}


def _our_labels(campaign: Campaign, who: str) -> tuple[str, str]:
    word = campaign.pledge_word.capitalize()
    return f"{word}: will vote for {who}"[:100], f"Leaning to {who}"[:100]


def _name_our_candidate(campaign: Campaign, ours: list[IntentionCode]) -> None:
    """Codes made before there was a candidate take the name; changed ones stay."""
    codes = IntentionCode.objects.filter(campaign=campaign)
    for row, unnamed in zip(ours, _our_labels(campaign, NOBODY_YET), strict=True):
        codes.filter(code=row.code, label=unnamed).update(
            label=row.label, candidate=row.candidate, party=row.party
        )


def _for_others(campaign: Campaign, others: list[Candidate]) -> list[IntentionCode]:
    """One for each who has none yet, in letters that no other code has."""
    known = dict(campaign.intention_codes.values_list("code", "candidate"))
    lacking = [c for c in others if c.pk not in known.values()]
    taken = (PLEDGE, LEANING, *UNCOMMITTED, *SENT_BACK, *known)
    letters = code_letters([c.party or c.name for c in lacking], taken=taken)
    return [
        IntentionCode(
            code=code, label=str(candidate)[:100], candidate=candidate, strength=2
        )
        for code, candidate in zip(letters, lacking, strict=True)
    ]


def _outcomes(campaign: Campaign) -> list[OutcomeCode]:
    return [
        OutcomeCode(
            organisation_id=campaign.organisation_id,
            campaign=campaign,
            code=kind.value,
            label=kind.label,
            kind=kind,
            counts_as_spoken=kind is OutcomeKind.SPOKEN,
            position=position,
        )
        for position, kind in enumerate(OutcomeKind)
    ]


@transaction.atomic
def change_code(code: IntentionCode | OutcomeCode, *, by: Actor, at: datetime) -> None:
    """Save a code whose meaning was changed, and read its contacts by the new one.

    Audit verb: `code.changed`.
    """
    code.save()
    column = "outcome_id" if isinstance(code, OutcomeCode) else "intention_id"
    with connection.cursor() as cursor:
        cursor.execute(
            SAID_SO.format(column=column),
            [code.organisation_id, code.campaign_id, code.pk],
        )
        refresh_answers_of_table(
            code.campaign, codes=codes_of(code.campaign), table="standing_reread"
        )
        cursor.execute("DROP TABLE standing_reread")
    audit.record(
        "code.changed",
        by=by,
        at=at,
        organisation_id=code.organisation_id,
        campaign_id=code.campaign_id,
        target=code,
        counts_as_pledge=isinstance(code, IntentionCode) and code.counts_as_pledge,
        counts_as_spoken=code.counts_as_spoken,
    )
