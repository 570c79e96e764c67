import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0002_records_stay_as_they_are'),
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
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('long_parts', 0), models.Q(('inside_of_parts__gte', django.db.models.expressions.CombinedExpression(models.F('inside_parts'), '+', models.F('long_parts'))), ('inside_of_parts__isnull', False), ('inside_parts__isnull', False)), _connector='OR'), name='parts_of_both_periods_fit'),
        ),
    ]
