import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django.utils.translation
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import publishing.dates
import publishing.pictures
import publishing.preview_links


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0001_search"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Download",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("file", models.FileField(upload_to="downloads/")),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "download",
                "verbose_name_plural": "downloads",
            },
        ),
        migrations.CreateModel(
            name="ParagraphKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                (
                    "file",
                    models.ImageField(
                        height_field="height",
                        upload_to=publishing.pictures.picture_path,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                ("credit", models.CharField(max_length=200, verbose_name="credit")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1826), publishing.dates.validate_year],
                        verbose_name="year",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPicture",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(verbose_name="slug")),
                ("credit", models.CharField(max_length=200, verbose_name="credit")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1826), publishing.dates.validate_year],
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
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("about", models.CharField(blank=True, max_length=80)),
                ("sealed", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="next attempt")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("set_aside_at", models.DateTimeField(null=True, verbose_name="set aside")),
                ("trouble", models.CharField(blank=True, max_length=80, verbose_name="trouble")),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-created_at", "-pk"],
                "default_permissions": ("view", "change", "delete"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None), ("set_aside_at", None)),
                        fields=["due_at"],
                        name="mail_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_at", None), ("sealed", ""), _connector="OR"),
                        name="mail_wiped_when_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at", None), ("set_aside_at", None), _connector="OR"),
                        name="mail_sent_or_set_aside",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("about", ""), _negated=True), ("sent_at", None), ("set_aside_at", None)
                        ),
                        fields=("about",),
                        name="mail_one_waits_about_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPictureText",
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
                ("alt", models.CharField(max_length=300, verbose_name="text alternative")),
                ("caption", models.CharField(blank=True, max_length=400, verbose_name="caption")),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        help_text="Readers see this: who is shown agreed to what, and since when. Leave it empty only if nobody can be recognised.",
                        max_length=300,
                        verbose_name="consent",
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
            name="ImportJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(default=django.utils.translation.get_language, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="reason")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits to be checked"),
                            ("checked", "checked: waits for a yes"),
                            ("confirmed", "waits to be brought in"),
                            ("done", "brought in"),
                            ("wrong", "has problems: nothing was changed"),
                            ("cancelled", "cancelled: nothing was changed"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("sealed", models.BinaryField(default=bytes)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("at_row", models.PositiveIntegerField(default=0)),
                ("cancel_asked", models.BooleanField(default=False)),
                ("report", models.JSONField(null=True)),
                ("moved", models.BooleanField(default=False)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "confirmed", "checked"))),
                        fields=["state"],
                        name="importjob_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state__in", ("waiting", "confirmed", "checked"))),
                            models.Q(("finished_at__isnull", False), ("sealed", b"")),
                            _connector="OR",
                        ),
                        name="importjob_wiped_when_finished",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PictureText",
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
                ("alt", models.CharField(max_length=300, verbose_name="text alternative")),
                ("caption", models.CharField(blank=True, max_length=400, verbose_name="caption")),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        help_text="Readers see this: who is shown agreed to what, and since when. Leave it empty only if nobody can be recognised.",
                        max_length=300,
                        verbose_name="consent",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="publishing.picture",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture text",
                "verbose_name_plural": "picture texts",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("picture", "language"),
                        name="picturetext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                (
                    "expires_at",
                    models.DateTimeField(default=publishing.preview_links.in_two_weeks, verbose_name="ends"),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "link for reviewers",
                "verbose_name_plural": "links for reviewers",
                "ordering": ["-made_at", "-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["content_type", "object_id"], name="previewlink_thing")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="previewlink_ends_after_start",
                    )
                ],
            },
        ),
    ]
