"""Whom a letter run writes to: households of a list, by what they vote, as of now.

Only pledges are written to, as they stand now: a letter thanks for one. Left out:
whoever is no longer open on the list, objected to addressed mail (or whose household
did), or has no address with a postcode.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.models import Ward
from campaigns.reports.polling_stations import stations_by_district
from canvassing.models import Channel, GotvList, LetterRun, VotesBy, Wording
from canvassing.reports.list_electors import (
    ListedElector,
    Source,
    count,
    electors,
    of_list,
)
from canvassing.rules.households import households
from canvassing.rules.letters import listed

WRITTEN_TO = {
    Wording.STATION: (VotesBy.IN_PERSON, VotesBy.PROXY, VotesBy.POSTAL_PROXY),
    Wording.POSTAL: (VotesBy.POST,),
}
YOUR_STATION = "the one on your poll card"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: the electors it names, and where it goes."""

    people: tuple[ListedElector, ...]
    polling_station: str

    @property
    def names(self) -> str:
        return listed([person.name for person in self.people])

    @property
    def forenames(self) -> str:
        return listed([person.forename or person.name for person in self.people])

    @property
    def address(self) -> list[str]:
        """Lines of the address as printed in the register, then the postcode."""
        person = self.people[0]
        return [*person.printed.split(", "), person.postcode]


def letter_source(gotv_list: GotvList, wards: list[int], wording: str) -> Source:
    """The pledges written to, in walking order."""
    source = of_list(gotv_list, wards, channel=Channel.LETTER)
    ways = [int(way) for way in WRITTEN_TO[Wording(wording)]]
    return source.where(
        "s.pledged AND s.votes_by = ANY(%(ways)s)"
        " AND p.printed <> '' AND p.postcode <> ''",
        ways=ways,
    )


def count_letters(
    gotv_list: GotvList, wards: list[int], *, wording: str, one_per_household: bool
) -> int:
    """How many letters there would be now."""
    source = letter_source(gotv_list, wards, wording)
    return count(source, "DISTINCT s.address_id" if one_per_household else "*")


def letters_of(run: LetterRun, ward: Ward) -> Iterator[Letter]:
    """The letters of one ward, in walking order."""
    source = letter_source(run.gotv_list, [ward.pk], run.wording)
    stations = _stations(run, ward)
    people = electors(source)
    homes = households(people) if run.one_per_household else ([p] for p in people)
    for home in homes:
        yield Letter(tuple(home), stations.get(home[0].district, YOUR_STATION))


def _stations(run: LetterRun, ward: Ward) -> dict[str, str]:
    """Polling district code -> its polling station, where known."""
    return stations_by_district(
        organisation_id=run.organisation_id,
        election_id=run.gotv_list.campaign.election_id,
        council_id=ward.council_id,
    )
