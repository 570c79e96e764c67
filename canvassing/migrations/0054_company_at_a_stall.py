from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("canvassing", "0053_consents_go_with_their_contact"),
    ]

    operations = [
        migrations.AddField(
            model_name="stalllink",
            name="accompanied_at",
            field=models.DateTimeField(null=True),
        ),
    ]
