"""What no CheckConstraint can hold, since it looks at other rows: readers' and commenters' texts stay as they are."""

from django.db import migrations

CREATE = """
    CREATE FUNCTION campaign_version_is_frozen(id bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (
            SELECT 1 FROM campaign_version AS v
            WHERE v.id = $1 AND (
                (v.state <> 'draft' AND v.published_at <= now())
                OR EXISTS (SELECT 1 FROM comments_comment AS c WHERE c.consultation_id = v.consultation_id)
            )
        )
    $$;
    CREATE FUNCTION campaign_versiontext_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.ready AND campaign_version_is_frozen(OLD.version_id) THEN
            RAISE EXCEPTION 'the text of a published version is frozen'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'versiontext_frozen';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END
    $$;
    CREATE TRIGGER versiontext_frozen BEFORE UPDATE ON campaign_versiontext FOR EACH ROW
    WHEN ((OLD.version_id, OLD.language, OLD.ready, OLD.title, OLD.summary, OLD.body)
        IS DISTINCT FROM (NEW.version_id, NEW.language, NEW.ready, NEW.title, NEW.summary, NEW.body))
    EXECUTE FUNCTION campaign_versiontext_frozen();
    CREATE TRIGGER versiontext_kept BEFORE DELETE ON campaign_versiontext FOR EACH ROW
    EXECUTE FUNCTION campaign_versiontext_frozen();

    -- A consultation about the figures is public without a version, so a version may not stand behind one.
    CREATE FUNCTION campaign_version_is_consulted_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM comments_consultation WHERE id = NEW.consultation_id AND about = 'version';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the consultation is about no version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'version_is_consulted_on';
        END IF;
        RETURN NEW;
    END
    $$;
    CREATE TRIGGER version_is_consulted_on BEFORE INSERT OR UPDATE OF consultation_id ON campaign_version
    FOR EACH ROW WHEN (NEW.consultation_id IS NOT NULL) EXECUTE FUNCTION campaign_version_is_consulted_on();
"""

DROP = """
    DROP TRIGGER version_is_consulted_on ON campaign_version;
    DROP FUNCTION campaign_version_is_consulted_on();
    DROP TRIGGER versiontext_frozen ON campaign_versiontext;
    DROP TRIGGER versiontext_kept ON campaign_versiontext;
    DROP FUNCTION campaign_versiontext_frozen();
    DROP FUNCTION campaign_version_is_frozen(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("campaign", "0002_roles"), ("comments", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
