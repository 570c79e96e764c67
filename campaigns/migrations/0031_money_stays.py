from django.db import migrations

# Money is voided with a reason, never deleted; a return that was filed is frozen, and
# what any return holds stays as it was made.
TABLES = (
    "limitnotice",
    "spendingauthority",
    "authorisedcampaigner",
    "outsideactivity",
    "expense",
    "expenseshare",
    "invoice",
    "creditnote",
    "payment",
    "donation",
    "moneydocument",
    "spendingreturn",
    "returndeclaration",
)
STAY = """
CREATE TRIGGER filed_return_stays BEFORE UPDATE ON campaigns_spendingreturn
    FOR EACH ROW WHEN (
        OLD.filed_on IS NOT NULL
        OR OLD.content IS DISTINCT FROM NEW.content
        OR OLD.counted <> NEW.counted
        OR OLD.donated <> NEW.donated
    ) EXECUTE FUNCTION campaigns_record_stays();
CREATE TRIGGER declaration_stays BEFORE UPDATE ON campaigns_returndeclaration
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_not_deleted BEFORE DELETE ON campaigns_{table}
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
    for table in TABLES
)
GO = """
DROP TRIGGER declaration_stays ON campaigns_returndeclaration;
DROP TRIGGER filed_return_stays ON campaigns_spendingreturn;
""" + "".join(
    f"DROP TRIGGER {table}_is_not_deleted ON campaigns_{table};\n" for table in TABLES
)


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0030_agents_desk"),
    ]

    operations = [
        migrations.RunSQL(STAY, GO),
    ]
