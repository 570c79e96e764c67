from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_say_who_may_open_a_file'),
    ]

    operations = [
        migrations.AlterField(
            model_name='donation',
            name='donor_kind',
            field=models.CharField(choices=[('individual', 'Individual on a UK register'), ('party', 'Registered party'), ('company', 'UK-registered company'), ('trade_union', 'Trade union'), ('building_society', 'Building society'), ('partnership', 'Limited liability partnership'), ('friendly_society', 'Friendly society'), ('association', 'UK unincorporated association'), ('trust', 'Trust'), ('bequest', 'Bequest'), ('anonymous', 'Giver not known'), ('other', 'Anybody else')], max_length=18),
        ),
    ]
