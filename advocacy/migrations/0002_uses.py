"""What no CheckConstraint can hold: who shares a practice is not among those who used it."""

from django.db import migrations

CREATE = """
    CREATE FUNCTION advocacy_practiceuse_by_others() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM advocacy_practice WHERE id = NEW.practice_id AND organisation_id = NEW.organisation_id;
        IF FOUND THEN
            RAISE EXCEPTION 'who shares a practice is no user of it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'practiceuse_by_others';
        END IF;
        RETURN NEW;
    END
    $$;
    CREATE TRIGGER practiceuse_by_others BEFORE INSERT OR UPDATE OF practice_id, organisation_id
    ON advocacy_practiceuse FOR EACH ROW EXECUTE FUNCTION advocacy_practiceuse_by_others();

    -- Where a practice passes to another organisation, its own note goes.
    CREATE FUNCTION advocacy_practice_passes_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM advocacy_practiceuse WHERE practice_id = NEW.id AND organisation_id = NEW.organisation_id;
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER practice_passes_on AFTER UPDATE OF organisation_id
    ON advocacy_practice FOR EACH ROW EXECUTE FUNCTION advocacy_practice_passes_on();
"""

DROP = """
    DROP TRIGGER practice_passes_on ON advocacy_practice;
    DROP FUNCTION advocacy_practice_passes_on();
    DROP TRIGGER practiceuse_by_others ON advocacy_practiceuse;
    DROP FUNCTION advocacy_practiceuse_by_others();
"""


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
