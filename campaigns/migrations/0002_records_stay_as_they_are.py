from django.db import migrations

# What was done, and what left the building, is written once.
STAY = """
CREATE FUNCTION campaigns_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The records of what was done are never changed or deleted.'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON campaigns_auditentry
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
CREATE TRIGGER export_stays BEFORE UPDATE OR DELETE ON campaigns_exportrecord
    FOR EACH ROW EXECUTE FUNCTION campaigns_record_stays();
"""
GO = """
DROP TRIGGER audit_stays ON campaigns_auditentry;
DROP TRIGGER export_stays ON campaigns_exportrecord;
DROP FUNCTION campaigns_record_stays;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(STAY, GO),
    ]
