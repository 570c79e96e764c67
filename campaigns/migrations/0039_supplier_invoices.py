import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

# Money is undone with a reason, never deleted.
TABLES = ("invoicesupplier", "invoicefile", "invoicefilerow")
STAY = "".join(
    f"""
CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON campaigns_{table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
    for table in TABLES
)
# What a supplier wrote is not changed either; what was made of it is.
STAY += """
CREATE TRIGGER invoicefilerow_stays BEFORE UPDATE OF
    file_id, supplier_id, campaign_id, line_number, number, dated_on, description,
    amount, credits ON campaigns_invoicefilerow
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
GO = "DROP TRIGGER invoicefilerow_stays ON campaigns_invoicefilerow;" + "".join(
    f"DROP TRIGGER {table}_is_not_deleted ON campaigns_{table};\n" for table in TABLES
)

class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0038_who_may_spend'),
    ]

    operations = [
        migrations.CreateModel(
            name='InvoiceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('file_name', models.CharField(max_length=255)),
                ('file_sha256', models.CharField(max_length=64)),
                ('received_on', models.DateField()),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InvoiceFileRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line_number', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=60)),
                ('dated_on', models.DateField()),
                ('description', models.CharField(max_length=300)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12)),
                ('credits', models.CharField(blank=True, max_length=60)),
                ('aside', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='InvoiceSupplier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_kind', models.CharField(max_length=8)),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_label', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(max_length=200)),
                ('opened_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='statementmatch',
            name='statement_match_is_one_thing',
        ),
        migrations.RemoveConstraint(
            model_name='statementmatch',
            name='match_made_its_payment',
        ),
        migrations.RenameField(
            model_name='statementmatch',
            old_name='made_payment',
            new_name='made',
        ),
        migrations.AddField(
            model_name='statementmatch',
            name='credit_note',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statement_matches', to='campaigns.creditnote'),
        ),
        migrations.AlterField(
            model_name='moneyfilemapping',
            name='account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='campaigns.statementaccount'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('payment'), models.F('donation'), models.F('credit_note'), models.Func(models.F('aside'), models.Value(''), function='nullif'), function='num_nonnulls', output_field=models.IntegerField()), 1), name='statement_match_is_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.CheckConstraint(condition=models.Q(('made', False), ('aside', ''), _connector='OR'), name='match_made_what_it_names'),
        ),
        migrations.AddConstraint(
            model_name='statementmatch',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('line', 'credit_note'), name='credit_note_matched_once_per_line'),
        ),
        migrations.AddField(
            model_name='invoicefile',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_file_rows', to='campaigns.campaign'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='credit_note',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_rows', to='campaigns.creditnote'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='expense',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_rows', to='campaigns.expense'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='campaigns.invoicefile'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='invoice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='file_rows', to='campaigns.invoice'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation'),
        ),
        migrations.AddField(
            model_name='invoicesupplier',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoice_suppliers', to='campaigns.campaign'),
        ),
        migrations.AddField(
            model_name='invoicesupplier',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.organisation'),
        ),
        migrations.AddField(
            model_name='invoicefilerow',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='campaigns.invoicesupplier'),
        ),
        migrations.AddField(
            model_name='invoicefile',
            name='supplier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='campaigns.invoicesupplier'),
        ),
        migrations.AddField(
            model_name='moneyfilemapping',
            name='supplier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mappings', to='campaigns.invoicesupplier'),
        ),
        migrations.AddConstraint(
            model_name='moneyfilemapping',
            constraint=models.UniqueConstraint(fields=('supplier', 'header_digest'), name='one_invoice_mapping_per_header'),
        ),
        migrations.AddConstraint(
            model_name='moneyfilemapping',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', True), ('supplier__isnull', False)), models.Q(('account__isnull', False), ('supplier__isnull', True)), _connector='OR'), name='money_mapping_is_of_one_source'),
        ),
        migrations.AddConstraint(
            model_name='invoicesupplier',
            constraint=models.UniqueConstraint(fields=('campaign', 'key'), name='invoice_supplier_once_per_campaign'),
        ),
        migrations.AddConstraint(
            model_name='invoicesupplier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='invoice_supplier_has_a_name'),
        ),
        migrations.AddIndex(
            model_name='invoicefilerow',
            index=models.Index(fields=['campaign', '-dated_on', '-id'], name='row_by_day'),
        ),
        migrations.AddConstraint(
            model_name='invoicefilerow',
            constraint=models.UniqueConstraint(models.F('supplier'), django.db.models.functions.text.Upper('number'), condition=models.Q(('amount__gt', 0)), name='supplier_invoice_filed_once'),
        ),
        migrations.AddConstraint(
            model_name='invoicefilerow',
            constraint=models.UniqueConstraint(models.F('supplier'), django.db.models.functions.text.Upper('number'), condition=models.Q(('amount__lt', 0)), name='supplier_credit_filed_once'),
        ),
        migrations.AddConstraint(
            model_name='invoicefilerow',
            constraint=models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='invoice_row_moves_money'),
        ),
        migrations.AddConstraint(
            model_name='invoicefilerow',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='invoice_row_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='invoicefilerow',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('invoice'), models.F('credit_note'), models.F('expense'), models.Func(models.F('aside'), models.Value(''), function='nullif'), function='num_nonnulls', output_field=models.IntegerField()), 1), name='invoice_row_is_one_thing'),
        ),
        migrations.RunSQL(STAY, GO),
    ]
