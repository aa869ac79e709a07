"""What no CheckConstraint can hold, since it looks at other rows: comments come in time, replies go one level deep."""

from django.db import migrations

CREATE = """
    CREATE FUNCTION comments_comment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM comments_consultation
        WHERE id = NEW.consultation_id AND opens_at <= NEW.received_at AND NEW.received_at < closes_at;
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
"""

DROP = """
    DROP TRIGGER comment_in_time ON comments_comment;
    DROP FUNCTION comments_comment_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
