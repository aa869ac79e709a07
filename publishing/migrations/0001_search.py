"""Full text search: one configuration per language, unaccented, and the function behind the stored vectors."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# Chinese has no parser in PostgreSQL: its words are found by the fallback in publishing.search.
CONFIGURATIONS = {
    "en": ("english", "english_stem"),
    "fr": ("french", "french_stem"),
    "es": ("spanish", "spanish_stem"),
    "ru": ("russian", "russian_stem"),
    "ar": ("arabic", "arabic_stem"),
}

CREATE_CONFIGURATIONS = (
    "".join(
        f"""
    CREATE TEXT SEARCH CONFIGURATION portal_{code} (COPY = {base});
    ALTER TEXT SEARCH CONFIGURATION portal_{code}
        ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, {stem};
    """
        for code, (base, stem) in CONFIGURATIONS.items()
    )
    + """
    CREATE TEXT SEARCH CONFIGURATION portal_other (COPY = simple);
    ALTER TEXT SEARCH CONFIGURATION portal_other
        ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH unaccent, simple;
"""
)

# Bodies in BEGIN ATOMIC form are parsed here and now, so that a restore with another search path finds all names.
CREATE_FUNCTIONS = f"""
    CREATE FUNCTION portal_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE language
        {"".join(f"WHEN '{code}' THEN 'portal_{code}'::regconfig " for code in CONFIGURATIONS)}
        ELSE 'portal_other'::regconfig
    END;

    CREATE FUNCTION portal_vector(language text, a text, b text, c text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector(portal_config(language), a), 'A')
        || setweight(to_tsvector(portal_config(language), b), 'B')
        || setweight(to_tsvector(portal_config(language), c), 'C');
"""

DROP = """
    DROP FUNCTION portal_vector(text, text, text, text);
    DROP FUNCTION portal_config(text);
""" + "".join(f"DROP TEXT SEARCH CONFIGURATION portal_{code};" for code in [*CONFIGURATIONS, "other"])


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE_CONFIGURATIONS + CREATE_FUNCTIONS, DROP),
    ]
