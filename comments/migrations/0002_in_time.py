"""What no CheckConstraint can hold: comments come in time, replies go one level deep, what was decided stands."""

from django.db import migrations

CREATE = """
    CREATE FUNCTION comments_comment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM comments_consultation AS consultation
        LEFT JOIN comments_languageclosing AS closing
            ON closing.consultation_id = consultation.id AND closing.language = NEW.language
        WHERE consultation.id = NEW.consultation_id
            AND consultation.opens_at <= NEW.received_at
            AND NEW.received_at < COALESCE(closing.closes_at, consultation.closes_at);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the consultation is not open' USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_in_time';
        END IF;
        IF NEW.reply_to_id IS NOT NULL THEN
            PERFORM 1 FROM comments_comment
            WHERE id = NEW.reply_to_id AND consultation_id = NEW.consultation_id AND reply_to_id IS NULL;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'replies are one level deep' USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_reply_depth';
            END IF;
        END IF;
        RETURN NEW;
    END
    $$;
    CREATE TRIGGER comment_in_time BEFORE INSERT OR UPDATE OF consultation_id, received_at, reply_to_id
    ON comments_comment FOR EACH ROW EXECUTE FUNCTION comments_comment_in_time();

    CREATE FUNCTION comments_languages_close() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE comments_consultation SET languages_close_at =
            (SELECT max(closes_at) FROM comments_languageclosing WHERE consultation_id = comments_consultation.id)
        WHERE id IN (NEW.consultation_id, OLD.consultation_id);
        RETURN NULL;
    END
    $$;
    CREATE TRIGGER languages_close AFTER INSERT OR UPDATE OR DELETE
    ON comments_languageclosing FOR EACH ROW EXECUTE FUNCTION comments_languages_close();

    CREATE FUNCTION comments_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows are only ever added' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_added';
    END
    $$;
    CREATE TRIGGER moderationevent_only_added BEFORE UPDATE OR DELETE
    ON comments_moderationevent FOR EACH ROW EXECUTE FUNCTION comments_only_added();
    CREATE TRIGGER datechange_only_added BEFORE UPDATE OR DELETE
    ON comments_datechange FOR EACH ROW EXECUTE FUNCTION comments_only_added();

    -- Comments point into what a consultation is about.
    CREATE FUNCTION comments_about_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what a consultation is about stands'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'consultation_about_stands';
    END
    $$;
    CREATE TRIGGER consultation_about_stands BEFORE UPDATE OF about ON comments_consultation FOR EACH ROW
    WHEN (OLD.about IS DISTINCT FROM NEW.about) EXECUTE FUNCTION comments_about_stands();
"""

DROP = """
    DROP TRIGGER consultation_about_stands ON comments_consultation;
    DROP FUNCTION comments_about_stands();
    DROP TRIGGER languages_close ON comments_languageclosing;
    DROP FUNCTION comments_languages_close();
    DROP TRIGGER moderationevent_only_added ON comments_moderationevent;
    DROP TRIGGER datechange_only_added ON comments_datechange;
    DROP FUNCTION comments_only_added();
    DROP TRIGGER comment_in_time ON comments_comment;
    DROP FUNCTION comments_comment_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
