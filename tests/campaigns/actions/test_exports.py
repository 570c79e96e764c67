"""The ledger of exports: no entry without a reason."""

import pytest

from campaigns.access import system
from campaigns.actions.exports import ExportRefused, record_export
from campaigns.models import AuditEntry, Campaign, ExportRecord
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def export(campaign: Campaign, reason: str) -> ExportRecord:
    return record_export(
        what="walk sheets",
        reason=reason,
        electors=12,
        file_name="list.pdf",
        organisation=campaign.organisation,
        campaign=campaign,
        by=system(campaign.organisation),
        at=NOW,
    )


def test_an_export_is_kept_with_who_when_why_and_how_many(campaign: Campaign) -> None:
    entry = export(campaign, "  for the   evening round ")

    assert entry.reason == "for the evening round"
    assert (entry.electors, entry.at, entry.by_label) == (12, NOW, "Committee Room")
    assert AuditEntry.objects.filter(verb="electors.exported").count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_an_export_without_a_proper_reason_is_refused(
    campaign: Campaign, reason: str
) -> None:
    with pytest.raises(ExportRefused):
        export(campaign, reason)

    assert not ExportRecord.objects.exists()
