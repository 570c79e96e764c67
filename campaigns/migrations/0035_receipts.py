import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models


# Money is voided with a reason, never deleted.
STAY = """
CREATE TRIGGER moneydocument_is_not_deleted BEFORE DELETE ON campaigns_moneydocument
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
GO = "DROP TRIGGER moneydocument_is_not_deleted ON campaigns_moneydocument;"


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0034_look_ups_are_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='MoneyDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('pages', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('attached_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('void_reason', models.CharField(blank=True, max_length=500)),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='campaigns.campaign')),
                ('donation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='campaigns.donation')),
                ('expense', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='campaigns.expense')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='campaigns.storedfile')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='campaigns.invoice')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='campaigns.payment')),
            ],
            options={
                'verbose_name': 'receipt',
                'constraints': [models.UniqueConstraint(fields=('campaign', 'number'), name='receipt_once_per_number'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('campaign', 'sha256'), name='receipt_kept_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0), ('pages__gt', 0)), name='receipt_is_numbered'), models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('expense'), models.F('invoice'), models.F('payment'), models.F('donation'), function='num_nonnulls', output_field=models.IntegerField()), 1), name='receipt_of_one_row'), models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('void_reason', ''), _negated=True), _connector='OR'), name='voided_receipt_has_a_reason')],
            },
        ),
        migrations.RunSQL(STAY, GO),
    ]
