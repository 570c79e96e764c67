
import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0039_supplier_invoices'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('campaigns.expense',),
        ),
        migrations.RemoveConstraint(
            model_name='moneydocument',
            name='receipt_of_one_row',
        ),
        migrations.AddField(
            model_name='moneydocument',
            name='credit_note',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='campaigns.creditnote'),
        ),
        migrations.AddField(
            model_name='moneydocument',
            name='order',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='order_papers', to='campaigns.order'),
        ),
        migrations.AddConstraint(
            model_name='moneydocument',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(models.Func(models.F('expense'), models.F('order'), models.F('invoice'), models.F('credit_note'), models.F('payment'), models.F('donation'), function='num_nonnulls', output_field=models.IntegerField()), 1), name='receipt_of_one_row'),
        ),
    ]
