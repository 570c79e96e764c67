"""What was given up after five attempts stays given up, and says so."""

import django.db.models.functions.datetime
from django.db import migrations, models


GIVEN_UP = """
UPDATE volunteers_volunteermail
SET given_up_at = statement_timestamp(), fault = 'The mail server did not take it.'
WHERE sent_at IS NULL AND attempts >= 5
"""


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0010_sign_up_and_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='volunteermail',
            name='fault',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='volunteermail',
            name='given_up_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='volunteermail',
            name='written_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.RunSQL(GIVEN_UP, migrations.RunSQL.noop),
    ]
