import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

# Money is undone with a reason, never deleted.
TABLES = (
    "statementaccount",
    "statement",
    "statementline",
    "statementmatch",
)
STAY = "".join(
    f"""
CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON campaigns_{table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
    for table in TABLES
)
# What a bank wrote is not changed either.
STAY += """
CREATE TRIGGER statementline_stays BEFORE UPDATE ON campaigns_statementline
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
GO = "DROP TRIGGER statementline_stays ON campaigns_statementline;" + "".join(
    f"DROP TRIGGER {table}_is_not_deleted ON campaigns_{table};\n" for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0036_returns'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatementAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('bank', 'Bank account'), ('card', 'Card')], default='bank', max_length=4)),
                ('opened_at', models.DateTimeField()),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='campaigns.campaign')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('file_name', models.CharField(max_length=255)),
                ('file_sha256', models.CharField(max_length=64)),
                ('loaded_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='campaigns.statementaccount')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MoneyFileMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('header_digest', models.CharField(max_length=64)),
                ('columns', models.JSONField(default=dict)),
                ('is_reversed', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='campaigns.statementaccount')),
            ],
        ),
        migrations.CreateModel(
            name='StatementLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_number', models.PositiveIntegerField()),
                ('place', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('description', models.CharField(max_length=300)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('balance', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('nth', models.PositiveSmallIntegerField(default=1)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='campaigns.statementaccount')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statement_lines', to='campaigns.campaign')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='campaigns.statement')),
            ],
        ),
        migrations.CreateModel(
            name='StatementMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('aside', models.CharField(blank=True, max_length=300)),
                ('made_payment', models.BooleanField(default=False)),
                ('matched_at', models.DateTimeField()),
                ('voided_at', models.DateTimeField(null=True)),
                ('void_reason', models.CharField(blank=True, max_length=500)),
                ('donation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statement_matches', to='campaigns.donation')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='campaigns.statementline')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statement_matches', to='campaigns.payment')),
            ],
            options={
                'verbose_name_plural': 'statement matches',
            },
        ),
        migrations.AddConstraint(
            model_name='statementaccount',
            constraint=models.UniqueConstraint(fields=('campaign', 'name'), name='account_once_per_campaign'),
        ),
        migrations.AddConstraint(
            model_name='statementaccount',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='account_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='moneyfilemapping',
            constraint=models.UniqueConstraint(fields=('account', 'header_digest'), name='one_money_mapping_per_header'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(fields=['campaign', '-day', '-id'], name='statement_by_day'),
        ),
        migrations.AddIndex(
            model_name='statementline',
            index=models.Index(fields=['account', 'day', 'statement', 'place'], name='statement_in_order'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.UniqueConstraint(fields=('account', 'day', 'amount', 'description', 'nth'), name='statement_line_filed_once'),
        ),
        migrations.AddConstraint(
            model_name='statementline',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='statement_line_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='statement_match_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('payment'), models.F('donation'), models.Func(models.F('aside'), models.Value(''), function='nullif'), function='num_nonnulls', output_field=models.IntegerField()), 1), name='statement_match_is_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.CheckConstraint(condition=models.Q(('voided_at__isnull', True), models.Q(('void_reason', ''), _negated=True), _connector='OR'), name='undone_match_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.CheckConstraint(condition=models.Q(('made_payment', False), ('payment__isnull', False), _connector='OR'), name='match_made_its_payment'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('line', 'payment'), name='payment_matched_once_per_line'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('line', 'donation'), name='donation_matched_once_per_line'),
        ),
        migrations.RunSQL(STAY, GO),
    ]
