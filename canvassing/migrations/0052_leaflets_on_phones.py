import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0049_overpaid_invoices'),
        ('canvassing', '0051_wishes_say_their_source'),
        ('volunteers', '0014_other_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeafletMiss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('reason', models.CharField(choices=[('locked', 'Locked block'), ('no_box', 'No letter box found'), ('dog', 'A dog'), ('unsafe', 'Did not feel safe'), ('ran_out', 'Ran out of copies'), ('other', 'Something else')], max_length=8)),
                ('said_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'leaflet misses',
            },
        ),
        migrations.AddField(
            model_name='leafletdelivery',
            name='deliverer',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer'),
        ),
        migrations.AddField(
            model_name='leafletdelivery',
            name='said_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='roundissue',
            name='leaflet_round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='canvassing.leafletround'),
        ),
        migrations.AlterField(
            model_name='roundissue',
            name='round',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='canvassing.canvassround'),
        ),
        migrations.AddConstraint(
            model_name='roundissue',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('leaflet_round',), name='leaflet_round_out_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='roundissue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('leaflet_round__isnull', True), ('round__isnull', False)), models.Q(('leaflet_round__isnull', False), ('round__isnull', True)), _connector='OR'), name='issue_is_of_one_round'),
        ),
        migrations.AddField(
            model_name='leafletmiss',
            name='leaflet_street',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='misses', to='canvassing.leafletstreet'),
        ),
        migrations.AddField(
            model_name='leafletmiss',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation'),
        ),
        migrations.AddConstraint(
            model_name='leafletmiss',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('leaflet_street',), name='street_missed_once'),
        ),
    ]
