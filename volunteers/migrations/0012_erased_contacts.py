import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0031_money_stays'),
        ('volunteers', '0011_mails_that_are_not_sent'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasedContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('erased_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'digest'), name='erased_contact_once')],
            },
        ),
    ]
