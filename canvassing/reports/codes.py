"""The codes and candidates of a campaign and what each means, read once for a batch."""

from campaigns.models import Campaign, Candidate
from canvassing.models import IntentionCode, OutcomeCode
from canvassing.rules.intentions import Codes, IntentionMeaning, OutcomeMeaning


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
                pk,
                kind,
                candidate in ours if candidate else party in our_parties,
                candidate,
                *meaning,
            )
            for code, pk, kind, candidate, party, *meaning in intentions
        },
        {code: OutcomeMeaning(*meaning) for code, *meaning in outcomes},
        frozenset(pk for pk, _, _ in candidates),
    )
