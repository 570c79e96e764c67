from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("canvassing", "0052_leaflets_on_phones"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="opinionconsent",
            name="consents_once_at_a_time",
        ),
        migrations.AddField(
            model_name="opinionconsent",
            name="came_with",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="opinionconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("organisation", "elector", "came_with"),
                name="consents_once_with_what_it_came",
                nulls_distinct=False,
            ),
        ),
    ]
