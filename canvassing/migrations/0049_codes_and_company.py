"""Whoever opens a link says a code, and whoever is under 18 calls beside an adult.

Every round that is or was out gets a short code, drawn from the database's own strong random numbers."""

from django.db import migrations, models

DRAW = """
UPDATE canvassing_roundissue SET short_code = lpad(
    (('x' || right(gen_random_uuid()::text, 12))::bit(48)::bigint % 1000000)::text,
    6, '0')
"""


class Migration(migrations.Migration):
    dependencies = [("canvassing", "0048_grounds_of_objections")]

    operations = [
        migrations.AddField(
            model_name="roundissue",
            name="short_code",
            field=models.CharField(default="", max_length=6),
            preserve_default=False,
        ),
        migrations.RunSQL(DRAW, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="roundissue",
            constraint=models.CheckConstraint(
                condition=models.Q(("short_code", ""), _negated=True),
                name="issue_has_a_code",
            ),
        ),
        migrations.AddField(
            model_name="phonebank",
            name="accompanied_at",
            field=models.DateTimeField(null=True),
        ),
    ]
