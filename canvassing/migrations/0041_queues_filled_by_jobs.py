"""Which job fills a phone bank's queue."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_postal_packs"),
        ("canvassing", "0040_phones"),
    ]

    operations = [
        migrations.AddField(
            model_name="phonebank",
            name="job",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="campaigns.job",
            ),
        ),
    ]
