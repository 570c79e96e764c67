"""The records of what was done are written once, whoever tries to change them."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.access import system
from campaigns.actions import audit
from campaigns.models import AuditEntry, ExportRecord, Organisation
from tests.cast import NOW


@pytest.fixture
def rows(organisation: Organisation) -> list[AuditEntry | ExportRecord]:
    by = system(organisation)
    audit.record("test.done", by=by, at=NOW, organisation_id=organisation.pk)
    entry = AuditEntry.objects.get(verb="test.done")
    export = ExportRecord(
        organisation=organisation,
        what="A list",
        reason="To canvass",
        electors=1,
        file_name="list.csv",
        at=NOW,
    )
    export.recorded_by(by)
    export.save()
    return [entry, export]


def test_a_record_is_neither_changed_nor_deleted(
    rows: list[AuditEntry | ExportRecord],
) -> None:
    for row in rows:
        everything = type(row).objects.filter(pk=row.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            everything.update(by_label="Somebody else")
        with pytest.raises(IntegrityError), transaction.atomic():
            everything.delete()
        assert everything.get().by_label == row.by_label
