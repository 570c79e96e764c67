"""A token says that it reaches all wards; it is no longer read from naming none."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def say_all_wards(apps, schema_editor):
    token = apps.get_model("campaigns", "ApiToken")
    named = token.wards.through.objects.filter(apitoken=OuterRef("pk"))
    token.objects.filter(~Exists(named)).update(all_wards=True)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_long_campaigns")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="all_wards",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(say_all_wards, migrations.RunPython.noop),
    ]
