"""Who is in the demo: an invented party, its people, its rivals and its helpers."""

from dataclasses import dataclass

from campaigns.roles import Role

ORGANISATION = "Kingfisher Party, West Midlands"
SLUG = "kingfisher"
PARTY = "Kingfisher Party"

MAYOR = "mayor-2024"
BY_ELECTION = "friar-park-2024"
NEXT_MAYOR = "mayor-2028"


@dataclass(frozen=True)
class Contest:
    """One campaign of the party. `wards` empty: all wards of the councils."""

    slug: str
    name: str
    election: str
    councils: tuple[str, ...]
    wards: tuple[str, ...]
    ours: tuple[str, ...]
    rivals: tuple[tuple[str, str], ...]
    agent: str
    joint: int = 1
    seats: int = 1


@dataclass(frozen=True)
class Helper:
    """Somebody who signs in. `campaign` empty: all campaigns; wards by GSS code."""

    name: str
    role: Role
    campaign: str = ""
    wards: tuple[str, ...] = ()
    mailbox: str = ""

    @property
    def email(self) -> str:
        mailbox = self.mailbox or self.role.value.replace("_", ".")
        return f"{mailbox}@example.org"


SEVEN = tuple(f"E080000{number}" for number in range(25, 32))
FRIAR_PARK, SHARD_END, BLAKENALL = "E05001265", "E05011165", "E05001305"

CONTESTS = (
    Contest(
        slug=MAYOR,
        name="West Midlands Mayor 2024",
        election="mayor.west-midlands.2024-05-02",
        councils=SEVEN,
        wards=(),
        ours=("Ruth Ashdene",),
        rivals=(
            ("Gordon Whitlock", "Oakleaf Party"),
            ("Samina Qadir", "Lantern Party"),
            ("Tomasz Halski", "Millwheel Party"),
            ("Dawn Fairlow", "Independent"),
        ),
        agent="Martin Oakes",
    ),
    Contest(
        slug=BY_ELECTION,
        name="Friar Park by-election 2024",
        election="local.sandwell.friar-park.by.2024-05-02",
        councils=("E08000028",),
        wards=(FRIAR_PARK,),
        ours=("Imran Haidery", "Beth Calloway"),
        rivals=(
            ("Colin Thorncliffe", "Oakleaf Party"),
            ("Jean Oldacre", "Oakleaf Party"),
            ("Ama Boakye", "Lantern Party"),
        ),
        agent="Sheila Dunmore",
        joint=2,
        seats=2,
    ),
    Contest(
        slug=NEXT_MAYOR,
        name="West Midlands Mayor 2028",
        election="mayor.west-midlands.2028-05-04",
        councils=SEVEN,
        wards=(),
        ours=("Ruth Ashdene",),
        rivals=(
            ("Gordon Whitlock", "Oakleaf Party"),
            ("Nadia Sherwell", "Lantern Party"),
        ),
        agent="Martin Oakes",
    ),
)

HELPERS = (
    Helper("Priya Raman", Role.ORGANISER),
    Helper("Martin Oakes", Role.AGENT, MAYOR),
    Helper("Sheila Dunmore", Role.AGENT, BY_ELECTION, mailbox="friar.park.agent"),
    Helper("Hannah Lisle", Role.DATA_OFFICER),
    Helper("Winston Beckford", Role.WARD_LEAD, MAYOR, (SHARD_END, BLAKENALL)),
    Helper("Kinga Mazur", Role.CANVASSER, MAYOR),
    Helper("Gethin Prosser", Role.CALLER, MAYOR),
    Helper("Rukhsana Iqbal", Role.TELLER, BY_ELECTION, (FRIAR_PARK,)),
    Helper("Ruth Ashdene", Role.CANDIDATE, MAYOR),
    Helper("Adrian Colebrook", Role.TREASURER, MAYOR),
    Helper("Yetunde Balogun", Role.DATA_CLERK, MAYOR, (SHARD_END, FRIAR_PARK)),
)
BY_ROLE = {helper.role: helper for helper in HELPERS}
ORGANISER, DATA_OFFICER = BY_ROLE[Role.ORGANISER], BY_ROLE[Role.DATA_OFFICER]
TELLER = BY_ROLE[Role.TELLER]
AGENTS = {helper.campaign: helper for helper in HELPERS if helper.role == Role.AGENT}
