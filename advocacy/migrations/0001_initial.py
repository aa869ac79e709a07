import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import publishing.languages
import publishing.places


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("factsheets", "0001_initial"),
        ("publishing", "0002_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
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
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "timezone",
                    models.CharField(
                        default="UTC",
                        help_text="Europe/Vienna",
                        max_length=40,
                        validators=[publishing.places.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-starts_at", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="event_published_at",
                        violation_error_message="Say from when it is public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("starts_at"))),
                        name="event_ends_after_start",
                        violation_error_message="It ends before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvent",
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
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                (
                    "timezone",
                    models.CharField(
                        default="UTC",
                        help_text="Europe/Vienna",
                        max_length=40,
                        validators=[publishing.places.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
                    ),
                ),
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
            name="HistoricalEventText",
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
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.event",
                        verbose_name="event",
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
            name="HistoricalIssue",
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
            name="HistoricalNews",
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.event",
                        verbose_name="event",
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
            name="HistoricalOrganisation",
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
                (
                    "own_name",
                    models.CharField(
                        blank=True,
                        help_text="Where that is none of the portal’s languages, or the name is never translated.",
                        max_length=200,
                        verbose_name="name in its own language",
                    ),
                ),
                (
                    "own_name_language",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[publishing.languages.validate_language_code],
                        verbose_name="language of that name",
                    ),
                ),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("country", "listed with its country"),
                            ("region", "listed with its region only"),
                            ("unlisted", "known to the secretariat, not listed"),
                        ],
                        default="country",
                        help_text="Of an organisation at risk, its country and cities appear nowhere public, or nothing of it does at all.",
                        max_length=8,
                        verbose_name="listing",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        max_length=2, validators=[publishing.places.validate_country], verbose_name="country"
                    ),
                ),
                (
                    "cities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="cities",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=12, validators=[publishing.languages.validate_language_code]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("testing", "HIV testing"),
                                ("treatment", "treatment and adherence"),
                                ("prevention", "condoms, PrEP and PEP"),
                                ("harm-reduction", "harm reduction"),
                                ("tuberculosis", "tuberculosis and hepatitis"),
                                ("health", "other health care"),
                                ("peer-support", "peer and psychosocial support"),
                                ("legal-aid", "legal aid"),
                                ("housing", "housing and shelter"),
                                ("release", "support after release"),
                                ("training", "training"),
                                ("monitoring", "monitoring and research"),
                                ("advocacy", "advocacy"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="services",
                    ),
                ),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1800),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("small", "small"), ("medium", "medium"), ("large", "large")],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                ("site", models.URLField(blank=True, verbose_name="site")),
                ("contact_person", models.CharField(blank=True, max_length=150, verbose_name="contact person")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("contact_phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("contact_address", models.CharField(blank=True, max_length=300, verbose_name="postal address")),
                (
                    "contact_shown",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("person", "contact person"),
                                ("email", "e-mail address"),
                                ("phone", "telephone"),
                                ("address", "postal address"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="contact that it agreed to show",
                    ),
                ),
                ("joined", models.DateField(blank=True, null=True, verbose_name="joined")),
                ("left", models.DateField(blank=True, null=True, verbose_name="left")),
                ("checked", models.DateField(blank=True, null=True, verbose_name="profile checked")),
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
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="publishing.picture",
                        verbose_name="logo",
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
            name="Issue",
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
            ],
            options={
                "verbose_name": "shared issue",
                "verbose_name_plural": "shared issues",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="issue_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalIssueText",
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
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.issue",
                        verbose_name="shared issue",
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
            name="News",
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
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="news",
                        to="advocacy.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="news",
                        to="publishing.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "news",
                "verbose_name_plural": "news",
                "ordering": ["-published_at", "slug"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalNewsText",
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
                    "news",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.news",
                        verbose_name="news",
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
            name="NewsText",
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
                    "news",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="advocacy.news",
                        verbose_name="news",
                    ),
                ),
            ],
            options={
                "verbose_name": "news text",
                "verbose_name_plural": "news texts",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                (
                    "own_name",
                    models.CharField(
                        blank=True,
                        help_text="Where that is none of the portal’s languages, or the name is never translated.",
                        max_length=200,
                        verbose_name="name in its own language",
                    ),
                ),
                (
                    "own_name_language",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[publishing.languages.validate_language_code],
                        verbose_name="language of that name",
                    ),
                ),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("country", "listed with its country"),
                            ("region", "listed with its region only"),
                            ("unlisted", "known to the secretariat, not listed"),
                        ],
                        default="country",
                        help_text="Of an organisation at risk, its country and cities appear nowhere public, or nothing of it does at all.",
                        max_length=8,
                        verbose_name="listing",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        max_length=2, validators=[publishing.places.validate_country], verbose_name="country"
                    ),
                ),
                (
                    "region",
                    models.CharField(
                        editable=False,
                        max_length=3,
                        validators=[publishing.places.validate_place],
                        verbose_name="region",
                    ),
                ),
                (
                    "cities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="cities",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=12, validators=[publishing.languages.validate_language_code]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="languages",
                    ),
                ),
                (
                    "services",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("testing", "HIV testing"),
                                ("treatment", "treatment and adherence"),
                                ("prevention", "condoms, PrEP and PEP"),
                                ("harm-reduction", "harm reduction"),
                                ("tuberculosis", "tuberculosis and hepatitis"),
                                ("health", "other health care"),
                                ("peer-support", "peer and psychosocial support"),
                                ("legal-aid", "legal aid"),
                                ("housing", "housing and shelter"),
                                ("release", "support after release"),
                                ("training", "training"),
                                ("monitoring", "monitoring and research"),
                                ("advocacy", "advocacy"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="services",
                    ),
                ),
                (
                    "founded",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1800),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[("small", "small"), ("medium", "medium"), ("large", "large")],
                        max_length=8,
                        verbose_name="size",
                    ),
                ),
                ("site", models.URLField(blank=True, verbose_name="site")),
                ("contact_person", models.CharField(blank=True, max_length=150, verbose_name="contact person")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("contact_phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                ("contact_address", models.CharField(blank=True, max_length=300, verbose_name="postal address")),
                (
                    "contact_shown",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("person", "contact person"),
                                ("email", "e-mail address"),
                                ("phone", "telephone"),
                                ("address", "postal address"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="contact that it agreed to show",
                    ),
                ),
                ("joined", models.DateField(blank=True, null=True, verbose_name="joined")),
                ("left", models.DateField(blank=True, null=True, verbose_name="left")),
                ("checked", models.DateField(blank=True, null=True, verbose_name="profile checked")),
                ("reminded_at", models.DateTimeField(editable=False, null=True, verbose_name="reminded to check it")),
                ("reminders", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="reminders")),
                (
                    "issues",
                    models.ManyToManyField(
                        blank=True, related_name="organisations", to="advocacy.issue", verbose_name="shared issues"
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="publishing.picture",
                        verbose_name="logo",
                    ),
                ),
                (
                    "populations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="organisations",
                        to="factsheets.keypopulation",
                        verbose_name="key populations",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "reads what members share"),
                            ("contributor", "writes, shares and speaks for it"),
                            ("lead", "leads: also looks after its people"),
                        ],
                        default="contributor",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.CreateModel(
            name="HistoricalPractice",
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
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members of the network only")],
                        default="public",
                        max_length=8,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc-by", "CC BY 4.0"),
                            ("cc-by-sa", "CC BY-SA 4.0"),
                            ("cc-by-nc", "CC BY-NC 4.0"),
                            ("cc0", "CC0 1.0"),
                            ("ask", "ask before using it"),
                        ],
                        default="ask",
                        max_length=8,
                        verbose_name="licence",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("method", "method"), ("data-set", "data set")], max_length=12, verbose_name="kind"
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.organisation",
                        verbose_name="organisation",
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
            name="HistoricalOrganisationText",
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
                (
                    "pressing",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="most pressing issues",
                    ),
                ),
                (
                    "achievements",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="achievements",
                    ),
                ),
                (
                    "hopes",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="hopes for the network",
                    ),
                ),
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.organisation",
                        verbose_name="organisation",
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
            name="FormerSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "former slug",
                "verbose_name_plural": "former slugs",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OrganisationText",
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
                    "pressing",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="most pressing issues",
                    ),
                ),
                ("pressing_html", models.TextField(default="", editable=False)),
                (
                    "achievements",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="achievements",
                    ),
                ),
                ("achievements_html", models.TextField(default="", editable=False)),
                (
                    "hopes",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="hopes for the network",
                    ),
                ),
                ("hopes_html", models.TextField(default="", editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation text",
                "verbose_name_plural": "organisation texts",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Practice",
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
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "everybody"), ("members", "members of the network only")],
                        default="public",
                        max_length=8,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc-by", "CC BY 4.0"),
                            ("cc-by-sa", "CC BY-SA 4.0"),
                            ("cc-by-nc", "CC BY-NC 4.0"),
                            ("cc0", "CC0 1.0"),
                            ("ask", "ask before using it"),
                        ],
                        default="ask",
                        max_length=8,
                        verbose_name="licence",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("method", "method"), ("data-set", "data set")], max_length=12, verbose_name="kind"
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
                    "issues",
                    models.ManyToManyField(
                        blank=True, related_name="practices", to="advocacy.issue", verbose_name="shared issues"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practices",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "populations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="practices",
                        to="factsheets.keypopulation",
                        verbose_name="key populations",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "verbose_name_plural": "practices",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPracticeText",
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
                (
                    "setting",
                    models.CharField(
                        blank=True, help_text="A prison, a clinic, a street.", max_length=150, verbose_name="setting"
                    ),
                ),
                (
                    "results",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="results",
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="evidence",
                    ),
                ),
                (
                    "repeat",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="how to repeat it",
                    ),
                ),
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
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.practice",
                        verbose_name="practice",
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
            name="PracticeText",
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
                    "setting",
                    models.CharField(
                        blank=True, help_text="A prison, a clinic, a street.", max_length=150, verbose_name="setting"
                    ),
                ),
                (
                    "results",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="results",
                    ),
                ),
                ("results_html", models.TextField(default="", editable=False)),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="evidence",
                    ),
                ),
                ("evidence_html", models.TextField(default="", editable=False)),
                (
                    "repeat",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="how to repeat it",
                    ),
                ),
                ("repeat_html", models.TextField(default="", editable=False)),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="advocacy.practice",
                        verbose_name="practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice text",
                "verbose_name_plural": "practice texts",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("values", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="what changes, in one line")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for the secretariat"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="advocacy.practice",
                        verbose_name="practice",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["-proposed_at", "-pk"],
                "default_permissions": ("view", "change", "delete"),
            },
        ),
        migrations.CreateModel(
            name="EventText",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="advocacy.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "event text",
                "verbose_name_plural": "event texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="eventtext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="eventtext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "language"),
                        name="eventtext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssueText",
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
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="advocacy.issue",
                        verbose_name="shared issue",
                    ),
                ),
            ],
            options={
                "verbose_name": "issue text",
                "verbose_name_plural": "issue texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="issuetext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="issuetext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issue", "language"),
                        name="issuetext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="news",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published",)), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="news_published_at",
                violation_error_message="Say from when it is public.",
            ),
        ),
        migrations.AddIndex(
            model_name="newstext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="newstext_search"),
        ),
        migrations.AddIndex(
            model_name="newstext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="newstext_title", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="newstext",
            constraint=models.UniqueConstraint(
                fields=("news", "language"),
                name="newstext_language",
                violation_error_message="There is a text in this language already.",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(fields=["services"], name="organisation_services"),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published",)), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="organisation_published_at",
                violation_error_message="Say from when it is public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("listing", "unlisted"), _negated=True),
                    models.Q(("state", "published"), _negated=True),
                    _connector="OR",
                ),
                name="organisation_unlisted_is_not_public",
                violation_error_message="An organisation that is not listed cannot be published.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left__isnull", True), models.Q(("state", "published"), _negated=True), _connector="OR"
                ),
                name="organisation_left_is_not_public",
                violation_error_message="An organisation that has left cannot be published.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("own_name", ""), models.Q(("own_name_language", ""), _negated=True), _connector="OR"
                ),
                name="organisation_own_name_has_language",
                violation_error_message="Say which language that name is in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("organisation", "user"), name="membership_once"),
        ),
        migrations.AddIndex(
            model_name="organisationtext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="organisationtext_search"),
        ),
        migrations.AddIndex(
            model_name="organisationtext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="organisationtext_title", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationtext",
            constraint=models.UniqueConstraint(
                fields=("organisation", "language"),
                name="organisationtext_language",
                violation_error_message="There is a text in this language already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="practice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published",)), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="practice_published_at",
                violation_error_message="Say from when it is public.",
            ),
        ),
        migrations.AddIndex(
            model_name="practicetext",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="practicetext_search"),
        ),
        migrations.AddIndex(
            model_name="practicetext",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["title"], name="practicetext_title", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="practicetext",
            constraint=models.UniqueConstraint(
                fields=("practice", "language"),
                name="practicetext_language",
                violation_error_message="There is a text in this language already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("practice__isnull", True), ("state", "pending")),
                fields=("organisation",),
                name="proposal_one_waits_for_a_profile",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")),
                fields=("practice",),
                name="proposal_one_waits_for_a_practice",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("state__in", ["pending", "withdrawn"]),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["approved", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="proposal_decided_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="proposal_refused_has_reason",
            ),
        ),
    ]
