"""The codes and candidates of a campaign and what each means, read once for a batch."""

from django.db.models import Case, F, Q, QuerySet, When

from campaigns.models import Campaign
from campaigns.planned import planned_cursor
from canvassing.models import IntentionCode, IntentionKind, OutcomeCode
from canvassing.rules.intentions import Codes, IntentionMeaning, OutcomeMeaning

# A code names us by a candidate of ours or, without one, by our party: theirs, or the
# organisation itself.
CODES = """
SELECT 'outcome', o.code, o.id, NULL, NULL, NULL, NULL, o.counts_as_spoken, NULL,
       o.retired_at
FROM canvassing_outcomecode o
WHERE o.campaign_id = %(campaign)s
UNION ALL
SELECT 'intention', i.code, i.id, i.kind,
       CASE WHEN i.candidate_id IS NULL THEN i.party <> '' AND (
           EXISTS (
               SELECT FROM campaigns_candidate ours
               WHERE ours.campaign_id = i.campaign_id AND ours.is_ours
                 AND ours.party = i.party)
           OR EXISTS (
               SELECT FROM campaigns_organisation us
               WHERE us.id = i.organisation_id AND us.name = i.party))
       ELSE c.is_ours END,
       i.candidate_id, i.strength, i.counts_as_spoken, i.counts_as_pledge, i.retired_at
FROM canvassing_intentioncode i
LEFT JOIN campaigns_candidate c ON c.id = i.candidate_id
WHERE i.campaign_id = %(campaign)s
UNION ALL
SELECT 'candidate', '', c.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM campaigns_candidate c
WHERE c.campaign_id = %(campaign)s
"""


def codes_of(campaign: Campaign) -> Codes:
    intentions: dict[str, IntentionMeaning] = {}
    outcomes: dict[str, OutcomeMeaning] = {}
    candidate_ids = set()
    with planned_cursor() as cursor:
        cursor.execute(CODES, {"campaign": campaign.pk})
        for what, code, pk, *meaning in cursor.fetchall():
            match what:
                case "intention":
                    intentions[code] = IntentionMeaning(pk, *meaning)
                case "outcome":
                    outcomes[code] = OutcomeMeaning(pk, meaning[4], meaning[6])
                case "candidate":
                    candidate_ids.add(pk)
    return Codes(intentions, outcomes, frozenset(candidate_ids))


def answers_in_use(campaign: Campaign) -> QuerySet[IntentionCode]:
    """The intentions that may be said today, in their order."""
    return answers_in_order(campaign).filter(retired_at=None)


def answers_in_order(campaign: Campaign) -> QuerySet[IntentionCode]:
    """All intentions, the retired too, in the order in which people are asked:
    ours from the firmest to the faintest, undecided, others, and who will not say or
    not vote; within each as the campaign has them. One query."""
    our_parties = campaign.candidates.filter(is_ours=True).values("party")
    party_is_ours = Q(party__in=our_parties) | Q(party=F("organisation__name"))
    ours = Q(candidate__is_ours=True) | (
        Q(candidate=None) & ~Q(party="") & party_is_ours
    )
    by_turn = enumerate(
        (
            Q(counts_as_pledge=True),
            Q(kind=IntentionKind.INTENTION) & ours,
            Q(kind=IntentionKind.UNDECIDED),
            Q(kind=IntentionKind.INTENTION),
            Q(kind=IntentionKind.WONT_SAY),
            Q(kind=IntentionKind.NOT_VOTING),
        )
    )
    turn = Case(*(When(which, then=at) for at, which in by_turn), default=9)
    firmness = Case(When(ours, then="strength"), default=None).asc(nulls_last=True)
    codes = IntentionCode.objects.filter(campaign=campaign)
    return codes.order_by(turn, firmness, "position", "code")


def outcome_of_kind(kind: str, *, campaign_id: int) -> str:
    """The campaign's code for this kind of outcome; its own word for it otherwise,
    under which a contact is held."""
    codes = OutcomeCode.objects.filter(campaign=campaign_id, kind=kind, retired_at=None)
    found = codes.order_by("position", "pk").values_list("code", flat=True).first()
    return found or kind
