"""A local party's own rounds, read in from its list of streets."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from campaigns.access import system
from campaigns.models import AuditEntry, Campaign, Council, Organisation, User, Ward
from campaigns.rules.refusals import Refusal
from canvassing.actions.local_rounds import retire_local_round
from canvassing.importers.local_rounds import LocalRoundsRead, import_local_rounds
from canvassing.models import LocalRound, LocalStretch
from canvassing.rules.rounds import RoundsRefused
from tests.canvassing.round_helpers import house
from tests.cast import NOW, actor

ROUNDS = """round,street,side,from,to
Hill Top,Quarry Lane,even,,
Hill Top,Oak Road,,1,40
Canal,QUARRY LN,odd,,
Canal,Wharf Strete,,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rounds.csv"
    path.write_text(ROUNDS)
    return path


def read(path: Path, campaign: Campaign, council: Council) -> LocalRoundsRead:
    owner = campaign.organisation
    return import_local_rounds(
        path, organisation=owner, council=council, by=system(owner), at=NOW
    )


def test_rounds_are_kept_with_their_streets_in_order(
    campaign: Campaign, ward: Ward, file: Path
) -> None:
    made = read(file, campaign, ward.council)
    assert (made.rounds, made.stretches, made.new, made.changed) == (2, 4, 2, 0)
    stretches = LocalStretch.objects.order_by("local_round__name", "position")
    assert list(
        stretches.values_list(
            "local_round__name", "street_key", "side", "number_from", "number_to"
        )
    ) == [
        ("Canal", "QUARRY LANE", "odd", None, None),
        ("Canal", "WHARF STRETE", "both", None, None),
        ("Hill Top", "QUARRY LANE", "even", None, None),
        ("Hill Top", "OAK ROAD", "both", 1, 40),
    ]
    assert AuditEntry.objects.get(verb="local_rounds.written").data == {
        "new": 2,
        "changed": 0,
    }


def test_a_street_that_nobody_knows_is_reported_by_line_with_one_much_like_it(
    campaign: Campaign, ward: Ward, file: Path
) -> None:
    for street in ("Quarry Lane", "Wharf Street", "Oak Road"):
        house(campaign, ward, 1, street)
    [unknown] = read(file, campaign, ward.council).unknown_streets
    assert (unknown.line, unknown.street) == (5, "Wharf Strete")
    assert unknown.perhaps == "Wharf Street"


def test_the_same_file_again_changes_nothing_and_another_only_what_it_names(
    campaign: Campaign, ward: Ward, file: Path
) -> None:
    read(file, campaign, ward.council)
    before = set(LocalRound.objects.values_list("pk", flat=True))
    again = read(file, campaign, ward.council)
    assert (again.new, again.changed) == (0, 0)
    file.write_text("Walk;Road;Odd/Even\nCanal;Wharf Street;both\n")
    changed = read(file, campaign, ward.council)
    assert (changed.new, changed.changed) == (0, 1)
    assert set(LocalRound.objects.values_list("pk", flat=True)) == before
    canal = LocalStretch.objects.filter(local_round__name="Canal")
    assert list(canal.values_list("street", flat=True)) == ["Wharf Street"]
    assert LocalStretch.objects.filter(local_round__name="Hill Top").count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "rounds.csv is empty."),
        ("round,side\nHill Top,odd\n", "no columns for round and street"),
        ("round,street\n", "no lines below its header"),
        ("round,street\nHill Top,\n", "line 2: It names no round or no street."),
        (
            "round,street,side\nHill,Oak Road,left\n",
            "line 2: 'LEFT' is neither odd, even nor both.",
        ),
        (
            "round,street,side,from,to\nHill,Oak Road,,20,3\n",
            "line 2: It goes from 20 back to 3.",
        ),
        (
            "round,street,side,from,to\nHill,Oak Road,,x,\n",
            "line 2: 'x' is not a house number.",
        ),
        (
            "round,street,side,from,to\nHill,Oak Road,,999999,\n",
            "higher than any house number",
        ),
        ("%PDF-1.4 round,street\n", "is not a CSV or Excel table"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    campaign: Campaign, ward: Ward, file: Path, text: str, sentence: str
) -> None:
    good = "Good,Oak Road\n" if text.startswith("round,street\nH") else ""
    file.write_text(text + good)
    with pytest.raises(Refusal) as refused:
        read(file, campaign, ward.council)
    assert sentence in str(refused.value)
    assert not LocalRound.objects.exists()


def test_another_organisation_s_rounds_are_its_own(
    campaign: Campaign, other_organisation: Organisation, ward: Ward, file: Path
) -> None:
    read(file, campaign, ward.council)
    made = import_local_rounds(
        file,
        organisation=other_organisation,
        council=ward.council,
        by=system(other_organisation),
        at=NOW,
    )
    assert made.new == 2


def test_a_round_that_was_put_aside_can_come_back_under_its_name(
    campaign: Campaign, ward: Ward, file: Path
) -> None:
    read(file, campaign, ward.council)
    by = system(campaign.organisation)
    canal = LocalRound.objects.get(name="Canal")
    for _ in range(2):
        retire_local_round(canal, by=by, at=NOW)
    assert AuditEntry.objects.filter(verb="local_round.retired").count() == 1
    assert read(file, campaign, ward.council).new == 1


def test_a_ward_lead_may_not_change_what_all_campaigns_share(
    campaign: Campaign, ward: Ward, file: Path, ward_lead: User
) -> None:
    with pytest.raises(RoundsRefused, match="may not change local rounds"):
        import_local_rounds(
            file,
            organisation=campaign.organisation,
            council=ward.council,
            by=actor(ward_lead),
            at=NOW,
        )


def test_the_command_says_it_all_in_json(
    campaign: Campaign, ward: Ward, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--organisation", "alder", "--council", ward.council.gss)
    call_command("import_local_rounds", str(file), *options, "--json")
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["rounds"], said["new"]) == (2, 2)
    assert said["unknown_streets"][0] == {
        "line": 2,
        "street": "Quarry Lane",
        "perhaps": "",
    }
    call_command("import_local_rounds", str(file), *options)
    assert "line 2: no street Quarry Lane is known" in capsys.readouterr().out


def test_the_command_refuses_a_council_that_is_none(
    campaign: Campaign, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--organisation", "alder", "--council", "E00000000", "--json")
    with pytest.raises(SystemExit) as ended:
        call_command("import_local_rounds", str(file), *options)
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_council"
