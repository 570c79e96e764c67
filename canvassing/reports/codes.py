"""The codes and candidates of a campaign and what each means, read once for a batch."""

from dataclasses import dataclass

from campaigns.models import Campaign, Candidate
from canvassing.models import IntentionCode, OutcomeCode
from canvassing.rules.intentions import IntentionMeaning, OutcomeMeaning


@dataclass(frozen=True)
class Codes:
    """By code, retired ones too: what they said of old is still what they said."""

    intentions: dict[str, IntentionMeaning]
    outcomes: dict[str, OutcomeMeaning]
    candidate_ids: frozenset[int]

    @property
    def spoken_outcomes(self) -> list[int]:
        """Ids of the outcomes by which somebody was spoken to."""
        return [code.id for code in self.outcomes.values() if code.counts_as_spoken]


def codes_of(campaign: Campaign) -> Codes:
    candidates = Candidate.objects.filter(campaign=campaign).values_list(
        "id", "party", "is_ours"
    )
    ours = {pk for pk, _, is_ours in candidates if is_ours}
    our_parties = {party for _, party, is_ours in candidates if is_ours and party}
    intentions = IntentionCode.objects.filter(campaign=campaign).values_list(
        "code",
        "id",
        "kind",
        "candidate_id",
        "party",
        "strength",
        "counts_as_spoken",
        "counts_as_pledge",
        "retired_at",
    )
    outcomes = OutcomeCode.objects.filter(campaign=campaign).values_list(
        "code", "id", "counts_as_spoken", "retired_at"
    )
    return Codes(
        {
            code: IntentionMeaning(
                id=pk,
                kind=kind,
                names_us=candidate in ours if candidate else party in our_parties,
                candidate_id=candidate,
                strength=strength,
                counts_as_spoken=spoken,
                counts_as_pledge=pledge,
                retired_at=retired_at,
            )
            for code, pk, kind, candidate, party, strength, spoken, pledge, retired_at in intentions
        },
        {code: OutcomeMeaning(*row) for code, *row in outcomes},
        frozenset(pk for pk, _, _ in candidates),
    )
