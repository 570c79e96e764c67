from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0012_erased_contacts'),
    ]

    operations = [
        migrations.AddField(
            model_name='volunteer',
            name='language',
            field=models.CharField(choices=[('en-gb', 'English'), ('cy', 'Cymraeg')], default='en-gb', max_length=5),
        ),
    ]
