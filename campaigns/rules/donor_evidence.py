"""What has to be looked at before more than £50 of a kind of donor may be kept.

Who is permissible is the Political Parties, Elections and Referendums Act 2000,
s.54(2); what shows it is read from there and from the Electoral Commission's guidance.
The table with its marks: docs/rules/donations.md.
"""

from collections.abc import Collection
from dataclasses import dataclass

from campaigns.rules.figures import Figure
from campaigns.rules.marks import Mark, Source
from campaigns.rules.permissible_donations import DonorKind

ACT = Source(
    "Political Parties, Elections and Referendums Act 2000, s.54",
    "https://www.legislation.gov.uk/ukpga/2000/41/section/54",
)
GUIDANCE = Source(
    "Electoral Commission, guidance for candidates and agents, "
    "“Who can you accept a donation from?”, 8 July 2024"
)
INDIVIDUALS = Source(
    "Electoral Commission, guidance for candidates and agents, donations, “Individuals”"
)
BEQUESTS = Source(
    "Electoral Commission, guidance for parties, donations and loans, “Individuals”"
)
TRUSTS = Source(
    "Electoral Commission, guidance for candidates and agents, donations: some trusts "
    "only, “please get in touch with us”, 8 July 2024"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing to look at; `code` is kept with what was found."""

    code: str
    label: str
    help: str
    source: Source
    mark: Mark = Mark.READ


IN_BUSINESS = Evidence(
    "carries_on_business",
    "How it carries on business in the UK",
    "Such as its accounts, its premises or its trade, and where you saw that.",
    ACT,
)

EVIDENCE: dict[DonorKind, tuple[Evidence, ...]] = {
    DonorKind.INDIVIDUAL: (
        Evidence(
            "register_entry",
            "Elector number, and whose register",
            "The number and the council. Of somebody registered anonymously: that you "
            "saw the certificate, a copy of which goes with the return.",
            INDIVIDUALS,
        ),
        Evidence(
            "register_on_the_day",
            "On the register on the day the donation came",
            "Which edition and which updates you looked at.",
            INDIVIDUALS,
        ),
    ),
    DonorKind.PARTY: (
        Evidence(
            "register_of_parties",
            "Entry in the register of political parties of Great Britain",
            "The name and number there.",
            GUIDANCE,
        ),
    ),
    DonorKind.COMPANY: (
        Evidence(
            "company_number",
            "Number at Companies House",
            "As registered under the Companies Act 2006.",
            ACT,
        ),
        Evidence(
            "registered_office",
            "Registered office, and where it is incorporated",
            "It must be incorporated in the United Kingdom.",
            ACT,
        ),
        IN_BUSINESS,
    ),
    DonorKind.TRADE_UNION: (
        Evidence(
            "list_of_unions",
            "Entry in the certification officer’s list of trade unions",
            "The list of Great Britain, or that of Northern Ireland.",
            ACT,
        ),
    ),
    DonorKind.BUILDING_SOCIETY: (
        Evidence(
            "building_society",
            "How it is known to be a building society",
            "One within the meaning of the Building Societies Act 1986.",
            ACT,
        ),
    ),
    DonorKind.PARTNERSHIP: (
        Evidence(
            "partnership_number",
            "Number of the limited liability partnership at Companies House",
            "As registered under the Limited Liability Partnerships Act 2000.",
            ACT,
        ),
        IN_BUSINESS,
    ),
    DonorKind.FRIENDLY_SOCIETY: (
        Evidence(
            "society_entry",
            "Registration of the society, and under which Act",
            "The Friendly Societies Act 1974, the Co-operative and Community Benefit "
            "Societies Act 2014, or the Act of Northern Ireland.",
            ACT,
        ),
    ),
    DonorKind.ASSOCIATION: (
        Evidence(
            "members",
            "Its two or more members",
            "Such as its rules, or its officers’ names.",
            ACT,
        ),
        Evidence("main_office", "Its main office", "It must be in the UK.", ACT),
        Evidence(
            "carries_on_activities",
            "What it does, wholly or mainly in the UK",
            "Its business or other activities, and where you saw them.",
            ACT,
        ),
    ),
    DonorKind.TRUST: (
        Evidence(
            "commission_advice",
            "What the Electoral Commission answered about this trust",
            "Only some trusts may give, and the rules were not read here: ask.",
            TRUSTS,
        ),
    ),
    DonorKind.BEQUEST: (
        Evidence("will", "The will", "Its date, and who showed it.", BEQUESTS),
        Evidence(
            "last_register_entry",
            "The last entry of the dead person on a register",
            "It must be within the five years before the death: the elector number, "
            "the council and the day.",
            BEQUESTS,
        ),
    ),
    DonorKind.ANONYMOUS: (),
    DonorKind.OTHER: (),
}


FIGURES = tuple(
    Figure(
        "Donations",
        f"Looked at before more than £50 is kept: {donor.value}",
        asked.label,
        asked.mark,
        asked.source,
    )
    for donor, of_donor in EVIDENCE.items()
    for asked in of_donor
)


def missing_evidence(donor: DonorKind, found: Collection[str]) -> tuple[Evidence, ...]:
    """What of this kind of donor was not looked at yet, in the order of the table."""
    return tuple(asked for asked in EVIDENCE[donor] if asked.code not in found)
