"""Who is asked for photo identification."""

import pytest

from campaigns.rules.election_kinds import PollKind
from campaigns.rules.photo_id import certificate_serves, photo_id_is_shown


@pytest.mark.parametrize(
    ("kind", "nation", "shown"),
    [
        (PollKind.LOCAL, "ENG", True),
        (PollKind.COMBINED_AUTHORITY_MAYOR, "ENG", True),
        (PollKind.LOCAL, "WLS", False),
        (PollKind.SENEDD, "WLS", False),
        (PollKind.POLICE_COMMISSIONER, "WLS", True),
        (PollKind.UK_PARLIAMENT, "WLS", True),
        (PollKind.UK_PARLIAMENT, "SCT", True),
        (PollKind.SCOTTISH_PARLIAMENT, "SCT", False),
        (PollKind.LOCAL, "NIR", True),
    ],
)
def test_photo_id_is_shown_by_nation_and_kind(
    kind: PollKind, nation: str, shown: bool
) -> None:
    assert photo_id_is_shown(kind, nation=nation) is shown


def test_the_certificate_is_not_for_northern_ireland() -> None:
    assert not certificate_serves(PollKind.LOCAL, nation="NIR")
    assert certificate_serves(PollKind.LOCAL, nation="ENG")
