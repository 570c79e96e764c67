from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0047_rows_are_replaced'),
        ('canvassing', '0049_codes_and_company'),
        ('volunteers', '0014_other_names'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('spoke__isnull', False)), fields=['organisation', 'spoke', 'effective_at'], name='contacts_by_who_spoke'),
        ),
    ]
