import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('canvassing', '0054_company_at_a_stall'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnockerPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('left_at', models.DateTimeField()),
                ('back_at', models.DateTimeField()),
                ('knocker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='canvassing.roundknocker')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('left_at__lte', models.F('back_at'))), name='pause_ends_after_it_began')],
            },
        ),
    ]
