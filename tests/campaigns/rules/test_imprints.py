"""Imprints, with the examples of docs/rules/imprints.md."""

import pytest

from campaigns.rules.imprints import (
    Imprint,
    ImprintRefused,
    Medium,
    imprint_text,
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
    with pytest.raises(ImprintRefused, match="lacks: name and address \\(printer\\)"):
        imprint_text(Imprint(AGENT, CANDIDATE))
