"""Whether a voter shows photo identification at the polling station.

England: at every poll treated here. Wales: for the UK Parliament and for police and
crime commissioners. Scotland: for the UK Parliament. A proxy shows their own; who votes
by post shows none; one out of date serves while it is a good likeness (Voter
Identification Regulations 2022; Electoral Commission). Northern Ireland asks for one at
every poll by rules of its own, which were not read: no certificate is offered there.
Worked examples: docs/rules/election-timetable.md.
"""

from campaigns.rules.election_kinds import PollKind

WHERE_NOT_EVERYWHERE = {
    "WLS": {PollKind.UK_PARLIAMENT, PollKind.POLICE_COMMISSIONER},
    "SCT": {PollKind.UK_PARLIAMENT},
}


def photo_id_is_shown(kind: PollKind, *, nation: str) -> bool:
    """`nation` is ENG, WLS, SCT or NIR."""
    return kind in WHERE_NOT_EVERYWHERE.get(nation, {kind})


def certificate_serves(kind: PollKind, *, nation: str) -> bool:
    """Whether a Voter Authority Certificate is for this poll."""
    return nation != "NIR" and photo_id_is_shown(kind, nation=nation)
