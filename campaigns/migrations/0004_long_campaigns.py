import django.contrib.postgres.fields
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_registers_rewritten_for_less'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='parliament_met_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='campaign',
            name='period_opened_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='campaign',
            name='result_declared_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='expense',
            name='long_parts',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='limitnotice',
            name='told_limit',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
        ),
        migrations.AlterField(
            model_name='apitoken',
            name='capabilities',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('see_campaign', 'See the campaign, its wards and its progress'), ('see_electors', 'See electors of their wards'), ('record_contacts', 'Record contacts'), ('make_lists', 'Make lists of electors'), ('export_electors', 'Export and print elector data'), ('import_register', 'Import registers and decide matches'), ('erase_electors', 'Hide and erase electors'), ('manage_campaign', 'Set up campaigns, codes and sessions'), ('manage_people', 'Give roles and tokens'), ('see_money', 'See spending'), ('propose_expense', 'Propose an expense'), ('state_personal', 'State personal expenses'), ('commit_expense', 'Commit an expense'), ('record_payments', 'Enter invoices and payments'), ('record_donations', 'Enter donations'), ('declare_money', 'Sign declarations and returns'), ('mark_voted', 'Mark who has voted')], max_length=24), default=list, size=None),
        ),
        migrations.AlterField(
            model_name='limitnotice',
            name='electors',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='storedfile',
            name='capability',
            field=models.CharField(choices=[('see_campaign', 'See the campaign, its wards and its progress'), ('see_electors', 'See electors of their wards'), ('record_contacts', 'Record contacts'), ('make_lists', 'Make lists of electors'), ('export_electors', 'Export and print elector data'), ('import_register', 'Import registers and decide matches'), ('erase_electors', 'Hide and erase electors'), ('manage_campaign', 'Set up campaigns, codes and sessions'), ('manage_people', 'Give roles and tokens'), ('see_money', 'See spending'), ('propose_expense', 'Propose an expense'), ('state_personal', 'State personal expenses'), ('commit_expense', 'Commit an expense'), ('record_payments', 'Enter invoices and payments'), ('record_donations', 'Enter donations'), ('declare_money', 'Sign declarations and returns'), ('mark_voted', 'Mark who has voted')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('long_parts', 0), models.Q(('inside_of_parts__gte', django.db.models.expressions.CombinedExpression(models.F('inside_parts'), '+', models.F('long_parts'))), ('inside_of_parts__isnull', False), ('inside_parts__isnull', False)), _connector='OR'), name='parts_of_both_periods_fit'),
        ),
        migrations.AddConstraint(
            model_name='limitnotice',
            constraint=models.CheckConstraint(condition=models.Q(('told_limit__isnull', True), models.Q(('is_official', True), ('told_limit__gt', 0)), _connector='OR'), name='only_a_notice_states_a_limit'),
        ),
    ]
