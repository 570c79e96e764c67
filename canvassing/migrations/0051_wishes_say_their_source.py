from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('canvassing', '0050_who_spoke'),
    ]

    operations = [
        migrations.AddField(
            model_name='donotcontact',
            name='source',
            field=models.CharField(blank=True, db_default='', max_length=100),
        ),
    ]
