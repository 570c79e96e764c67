from django.db import migrations

# Money is voided with a reason, never deleted.
TABLES = (
    "limitnotice",
    "spendingauthority",
    "expense",
    "expenseshare",
    "invoice",
    "payment",
    "donation",
    "donationevidence",
)
STAY = "".join(
    f"""
CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON campaigns_{table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
    for table in TABLES
)
GO = "".join(
    f"DROP TRIGGER {table}_is_not_deleted ON campaigns_{table};\n" for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0030_plan_and_donors"),
    ]

    operations = [
        migrations.RunSQL(STAY, GO),
    ]
