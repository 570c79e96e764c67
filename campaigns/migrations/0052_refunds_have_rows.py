from typing import Any

from django.db import migrations, models


def give_rows(apps: Any, editor: Any) -> None:
    """What had come is a refund of its own, with its record, by whoever said so, and
    with the match by which it came."""
    notes = apps.get_model("campaigns", "CreditNote").objects
    came = notes.filter(refunded_on__isnull=False).select_related("invoice__expense")
    for note in came.order_by("pk"):
        note.came = note.refunded
        note.save(update_fields=["came"])
        told, at = _told(apps, note)
        by = {name: getattr(told, name) for name in ("by_kind", "by_id", "by_label")}
        refund = apps.get_model("campaigns", "Refund").objects.create(
            organisation_id=note.organisation_id,
            credit_note=note,
            amount=note.refunded,
            came_on=note.refunded_on,
            recorded_at=at,
            voided_at=note.voided_at,
            void_reason=note.void_reason,
            **by,
        )
        _record(apps, note, refund, by)
        if note.overpaid:
            made = note.statement_matches.filter(made=True, voided_at__isnull=True)
            made.update(refund=refund)
    editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _told(apps: Any, note: Any) -> tuple[Any, Any]:
    """What says who entered that it came, and when: a later record, else the note."""
    later = apps.get_model("campaigns", "AuditEntry").objects.filter(
        organisation_id=note.organisation_id,
        verb="credit_note.refunded",
        target=f"creditnote:{note.pk}",
    )
    last = later.order_by("pk").last()
    return (last, last.at) if last else (note, note.recorded_at)


def _record(apps: Any, note: Any, refund: Any, by: dict[str, Any]) -> None:
    apps.get_model("campaigns", "AuditEntry").objects.create(
        organisation_id=note.organisation_id,
        campaign_id=note.invoice.expense.campaign_id,
        verb="refund.recorded",
        target=f"refund:{refund.pk}",
        data={
            "expense": note.invoice.expense_id,
            "amount": str(refund.amount),
            "credit_note": note.pk,
            "due": "0.00",
        },
        at=refund.recorded_at,
        **by,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0051_refunds_in_parts'),
    ]

    operations = [
        migrations.RunPython(give_rows, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='creditnote',
            name='refund_is_part_of_the_credit_and_has_its_day_or_is_due',
        ),
        migrations.RemoveField(
            model_name='creditnote',
            name='overpaid',
        ),
        migrations.RemoveField(
            model_name='creditnote',
            name='refunded_on',
        ),
        migrations.AddConstraint(
            model_name='creditnote',
            constraint=models.CheckConstraint(condition=models.Q(('came__gte', 0), ('came__lte', models.F('refunded')), ('refunded__lte', models.F('amount'))), name='what_came_is_part_of_the_refund_and_that_of_the_credit'),
        ),
    ]
