"""What has to be looked at of each kind of donor: docs/rules/donations.md."""

import pytest

from campaigns.models import DonorKind as StoredKind
from campaigns.rules.donor_evidence import EVIDENCE, missing_evidence
from campaigns.rules.marks import Mark
from campaigns.rules.permissible_donations import NEVER, DonorKind


@pytest.mark.parametrize("kind", StoredKind.values)
def test_of_every_donor_who_may_give_something_is_to_be_looked_at(kind):
    donor = DonorKind[kind.upper()]

    assert bool(EVIDENCE[donor]) is (donor not in NEVER)


def test_a_company_is_looked_up_in_three_ways():
    asked = missing_evidence(DonorKind.COMPANY, {"company_number"})

    assert [evidence.code for evidence in asked] == [
        "registered_office",
        "carries_on_business",
    ]


def test_each_has_its_source_and_a_code_that_can_be_kept():
    for asked in EVIDENCE.values():
        codes = [evidence.code for evidence in asked]

        assert len(set(codes)) == len(codes)
        assert all(len(code) <= 30 for code in codes)
        assert all(e.source.text and e.mark is Mark.READ for e in asked)
