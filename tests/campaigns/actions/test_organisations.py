"""Setting up organisations and campaigns: what is refused, in a sentence."""

from typing import Any

import pytest

from campaigns.access import system
from campaigns.actions.organisations import (
    CampaignRefused,
    create_campaign,
    create_organisation,
)
from campaigns.models import Campaign, Council, Organisation
from campaigns.rules.refusals import Refusal
from tests.cast import NOW


@pytest.mark.parametrize(
    ("name", "slug", "code"),
    [
        ("", "alder", "bad_name"),
        ("x" * 201, "alder", "bad_name"),
        ("Alder Party", "al der", "bad_slug"),
        ("Alder Party", "a" * 61, "bad_slug"),
    ],
)
def test_an_organisation_needs_a_name_and_a_slug(
    organisation: Organisation, name: str, slug: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        create_organisation(name=name, slug=slug, by=system(organisation), at=NOW)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"slug": "may or"}, "bad_slug"),
        ({"slug": "Field"}, "slug_reserved"),
        ({"name": "x" * 201}, "bad_name"),
    ],
)
def test_a_campaign_of_a_bad_name_or_slug_is_refused_as_a_campaign(
    organisation: Organisation, terms: dict[str, str], code: str
) -> None:
    with pytest.raises(CampaignRefused) as refused:
        create_campaign(
            organisation=organisation,
            election_id="mayor.west-midlands.2024-05-02",
            councils=[],
            by=system(organisation),
            at=NOW,
            **({"slug": "mayor"} | terms),
        )

    assert refused.value.code == code


@pytest.mark.parametrize("gss", ["E0800", "Walsall", "E08000030x", "K08000030"])
def test_what_is_no_code_of_a_council_makes_no_council(
    organisation: Organisation, gss: str
) -> None:
    terms: dict[str, Any] = {"by": system(organisation), "at": NOW}

    with pytest.raises(Refusal) as refused:
        create_campaign(
            organisation=organisation,
            election_id="mayor.west-midlands.2024-05-02",
            slug="mayor",
            councils=[gss],
            **terms,
        )

    assert refused.value.code == "bad_council"
    assert not Council.objects.exists()
    assert not Campaign.objects.exists()
