from django.db import migrations

# A contact may change in two ways only: a merge points it at another elector (or back),
# and an erasure blanks what was said.
STAY = """
CREATE FUNCTION canvassing_contact_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said text[] := ARRAY[
        'intention_id', 'pledge', 'second_preference_id', 'voted_last_time_id', 'note',
        'content_hash', 'erased_at'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(new) - 'elector_id' = to_jsonb(old) - 'elector_id' AND EXISTS (
            SELECT FROM campaigns_electormerge
            WHERE (tombstone_id, kept_id) IN (
                (old.elector_id, new.elector_id), (new.elector_id, old.elector_id))
        ) THEN
            RETURN new;
        END IF;
        IF to_jsonb(new) - said = to_jsonb(old) - said
            AND new.erased_at IS NOT NULL
            AND new.note = '' AND new.content_hash = ''
            AND num_nonnulls(
                new.intention_id, new.pledge, new.second_preference_id,
                new.voted_last_time_id) = 0
        THEN
            RETURN new;
        END IF;
    END IF;
    RAISE EXCEPTION 'A contact is never changed or deleted: record a correction.'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER contact_stays BEFORE UPDATE OR DELETE ON canvassing_contact
    FOR EACH ROW EXECUTE FUNCTION canvassing_contact_stays();
"""
GO = """
DROP TRIGGER contact_stays ON canvassing_contact;
DROP FUNCTION canvassing_contact_stays;
"""

# Answers and marks change rows in place: room for them saves index entries.
LEAVE_ROOM = "ALTER TABLE canvassing_electorstanding SET (fillfactor = 85)"
FILL = "ALTER TABLE canvassing_electorstanding RESET (fillfactor)"


class Migration(migrations.Migration):

    dependencies = [
        ("canvassing", "0001_tables"),
    ]

    operations = [
        migrations.RunSQL(STAY, GO),
        migrations.RunSQL(LEAVE_ROOM, FILL),
    ]
