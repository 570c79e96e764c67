"""A rule made ready for one campaign and channel: the SQL that lists and leaves out.

Every condition below says what an elector must be to stay on the list, with the reason
that counts where it does not hold. `listed` joins them by AND, in a form that the index
of open pledges answers in final order; `first_reason` asks them one after the other.
Masks and codes are compared with lists of values, whose frequency PostgreSQL knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from campaigns.clock import UK
from campaigns.models import Campaign, Candidate
from canvassing.models import Channel, IntentionCode, NoContact, VotesBy
from canvassing.reports.turnout import turnout
from canvassing.rules.gotv import GotvRule, Reason, RuleRefused

BITS = {
    Channel.DOOR: NoContact.DOOR,
    Channel.PHONE: NoContact.PHONE,
    Channel.LETTER: NoContact.LETTER,
    Channel.EMAIL: NoContact.EMAIL,
}
VOTES_BY = {
    "in_person": (VotesBy.IN_PERSON,),
    "post": (VotesBy.POST,),
    "proxy": (VotesBy.PROXY, VotesBy.POSTAL_PROXY),
}
ORDER = tuple(Reason)
LAST_VOTE_SAID = """(
    SELECT c.voted_last_time_id FROM canvassing_contact c
    WHERE c.organisation_id = s.organisation_id AND c.campaign_id = s.campaign_id
      AND c.elector_id = s.elector_id AND c.voted_last_time_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM canvassing_contact n
          WHERE n.organisation_id = c.organisation_id AND n.corrects = c.uuid)
    ORDER BY c.effective_at DESC, c.received_at DESC, c.id DESC LIMIT 1)"""


@dataclass(frozen=True, slots=True)
class Selection:
    """SQL over `canvassing_electorstanding s`, and the parameters it names."""

    campaign: Campaign
    conditions: tuple[tuple[Reason, str], ...]
    parameters: dict[str, Any]

    @property
    def listed(self) -> str:
        """True for an elector on the list."""
        return " AND ".join(condition for _, condition in self.conditions)

    @property
    def first_reason(self) -> str:
        """The place in `Reason` of the first reason for leaving an elector out; NULL
        for one on the list."""
        cases = (
            f"WHEN ({condition}) IS NOT TRUE THEN {ORDER.index(reason)}"
            for reason, condition in self.conditions
        )
        return f"CASE {' '.join(cases)} END"

    def of_wards(self, ward_ids: Sequence[int]) -> tuple[str, dict[str, Any]]:
        """The condition of being on the register in these wards, and all parameters."""
        one = len(ward_ids) == 1
        wards = ward_ids[0] if one else list(ward_ids)
        condition = (
            "s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s"
            f" AND s.ward_id = {'%(wards)s' if one else 'ANY(%(wards)s)'}"
        )
        return condition, {**self.parameters, "wards": wards}


def selection(campaign: Campaign, *, rule: GotvRule, channel: str) -> Selection:
    """Two queries at most, and two for each earlier poll. Refused: a channel nobody can
    object to; a code or candidate that the campaign does not have; a day of which we do
    not know who voted."""
    if channel not in BITS:
        raise RuleRefused("channel", "A list is for doors, phone, letters or e-mail.")
    parameters: dict[str, Any] = {
        "organisation": campaign.organisation_id,
        "campaign": campaign.pk,
        "may_contact": may_contact(channel),
    }
    conditions = [*_reachable(), *_by_rule(campaign, rule, parameters)]
    return Selection(campaign, tuple(conditions), parameters)


def may_contact(channel: str) -> list[int]:
    """The masks of `NoContact` that leave this channel free."""
    bit = BITS[Channel(channel)]
    return [mask for mask in range(NoContact.ALL + 1) if not mask & bit]


def _reachable() -> list[tuple[Reason, str]]:
    return [
        (Reason.ENDED, "s.is_current"),
        (Reason.ANONYMOUS, "NOT s.is_anonymous"),
        (Reason.NOT_ELIGIBLE, "s.eligible <> 0"),
        (Reason.NEEDS_CHECKING, "s.eligible = 1"),
        (Reason.VOTED, "s.voted_at IS NULL"),
        (Reason.POSTED, "NOT s.posted"),
        (Reason.NO_CONTACT_PERSON, f"s.no_contact <> {NoContact.ALL}"),
        (
            Reason.NO_CONTACT_HOUSEHOLD,
            "s.household_no_contact = ANY(%(may_contact)s)",
        ),
        (Reason.NO_CONTACT_CHANNEL, "s.no_contact = ANY(%(may_contact)s)"),
    ]


def _by_rule(
    campaign: Campaign, rule: GotvRule, parameters: dict[str, Any]
) -> list[tuple[Reason, str]]:
    found = [(Reason.NO_PLEDGE, _answered(campaign, rule, parameters))]
    if rule.strength is not None:
        parameters["strength"] = rule.strength
        found.append((Reason.TOO_WEAK, "s.strength <= %(strength)s"))
    if rule.second is not None:
        parameters["second"] = _candidate_id(campaign, rule.second)
        found.append(
            (Reason.OTHER_SECOND_PREFERENCE, "s.second_preference_id = %(second)s")
        )
    if rule.since is not None:
        parameters["since"] = datetime.combine(rule.since, time(), UK)
        found.append((Reason.NOT_CONTACTED_SINCE, "s.last_contact_at >= %(since)s"))
    if rule.votes_by:
        ways = [int(way) for name in rule.votes_by for way in VOTES_BY[name]]
        parameters["votes_by"] = ways
        found.append((Reason.VOTES_OTHERWISE, "s.votes_by = ANY(%(votes_by)s)"))
    if rule.voted_last_time:
        parameters["last_time"] = _code_ids(campaign, rule.voted_last_time)
        condition = f"{LAST_VOTE_SAID} = ANY(%(last_time)s)"
        found.append((Reason.OTHER_VOTE_HISTORY, condition))
    history = turnout(campaign, voted_on=rule.voted_on, not_voted_on=rule.not_voted_on)
    parameters |= history.parameters
    found += [(Reason.OTHER_TURNOUT, condition) for condition in history.conditions]
    return found


def _answered(campaign: Campaign, rule: GotvRule, parameters: dict[str, Any]) -> str:
    if not rule.codes:
        return "s.pledged"
    parameters["codes"] = _code_ids(campaign, rule.codes)
    condition = "s.intention_id = ANY(%(codes)s)"
    return f"(s.pledged OR {condition})" if rule.pledges else condition


def _code_ids(campaign: Campaign, codes: Sequence[str]) -> list[int]:
    known = dict(
        IntentionCode.objects.filter(campaign=campaign).values_list("code", "pk")
    )
    for code in codes:
        if code not in known:
            raise RuleRefused("code", f"The campaign has no intention code {code!r}.")
    return [known[code] for code in codes]


def _candidate_id(campaign: Campaign, name: str) -> int:
    found = Candidate.objects.filter(campaign=campaign, name=name).first()
    if found is None:
        raise RuleRefused("second", f"The campaign has no candidate {name!r}.")
    return found.pk
