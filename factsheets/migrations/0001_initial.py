import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import factsheets.models.sources
import publishing.dates
import publishing.pdf.designed
import publishing.places


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("publishing", "0002_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Factsheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("reviewed", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
            ],
            options={
                "verbose_name": "factsheet",
                "verbose_name_plural": "factsheets",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="KeyPopulation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Addresses of lists show it, so let it name no people: safety-at-work.",
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "key population",
                "verbose_name_plural": "key populations",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                (
                    "place",
                    models.CharField(
                        max_length=3, validators=[publishing.places.validate_place], verbose_name="place"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1981), publishing.dates.validate_year],
                        verbose_name="year",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "factsheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="factsheets.factsheet",
                        verbose_name="factsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ["factsheet", "position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Texts name it so; its page’s address shows it, so let it name no people: risk-at-work-2018.",
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9-]*\\Z", "Write small letters, digits and hyphens only."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        choices=[
                            ("relative-risk", "Relative risk"),
                            ("share-of-new-infections", "Share of new infections"),
                            ("prevalence", "Prevalence"),
                            ("prevalence-ratio", "Prevalence against adults in general"),
                            ("countries-by-law", "Countries by law"),
                            ("countries-with-service", "Countries with a service"),
                            ("people", "People"),
                            ("organisations", "Organisations"),
                            ("money", "Money"),
                            ("target", "Target"),
                        ],
                        max_length=24,
                        verbose_name="indicator",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        default="001",
                        max_length=3,
                        validators=[publishing.places.validate_place],
                        verbose_name="place",
                    ),
                ),
                (
                    "excluding",
                    models.CharField(
                        blank=True, max_length=3, validators=[publishing.places.validate_place], verbose_name="without"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1981),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value",
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="range from",
                    ),
                ),
                (
                    "high",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=16, null=True, verbose_name="range to"
                    ),
                ),
                (
                    "out_of",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name="out of"),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("times", "times"),
                            ("percent", "percent"),
                            ("people", "people"),
                            ("countries", "countries"),
                            ("organisations", "organisations"),
                            ("usd", "US dollars"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more-than", "more than"),
                            ("fewer-than", "fewer than"),
                            ("up-to", "up to"),
                            ("at-least", "at least"),
                        ],
                        max_length=12,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "checked",
                    models.DateField(
                        blank=True, help_text="Against its source.", null=True, verbose_name="last checked"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "key",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figure",
                        to="publishing.paragraphkey",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The newer figure that says the same thing better; this one keeps its address.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="factsheets.figure",
                        verbose_name="superseded by",
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where it is about all of them.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="factsheets.keypopulation",
                        verbose_name="key population",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["indicator", "position", "code"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCaseText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFactsheetText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "factsheet",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.factsheet",
                        verbose_name="factsheet",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFigureText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="what it measures")),
                ("comparison", models.CharField(blank=True, max_length=200, verbose_name="compared with")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.figure",
                        verbose_name="figure",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalKeyPopulation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="Addresses of lists show it, so let it name no people: safety-at-work.",
                        verbose_name="slug",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSection",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("epidemiology", "Epidemiology"),
                            ("human-rights", "Human rights"),
                            ("barriers", "Barriers to services"),
                            ("response", "Response"),
                            ("approach", "Approaches"),
                            ("policy", "Policy"),
                            ("target-population", "Target population"),
                            ("partners", "Partners"),
                            ("achievements", "Achievements"),
                            ("contact", "Contact"),
                            ("not-known", "What is not known"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "factsheet",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.factsheet",
                        verbose_name="factsheet",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="publishing.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.SlugField(verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("author", models.CharField(max_length=200, verbose_name="published by")),
                (
                    "quoted_from",
                    models.CharField(
                        blank=True,
                        help_text="Whose figure it is, where this page only quotes it.",
                        max_length=200,
                        verbose_name="quoted from",
                    ),
                ),
                (
                    "date",
                    models.CharField(
                        blank=True,
                        help_text="A year, or a day as 2024-03-11.",
                        max_length=10,
                        validators=[factsheets.models.sources.validate_date],
                        verbose_name="date",
                    ),
                ),
                ("address", models.URLField(max_length=500, verbose_name="address")),
                ("archived", models.URLField(blank=True, max_length=500, verbose_name="archived copy")),
                ("licence", models.CharField(blank=True, max_length=100, verbose_name="licence")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("checked", models.DateField(blank=True, null=True, verbose_name="last checked")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPolicyInstrument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                ("slug", models.SlugField(verbose_name="slug")),
                ("issued_by", models.CharField(max_length=200, verbose_name="body")),
                (
                    "years",
                    models.CharField(blank=True, help_text="2016, or 1958-1985.", max_length=9, verbose_name="years"),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("global", "global"), ("regional", "regional"), ("national", "national")],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("unaids-strategy", "UNAIDS strategy"),
                            ("un-general-assembly", "United Nations General Assembly"),
                            ("world-health-assembly", "World Health Assembly"),
                            ("regional", "Regional strategies and plans"),
                            ("national", "National commitments"),
                            ("humanitarian", "Humanitarian settings"),
                            ("labour", "Labour protection"),
                            ("human-rights", "Human rights treaties and principles"),
                            ("crime-and-drugs", "Crime prevention, prisons and drugs"),
                            ("guidance", "Guidance of United Nations bodies"),
                        ],
                        max_length=24,
                        verbose_name="group",
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty where it is about all of them.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.keypopulation",
                        verbose_name="key population",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalKeyPopulationText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.keypopulation",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFactsheet",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                ("slug", models.SlugField(verbose_name="slug")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("reviewed", models.DateField(blank=True, null=True, verbose_name="last reviewed")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.keypopulation",
                        verbose_name="key population",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="factsheet",
            name="population",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="factsheet",
                to="factsheets.keypopulation",
                verbose_name="key population",
            ),
        ),
        migrations.CreateModel(
            name="KeyPopulationText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("body_html", models.TextField(default="", editable=False)),
                ("plain", models.TextField(default="", editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("title"),
                            models.F("summary"),
                            models.F("plain"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="factsheets.keypopulation",
                    ),
                ),
            ],
            options={
                "verbose_name": "population text",
                "verbose_name_plural": "population texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="keypopulationtext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="keypopulationtext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("population", "language"),
                        name="populationtext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyInstrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tried_at", models.DateTimeField(editable=False, null=True, verbose_name="last tried")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="last answered")),
                ("trouble", models.CharField(blank=True, editable=False, max_length=200, verbose_name="trouble")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("issued_by", models.CharField(max_length=200, verbose_name="body")),
                (
                    "years",
                    models.CharField(blank=True, help_text="2016, or 1958-1985.", max_length=9, verbose_name="years"),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("global", "global"), ("regional", "regional"), ("national", "national")],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("unaids-strategy", "UNAIDS strategy"),
                            ("un-general-assembly", "United Nations General Assembly"),
                            ("world-health-assembly", "World Health Assembly"),
                            ("regional", "Regional strategies and plans"),
                            ("national", "National commitments"),
                            ("humanitarian", "Humanitarian settings"),
                            ("labour", "Labour protection"),
                            ("human-rights", "Human rights treaties and principles"),
                            ("crime-and-drugs", "Crime prevention, prisons and drugs"),
                            ("guidance", "Guidance of United Nations bodies"),
                        ],
                        max_length=24,
                        verbose_name="group",
                    ),
                ),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where it is about all of them.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruments",
                        to="factsheets.keypopulation",
                        verbose_name="key population",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy instrument",
                "verbose_name_plural": "policy instruments",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="instrument_published_at",
                        violation_error_message="Say from when it is public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("years", ""), ("years__regex", "^\\d{4}(-\\d{4})?$"), _connector="OR"),
                        name="instrument_years",
                        violation_error_message="Write a year, or years as 1958-1985.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPolicyInstrumentText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.policyinstrument",
                        verbose_name="policy instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PolicyInstrumentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("body_html", models.TextField(default="", editable=False)),
                ("plain", models.TextField(default="", editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("title"),
                            models.F("summary"),
                            models.F("plain"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="factsheets.policyinstrument",
                        verbose_name="policy instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "instrument text",
                "verbose_name_plural": "instrument texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="policyinstrumenttext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="policyinstrumenttext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument", "language"),
                        name="instrumenttext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("epidemiology", "Epidemiology"),
                            ("human-rights", "Human rights"),
                            ("barriers", "Barriers to services"),
                            ("response", "Response"),
                            ("approach", "Approaches"),
                            ("policy", "Policy"),
                            ("target-population", "Target population"),
                            ("partners", "Partners"),
                            ("achievements", "Achievements"),
                            ("contact", "Contact"),
                            ("not-known", "What is not known"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                (
                    "factsheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="factsheets.factsheet",
                        verbose_name="factsheet",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="publishing.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["factsheet", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("factsheet", "position"),
                        name="section_position",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSectionText",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("heading", models.CharField(max_length=200, verbose_name="heading")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.section",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SectionText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translated_from", models.TextField(default="", editable=False)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("body_html", models.TextField(default="", editable=False)),
                ("plain", models.TextField(default="", editable=False)),
                ("heading", models.CharField(max_length=200, verbose_name="heading")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("heading"),
                            models.F("heading"),
                            models.F("plain"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="factsheets.section",
                        verbose_name="section",
                    ),
                ),
            ],
            options={
                "verbose_name": "section text",
                "verbose_name_plural": "section texts",
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="sectiontext_search")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "language"),
                        name="sectiontext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tried_at", models.DateTimeField(editable=False, null=True, verbose_name="last tried")),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="last answered")),
                ("trouble", models.CharField(blank=True, editable=False, max_length=200, verbose_name="trouble")),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("author", models.CharField(max_length=200, verbose_name="published by")),
                (
                    "quoted_from",
                    models.CharField(
                        blank=True,
                        help_text="Whose figure it is, where this page only quotes it.",
                        max_length=200,
                        verbose_name="quoted from",
                    ),
                ),
                (
                    "date",
                    models.CharField(
                        blank=True,
                        help_text="A year, or a day as 2024-03-11.",
                        max_length=10,
                        validators=[factsheets.models.sources.validate_date],
                        verbose_name="date",
                    ),
                ),
                ("address", models.URLField(max_length=500, verbose_name="address")),
                ("archived", models.URLField(blank=True, max_length=500, verbose_name="archived copy")),
                ("licence", models.CharField(blank=True, max_length=100, verbose_name="licence")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("checked", models.DateField(blank=True, null=True, verbose_name="last checked")),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["author", "date", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="source_has_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date", ""), ("date__regex", "^\\d{4}(-\\d\\d(-\\d\\d)?)?$"), _connector="OR"
                        ),
                        name="source_date",
                        violation_error_message="Write a year, or a day as 2024-03-11.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFigure",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("published", "published"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Texts name it so; its page’s address shows it, so let it name no people: risk-at-work-2018.",
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[a-z0-9][a-z0-9-]*\\Z", "Write small letters, digits and hyphens only."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        choices=[
                            ("relative-risk", "Relative risk"),
                            ("share-of-new-infections", "Share of new infections"),
                            ("prevalence", "Prevalence"),
                            ("prevalence-ratio", "Prevalence against adults in general"),
                            ("countries-by-law", "Countries by law"),
                            ("countries-with-service", "Countries with a service"),
                            ("people", "People"),
                            ("organisations", "Organisations"),
                            ("money", "Money"),
                            ("target", "Target"),
                        ],
                        max_length=24,
                        verbose_name="indicator",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        default="001",
                        max_length=3,
                        validators=[publishing.places.validate_place],
                        verbose_name="place",
                    ),
                ),
                (
                    "excluding",
                    models.CharField(
                        blank=True, max_length=3, validators=[publishing.places.validate_place], verbose_name="without"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1981),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="value",
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=16,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="range from",
                    ),
                ),
                (
                    "high",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=16, null=True, verbose_name="range to"
                    ),
                ),
                (
                    "out_of",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=16, null=True, verbose_name="out of"),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("times", "times"),
                            ("percent", "percent"),
                            ("people", "people"),
                            ("countries", "countries"),
                            ("organisations", "organisations"),
                            ("usd", "US dollars"),
                        ],
                        max_length=16,
                        verbose_name="unit",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "exactly"),
                            ("about", "about"),
                            ("more-than", "more than"),
                            ("fewer-than", "fewer than"),
                            ("up-to", "up to"),
                            ("at-least", "at least"),
                        ],
                        max_length=12,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "checked",
                    models.DateField(
                        blank=True, help_text="Against its source.", null=True, verbose_name="last checked"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The newer figure that says the same thing better; this one keeps its address.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.figure",
                        verbose_name="superseded by",
                    ),
                ),
                (
                    "population",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty where it is about all of them.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.keypopulation",
                        verbose_name="key population",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCase",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(verbose_name="slug")),
                (
                    "place",
                    models.CharField(
                        max_length=3, validators=[publishing.places.validate_place], verbose_name="place"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1981), publishing.dates.validate_year],
                        verbose_name="year",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "factsheet",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.factsheet",
                        verbose_name="factsheet",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="factsheets.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "record",
                "verbose_name_plural": "records",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="figure",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures",
                to="factsheets.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="factsheets.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="CaseText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translated_from", models.TextField(default="", editable=False)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("body_html", models.TextField(default="", editable=False)),
                ("plain", models.TextField(default="", editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("title"),
                            models.F("summary"),
                            models.F("plain"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="factsheets.case",
                        verbose_name="case",
                    ),
                ),
            ],
            options={
                "verbose_name": "case text",
                "verbose_name_plural": "case texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="casetext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="casetext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "language"),
                        name="casetext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FactsheetText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translated_from", models.TextField(default="", editable=False)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        blank=True,
                        help_text="Markdown; tables and footnotes allowed.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="text",
                    ),
                ),
                ("body_html", models.TextField(default="", editable=False)),
                ("plain", models.TextField(default="", editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="summary")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("title"),
                            models.F("summary"),
                            models.F("plain"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "designed_pdf",
                    publishing.pdf.designed.DesignedPdfField(
                        blank=True,
                        help_text="Readers get it in place of the generated one.",
                        upload_to=publishing.pdf.designed.designed_path,
                        verbose_name="designed PDF",
                    ),
                ),
                (
                    "factsheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="factsheets.factsheet",
                        verbose_name="factsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "factsheet text",
                "verbose_name_plural": "factsheet texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="factsheettext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="factsheettext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("factsheet", "language"),
                        name="factsheettext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("es", "Español"),
                            ("ru", "Русский"),
                            ("ar", "العربية"),
                            ("zh-hans", "简体中文"),
                        ],
                        default="en",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "ready",
                    models.BooleanField(
                        default=True,
                        help_text="Shown to readers as soon as the page itself is public.",
                        verbose_name="ready",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="what it measures")),
                ("comparison", models.CharField(blank=True, max_length=200, verbose_name="compared with")),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="note")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("label"),
                            models.F("comparison"),
                            models.F("note"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="factsheets.figure",
                        verbose_name="figure",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure text",
                "verbose_name_plural": "figure texts",
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="figuretext_search")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("figure", "language"),
                        name="figuretext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="factsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published",)), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="factsheet_published_at",
                violation_error_message="Say from when it is public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="factsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", "compare"), _negated=True),
                name="factsheet_slug_free",
                violation_error_message="The comparisons stand at the address “compare”: choose another slug.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published",)), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="figure_published_at",
                violation_error_message="Say from when it is public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("code", "dictionary"), _negated=True),
                name="figure_code_not_reserved",
                violation_error_message="This code is the address of the data dictionary.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", False),
                    models.Q(("high__isnull", False), ("low__isnull", False)),
                    _connector="OR",
                ),
                name="figure_value_or_range",
                violation_error_message="Give a value, or a range.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("high__isnull", True), ("low__isnull", True)),
                    models.Q(
                        ("high__isnull", False),
                        ("low__isnull", False),
                        ("low__lte", models.F("high")),
                        models.Q(
                            ("value__isnull", True),
                            models.Q(("high__gte", models.F("value")), ("low__lte", models.F("value"))),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="figure_range_holds_value",
                violation_error_message="The range must hold the value.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                    models.Q(("low__isnull", True), ("low__gte", 0), _connector="OR"),
                ),
                name="figure_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("out_of__isnull", True), ("out_of__gte", models.F("value")), _connector="OR"),
                name="figure_part_of_whole",
                violation_error_message="The part is larger than the whole.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year__isnull", True),
                    ("indicator", "target"),
                    (
                        "year__lte",
                        django.db.models.functions.datetime.ExtractYear(django.db.models.functions.datetime.Now()),
                    ),
                    _connector="OR",
                ),
                name="figure_year_not_to_come",
                violation_error_message="The year has not come yet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("superseded_by__isnull", True),
                    models.Q(("superseded_by", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="figure_supersedes_another",
                violation_error_message="A figure cannot supersede itself.",
            ),
        ),
    ]
