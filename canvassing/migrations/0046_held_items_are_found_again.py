"""What is held has the hash by which it is found once it is filed, and its reason."""

from django.db import migrations
from django.db.models import F

RENAMED = {"caller_blocked": "blocked", "caller_stood_down": "had_stood_down"}


def hash_anew(apps, schema_editor):
    """Of channels but the door it was made of another text than what is kept says."""
    from canvassing.rules.contacts import ContactItem

    waiting = apps.get_model("canvassing", "HeldItem").objects.filter(
        kind="contact", resolved_at=None
    )
    for held in waiting.order_by("pk").iterator(chunk_size=1000):
        right = ContactItem.from_json(held.payload).content_hash()
        if right == held.content_hash:
            continue
        same = {"organisation": held.organisation_id, "uuid": held.uuid}
        if waiting.model.objects.filter(
            **same, kind="contact", content_hash=right
        ).exists():
            waiting.filter(pk=held.pk).update(
                resolved_at=F("received_at"), resolution="Held twice."
            )
        else:
            waiting.filter(pk=held.pk).update(content_hash=right)


def rename(apps, schema_editor):
    held = apps.get_model("canvassing", "HeldItem").objects
    for before, now in RENAMED.items():
        held.filter(code=before).update(code=now)


class Migration(migrations.Migration):
    dependencies = [("canvassing", "0045_undo_names_and_company")]

    operations = [
        migrations.RunPython(hash_anew, migrations.RunPython.noop),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
