"""What an election id says about the poll."""

from datetime import date

import pytest

from campaigns.rules.election_kinds import (
    ElectionIdRefused,
    PollKind,
    nation_of,
    parse_election_id,
)


@pytest.mark.parametrize(
    ("text", "kind", "label", "spending"),
    [
        (
            "mayor.west-midlands.2024-05-02",
            "cam_mayor",
            "Mayor, West Midlands",
            "cam_mayor",
        ),
        (
            "mayor.greater-manchester-ca.2017-05-04",
            "cam_mayor",
            "Mayor, Greater Manchester",
            "cam_mayor",
        ),
        ("mayor.london.2024-05-02", "mayor_london", "Mayor, London", "mayor_london"),
        ("mayor.hackney.2022-05-05", "la_mayor", "Mayor, Hackney", "la_mayor"),
        ("local.2024-05-02", "local", "Local", "local"),
        (
            "local.birmingham.sutton-four-oaks.by.2024-11-14",
            "local",
            "Local by-election, Birmingham, Sutton Four Oaks",
            "local",
        ),
        ("parish.shifnal.2025-05-01", "parish", "Parish, Shifnal", "parish"),
        (
            "pcc.avon-and-somerset.2024-05-02",
            "pcc",
            "Police and crime commissioner, Avon and Somerset",
            "pcc",
        ),
        (
            "gla.c.barnet-and-camden.2024-05-02",
            "gla_constituency",
            "London Assembly constituency, Barnet and Camden",
            "gla_constituency",
        ),
        ("gla.a.2024-05-02", "gla_list", "London Assembly list", "gla_list"),
        (
            "parl.wakefield.by.2022-06-23",
            "parl",
            "UK Parliament by-election, Wakefield",
            "uk_byelection",
        ),
        (
            "parl.stoke-on-trent-north.2024-07-04",
            "parl",
            "UK Parliament, Stoke on Trent North",
            "ukpge_short_county",
        ),
        (
            "sp.c.orkney.2021-05-06",
            "sp",
            "Scottish Parliament, Orkney",
            "sp_short_county",
        ),
        (
            "sp.c.orkney.by.2021-05-06",
            "sp",
            "Scottish Parliament by-election, Orkney",
            "sp_byelection",
        ),
        ("senedd.2026-05-07", "senedd", "Senedd", "senedd_individual"),
        (
            "nia.belfast-east.2022-05-05",
            "nia",
            "Northern Ireland Assembly, Belfast East",
            "nia_county",
        ),
    ],
)
def test_an_id_says_the_kind_of_poll_its_place_and_day(text, kind, label, spending):
    name = parse_election_id(text)

    assert name.kind == kind
    assert name.label == label
    assert name.spending_kinds[0] == spending
    assert name.poll_on == date.fromisoformat(text[-10:])


def test_a_general_election_has_a_limit_for_county_and_one_for_borough_seats():
    name = parse_election_id("parl.2024-07-04")

    assert name.kind is PollKind.UK_PARLIAMENT
    assert name.spending_kinds == ("ukpge_short_county", "ukpge_short_borough")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_polling_day"),
        ("mayor.west-midlands", "no_polling_day"),
        ("mayor.west-midlands.2024-02-30", "no_polling_day"),
        ("mayor.west-midlands.20240502", "no_polling_day"),
        ("2024-05-02", "bad_election_id"),
        ("mayor.West Midlands.2024-05-02", "bad_election_id"),
        ("mayor..2024-05-02", "bad_election_id"),
        ("by.2024-05-02", "unknown_election_kind"),
        ("mayor.2024-05-02", "unknown_election_kind"),
        ("ref.leave.2016-06-23", "unknown_election_kind"),
    ],
    ids=str,
)
def test_what_is_not_an_election_id_is_refused(text, code):
    with pytest.raises(ElectionIdRefused) as refused:
        parse_election_id(text)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "areas", "nation"),
    [
        ("local.dunmere.2026-05-07", ["W06000099"], "WLS"),
        ("local.dunmere.2026-05-07", ["S12000099", "E08000031"], "SCT"),
        ("local.dunmere.2026-05-07", ["N09000099"], "NIR"),
        ("parl.2024-07-04", [], "ENG"),
        ("sp.c.dunmere.2026-05-07", [], "SCT"),
        ("senedd.2026-05-07", ["E08000031"], "WLS"),
    ],
)
def test_the_nation_is_that_of_the_parliament_or_of_the_areas(text, areas, nation):
    assert nation_of(parse_election_id(text).kind, areas) == nation
