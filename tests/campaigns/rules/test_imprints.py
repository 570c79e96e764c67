"""Imprints, with the examples of docs/rules/imprints.md."""

import pytest

from campaigns.rules.imprints import (
    Imprint,
    ImprintRefused,
    Medium,
    imprint_text,
    missing_in_text,
    missing_parts,
)

AGENT = "Ada Bright, 1 Mill Lane, Ashby AB1 2CD"
CANDIDATE = "Ben Carr, 2 Mill Lane, Ashby AB1 2CD"
PRINTER = "Quick Print, 3 Forge Road, Ashby AB1 3EF"


def test_print_names_printer_promoter_and_on_whose_behalf():
    assert imprint_text(Imprint(AGENT, CANDIDATE, PRINTER)) == (
        "Promoted by Ada Bright, 1 Mill Lane, Ashby AB1 2CD, on behalf of Ben Carr, "
        "2 Mill Lane, Ashby AB1 2CD. "
        "Printed by Quick Print, 3 Forge Road, Ashby AB1 3EF."
    )


def test_digital_material_needs_no_printer():
    text = imprint_text(Imprint(AGENT, CANDIDATE), Medium.DIGITAL)

    assert "Printed" not in text
    assert missing_parts(Imprint(AGENT, CANDIDATE), Medium.DIGITAL) == ()


def test_a_candidate_who_promotes_is_named_once():
    text = imprint_text(Imprint(CANDIDATE, CANDIDATE), Medium.DIGITAL)

    assert text == "Promoted by Ben Carr, 2 Mill Lane, Ashby AB1 2CD."


@pytest.mark.parametrize(
    ("imprint", "missing"),
    [
        (Imprint(AGENT, CANDIDATE, PRINTER), ()),
        (Imprint(AGENT, CANDIDATE), ("name and address (printer)",)),
        (Imprint("Ada Bright", CANDIDATE, PRINTER), ("address (promoter)",)),
        (Imprint(AGENT, "Ben Carr, ", PRINTER), ("address (on whose behalf)",)),
        (
            Imprint(" ", "", ""),
            (
                "name and address (promoter)",
                "name and address (on whose behalf)",
                "name and address (printer)",
            ),
        ),
    ],
    ids=["complete", "no printer", "no address", "empty address", "nothing"],
)
def test_the_missing_parts_are_named(imprint, missing):
    assert missing_parts(imprint) == missing


def test_an_incomplete_imprint_is_refused():
    with pytest.raises(
        ImprintRefused, match=r"lacks: name and address \(printer\)\. Set"
    ):
        imprint_text(Imprint(AGENT, CANDIDATE))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (imprint_text(Imprint(AGENT, CANDIDATE, PRINTER)), ()),
        (
            "Printed by Quick Print, 3 Forge Road, Ashby. PROMOTED BY Ada Bright ON "
            "BEHALF OF Ben Carr, both of 1 Mill Lane, Ashby",
            (),
        ),
        (
            "Printed and promoted by Ada Bright, 1 Mill Lane, Ashby, for and on\n"
            "behalf of Ben Carr, 2 Mill Lane, Ashby",
            (),
        ),
        (
            f"Published by {AGENT} on behalf of {CANDIDATE}",
            ("name and address (printer)",),
        ),
        (
            f"Printed by Quick Print. Promoted by {AGENT}, on behalf of {CANDIDATE}",
            ("address (printer)",),
        ),
        (
            "Printed by Quick Print. Promoted by Ada Bright on behalf of Ben Carr, "
            "both of 1 Mill Lane, Ashby",
            ("address (printer)",),
        ),
        (
            "Printed by Quick Print, promoted by Ada Bright, on behalf of Ben Carr, "
            "all at 1 Mill Lane, Ashby",
            (),
        ),
        (
            f"Printed by {PRINTER}. Promoted by {CANDIDATE}",
            ("name and address (on whose behalf)",),
        ),
        (
            f"{AGENT}; {CANDIDATE}; {PRINTER}",
            (
                "name and address (promoter)",
                "name and address (on whose behalf)",
                "name and address (printer)",
            ),
        ),
        (
            "Printed by, promoted by, on behalf of, all of 1 Mill Lane",
            (
                "name and address (promoter)",
                "name and address (on whose behalf)",
                "name and address (printer)",
            ),
        ),
    ],
    ids=[
        "as we print it",
        "both at one address",
        "the promoter prints it",
        "no printer",
        "a printer without an address",
        "an address for two of three",
        "all at one address",
        "nobody on whose behalf",
        "names without what they are",
        "words without names",
    ],
)
def test_an_imprint_typed_off_a_leaflet_is_checked_part_by_part(text, missing):
    assert missing_in_text(text) == missing


def test_a_candidate_who_promotes_the_leaflet_needs_no_second_name():
    text = f"Printed by {PRINTER}. Promoted by {CANDIDATE}."

    assert missing_in_text(text, promoter_is_candidate=True) == ()
