"""Links to rounds that are out, as a picture to point a phone at."""

from dataclasses import dataclass

import segno
from django.http import HttpRequest

from canvassing.actions.round_issues import link_secret
from canvassing.exporters.links_given import address_of
from canvassing.reports.rounds_out import IssueOut

NEW_CODE = "There is a new code. Whoever has joined stays."
LET_TRY = "Whoever waited may try the code again."


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A round that is out with its link; the secret follows `#`, where no log and no
    referrer has it."""

    row: IssueOut
    link: str
    picture: str


def shown_link(request: HttpRequest, row: IssueOut) -> ShownLink:
    link = request.build_absolute_uri(address_of(link_secret(row.issue)))
    picture = segno.make(link, error="m").svg_data_uri(scale=4, border=2)
    return ShownLink(row, link, picture)
