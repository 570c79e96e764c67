"""A campaign's codes: a set to begin with, and changing what one means."""

from datetime import datetime

from django.db import connection, transaction

from campaigns.access import Actor
from campaigns.actions import audit
from campaigns.models import Campaign, Candidate
from canvassing.actions.standing_answers import refresh_answers_of_table
from canvassing.models import IntentionCode, IntentionKind, OutcomeCode, OutcomeKind
from canvassing.reports.codes import codes_of
from canvassing.rules.code_letters import code_letters

PLEDGE, LEANING = "P1", "P2"
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
    already stay as they are. Audit verb: `codes.set`.
    """
    IntentionCode.objects.bulk_create(_intentions(campaign), ignore_conflicts=True)
    OutcomeCode.objects.bulk_create(_outcomes(campaign), ignore_conflicts=True)
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


def _intentions(campaign: Campaign) -> list[IntentionCode]:
    candidates = list(campaign.candidates.order_by("position", "pk"))
    rows = [
        *_for_us(campaign, [c for c in candidates if c.is_ours]),
        *_for_others([c for c in candidates if not c.is_ours]),
        *(IntentionCode(code=c, label=k.label, kind=k) for c, k in UNCOMMITTED.items()),
    ]
    for position, row in enumerate(rows):
        row.organisation_id = campaign.organisation_id
        row.campaign = campaign
        row.position = position
    return rows


def _for_us(campaign: Campaign, ours: list[Candidate]) -> list[IntentionCode]:
    if not ours:
        return []
    # Joint candidates are pledged to together, by their party.
    who = ours[0].name if len(ours) == 1 else ours[0].party or "us"
    whose = {"candidate": ours[0]} if len(ours) == 1 else {"party": ours[0].party}
    word = campaign.pledge_word.capitalize()
    return [
        IntentionCode(
            code=PLEDGE,
            label=f"{word}: will vote for {who}",
            strength=1,
            counts_as_pledge=True,
            **whose,
        ),
        IntentionCode(code=LEANING, label=f"Leaning to {who}", strength=3, **whose),
    ]


def _for_others(others: list[Candidate]) -> list[IntentionCode]:
    taken = (PLEDGE, LEANING, *UNCOMMITTED)
    letters = code_letters([c.party or c.name for c in others], taken=taken)
    return [
        IntentionCode(
            code=code, label=str(candidate)[:100], candidate=candidate, strength=2
        )
        for code, candidate in zip(letters, others, strict=True)
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
def change_intention_code(code: IntentionCode, *, by: Actor, at: datetime) -> None:
    """Save a code whose meaning was changed, and read its contacts by the new one.

    Audit verb: `code.changed`.
    """
    code.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE standing_reread ON COMMIT DROP AS"
            " SELECT DISTINCT elector_id FROM canvassing_contact"
            " WHERE organisation_id = %s AND campaign_id = %s AND intention_id = %s",
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
        counts_as_pledge=code.counts_as_pledge,
        counts_as_spoken=code.counts_as_spoken,
    )
