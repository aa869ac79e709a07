import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import publishing.pdf.designed
import publishing.places


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("advocacy", "0001_initial"),
        ("auth", "__first__"),
        ("comments", "0001_initial"),
        ("publishing", "0002_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
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
                ("starts", models.DateField(blank=True, null=True, verbose_name="starts")),
                (
                    "video_url",
                    models.URLField(
                        blank=True,
                        help_text="A page on another site. Readers get a link; nothing is loaded from there.",
                        validators=[
                            django.core.validators.URLValidator(
                                message="Enter an address that begins with https://.", schemes=["https"]
                            )
                        ],
                        verbose_name="address of the video",
                    ),
                ),
                (
                    "video_still",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="publishing.picture",
                        verbose_name="still picture of the video",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="campaign_published_at",
                        violation_error_message="Say from when it is public.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("state",),
                        name="campaign_one_published",
                        violation_error_message="Another campaign is published; withdraw it first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("video_url", ""), ("video_url__startswith", "https://"), _connector="OR"),
                        name="campaign_video_https",
                        violation_error_message="Enter an address that begins with https://.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("video_still__isnull", True), models.Q(("video_url", ""), _negated=True), _connector="OR"
                        ),
                        name="campaign_still_of_a_video",
                        violation_error_message="Give the address of the video that the still picture is from.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvisoryMember",
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
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advisory_members",
                        to="publishing.picture",
                        verbose_name="picture",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advisory_members",
                        to="campaign.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "advisory-group member",
                "verbose_name_plural": "advisory group",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="advisorymember_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignText",
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
                ("video_title", models.CharField(blank=True, max_length=200, verbose_name="title of the video")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign text",
                "verbose_name_plural": "campaign texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="campaigntext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="campaigntext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "language"),
                        name="campaigntext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kept", "kept"),
                            ("edited", "edited"),
                            ("moved", "moved"),
                            ("split", "split"),
                            ("merged", "merged"),
                            ("removed", "removed"),
                            ("added", "added"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("by_hand", models.BooleanField(default=False, verbose_name="corrected by hand")),
                ("reason", models.TextField(blank=True, max_length=2000, verbose_name="reason")),
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
                    "comments",
                    models.ManyToManyField(
                        blank=True,
                        related_name="changes",
                        to="comments.comment",
                        verbose_name="comments that asked for it",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["version", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("code-of-conduct", "code of conduct"),
                            ("guidance-note", "guidance note"),
                            ("white-paper", "white paper"),
                            ("other", "document"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "deliverable",
                "verbose_name_plural": "deliverables",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="deliverable_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
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
                ("due", models.DateField(verbose_name="due")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("under-way", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="progress",
                    ),
                ),
                ("evidence_url", models.URLField(blank=True, verbose_name="link to the evidence")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Named only while its profile is public; other owners stand in the texts.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="advocacy.organisation",
                        verbose_name="organisation that owns it",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "action plans",
                "ordering": ["due", "position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="action_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliverableText",
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
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
            ],
            options={
                "verbose_name": "deliverable text",
                "verbose_name_plural": "deliverable texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="deliverabletext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="deliverabletext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("deliverable", "language"),
                        name="deliverabletext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Drafter",
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
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafters",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Named only while its profile is public.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafters",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of a working group",
                "verbose_name_plural": "working groups",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="drafter_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DrafterText",
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
                    "drafter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.drafter",
                        verbose_name="member of a working group",
                    ),
                ),
            ],
            options={
                "verbose_name": "text about a member of a working group",
                "verbose_name_plural": "texts about members of working groups",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="draftertext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="draftertext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("drafter", "language"),
                        name="draftertext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("civil-society", "civil-society organisation"),
                            ("health-service", "health service"),
                            ("public-body", "public body"),
                            ("professional-body", "professional association"),
                            ("organisation", "other organisation"),
                            ("health-worker", "health worker"),
                            ("researcher", "researcher"),
                            ("advocate", "advocate or peer worker"),
                            ("person", "other person"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "shown_as",
                    models.CharField(
                        choices=[
                            ("name", "by name"),
                            ("initials", "by initials (persons only)"),
                            ("count", "only in the count"),
                        ],
                        max_length=8,
                        verbose_name="shown",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Of a person only what is shown.", max_length=150, verbose_name="name"
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, editable=False, max_length=254, verbose_name="e-mail address"),
                ),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "waiting to be confirmed by the organisation"),
                            ("pending", "waiting for a moderator"),
                            ("published", "published"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "not confirmed in time"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not-genuine", "We could not make sure that it comes from whom it names."),
                            ("duplicate", "This organisation has signed before."),
                            ("no-name", "The name is no name."),
                            ("endangers", "It could put someone in danger."),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("refusal_note", models.CharField(blank=True, max_length=500, verbose_name="note to the author")),
                ("submission_key", models.UUIDField(editable=False, unique=True)),
                ("receipt_hash", models.CharField(editable=False, max_length=64, unique=True)),
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
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="endorsements",
                        to="advocacy.organisation",
                        verbose_name="member of the network",
                    ),
                ),
            ],
            options={
                "verbose_name": "endorsement",
                "verbose_name_plural": "endorsements",
                "ordering": ["deliverable", "received_at"],
                "permissions": [("moderate_endorsement", "Can approve and refuse endorsements")],
            },
        ),
        migrations.CreateModel(
            name="EndorsementEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("confirm", "confirmed by the organisation"),
                            ("publish", "published"),
                            ("refuse", "refused"),
                            ("withdraw", "withdrawn with the receipt"),
                            ("expire", "not confirmed in time"),
                        ],
                        max_length=12,
                        verbose_name="action",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not-genuine", "We could not make sure that it comes from whom it names."),
                            ("duplicate", "This organisation has signed before."),
                            ("no-name", "The name is no name."),
                            ("endangers", "It could put someone in danger."),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "endorsement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="campaign.endorsement",
                        verbose_name="endorsement",
                    ),
                ),
            ],
            options={
                "verbose_name": "endorsement event",
                "verbose_name_plural": "endorsement events",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__in", ["publish", "refuse"]), ("by__isnull", False)),
                            models.Q(("action__in", ["withdraw", "expire"]), ("by__isnull", True)),
                            ("action", "confirm"),
                            _connector="OR",
                        ),
                        name="endorsementevent_has_moderator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "refuse"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="endorsementevent_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoodPractice",
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
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
                    ),
                ),
                ("evidence_url", models.URLField(blank=True, verbose_name="link to the evidence")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="good_practices",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Named only while its profile is public.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="good_practices",
                        to="advocacy.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "example of good practice",
                "verbose_name_plural": "examples of good practice",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="goodpractice_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GoodPracticeText",
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
                    "who",
                    models.CharField(
                        help_text="A name only where its bearer agreed to it in public.",
                        max_length=200,
                        verbose_name="who",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="evidence")),
                (
                    "practice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.goodpractice",
                        verbose_name="example of good practice",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an example",
                "verbose_name_plural": "texts of examples",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="goodpracticetext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="goodpracticetext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice", "language"),
                        name="goodpracticetext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAction",
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
                ("due", models.DateField(verbose_name="due")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("under-way", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="progress",
                    ),
                ),
                ("evidence_url", models.URLField(blank=True, verbose_name="link to the evidence")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Named only while its profile is public; other owners stand in the texts.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="advocacy.organisation",
                        verbose_name="organisation that owns it",
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
            name="HistoricalActionText",
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
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="owner")),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="evidence")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.action",
                        verbose_name="action",
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
            name="HistoricalActionUpdate",
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
                ("day", models.DateField(verbose_name="day")),
                ("note", models.CharField(max_length=600, verbose_name="what was reported")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.action",
                        verbose_name="action",
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
            name="HistoricalAdvisoryMember",
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
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
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
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.campaign",
                        verbose_name="campaign",
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
            name="HistoricalAdvisoryMemberText",
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
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.advisorymember",
                        verbose_name="advisory-group member",
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
            name="HistoricalCampaign",
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
                ("starts", models.DateField(blank=True, null=True, verbose_name="starts")),
                (
                    "video_url",
                    models.URLField(
                        blank=True,
                        help_text="A page on another site. Readers get a link; nothing is loaded from there.",
                        validators=[
                            django.core.validators.URLValidator(
                                message="Enter an address that begins with https://.", schemes=["https"]
                            )
                        ],
                        verbose_name="address of the video",
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
                    "video_still",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="publishing.picture",
                        verbose_name="still picture of the video",
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
            name="HistoricalCampaignText",
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
                ("video_title", models.CharField(blank=True, max_length=200, verbose_name="title of the video")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.campaign",
                        verbose_name="campaign",
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
            name="HistoricalDeliverable",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("code-of-conduct", "code of conduct"),
                            ("guidance-note", "guidance note"),
                            ("white-paper", "white paper"),
                            ("other", "document"),
                        ],
                        max_length=16,
                        verbose_name="kind",
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
            name="HistoricalDeliverableText",
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
                    "deliverable",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
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
            name="HistoricalDrafter",
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
                    "deliverable",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Named only while its profile is public.",
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
            name="HistoricalDrafterText",
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
                    "drafter",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.drafter",
                        verbose_name="member of a working group",
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
            name="HistoricalGoodPractice",
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
                    "country",
                    models.CharField(
                        blank=True,
                        max_length=2,
                        validators=[publishing.places.validate_country],
                        verbose_name="country",
                    ),
                ),
                ("evidence_url", models.URLField(blank=True, verbose_name="link to the evidence")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Named only while its profile is public.",
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
            name="HistoricalGoodPracticeText",
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
                    "who",
                    models.CharField(
                        help_text="A name only where its bearer agreed to it in public.",
                        max_length=200,
                        verbose_name="who",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="evidence")),
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
                        to="campaign.goodpractice",
                        verbose_name="example of good practice",
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
            name="HistoricalPage",
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
            name="HistoricalPracticalStep",
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
                        choices=[
                            ("health-professionals", "health professionals"),
                            ("policy-makers", "policy-makers"),
                            ("law-enforcement", "law enforcement"),
                            ("service-providers", "service providers"),
                            ("donors", "donors"),
                            ("researchers", "researchers"),
                        ],
                        max_length=24,
                        verbose_name="audience",
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
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.campaign",
                        verbose_name="campaign",
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
            name="HistoricalVersion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("consultation", "consultation"),
                            ("final", "final"),
                            ("superseded", "superseded"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
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
                    "consultation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"about": "version"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
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
            name="Page",
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
                "verbose_name": "page about the portal",
                "verbose_name_plural": "pages about the portal",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="page_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPageText",
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
                    "page",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.page",
                        verbose_name="page",
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
            name="PageText",
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
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.page",
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "page text",
                "verbose_name_plural": "page texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="pagetext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="pagetext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("page", "language"),
                        name="pagetext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticalStep",
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
                        choices=[
                            ("health-professionals", "health professionals"),
                            ("policy-makers", "policy-makers"),
                            ("law-enforcement", "law enforcement"),
                            ("service-providers", "service providers"),
                            ("donors", "donors"),
                            ("researchers", "researchers"),
                        ],
                        max_length=24,
                        verbose_name="audience",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="campaign.campaign",
                        verbose_name="campaign",
                    ),
                ),
            ],
            options={
                "verbose_name": "practical step",
                "verbose_name_plural": "practical steps",
                "ordering": ["position", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="practicalstep_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPracticalStepText",
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
                    "step",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.practicalstep",
                        verbose_name="practical step",
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
            name="PracticalStepText",
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
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.practicalstep",
                        verbose_name="practical step",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a step",
                "verbose_name_plural": "texts of steps",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="practicalsteptext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="practicalsteptext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("step", "language"),
                        name="practicalsteptext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StepGround",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounded",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounded",
                        to="publishing.paragraphkey",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grounds",
                        to="campaign.practicalstep",
                        verbose_name="practical step",
                    ),
                ),
            ],
            options={
                "verbose_name": "ground of a step",
                "verbose_name_plural": "grounds of steps",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("step", "key"), name="stepground_once")],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("consultation", "consultation"),
                            ("final", "final"),
                            ("superseded", "superseded"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "consultation",
                    models.OneToOneField(
                        blank=True,
                        limit_choices_to={"about": "version"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
                (
                    "deliverable",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="campaign.deliverable",
                        verbose_name="deliverable",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["deliverable", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("deliverable", "number"), name="version_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("consultation", "final", "superseded")), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="version_published_at",
                        violation_error_message="Say from when it is public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "consultation"), _negated=True),
                            ("consultation__isnull", False),
                            _connector="OR",
                        ),
                        name="version_in_consultation_has_one",
                        violation_error_message="Name the consultation in which it is open for comments.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "final")),
                        fields=("deliverable",),
                        name="version_one_final",
                        violation_error_message="Another version is final; mark it as superseded first.",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="version_number_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalVersionText",
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
                    "version",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="campaign.version",
                        verbose_name="version",
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
            model_name="endorsement",
            name="version",
            field=models.ForeignKey(
                help_text="As signed.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="endorsements",
                to="campaign.version",
                verbose_name="version",
            ),
        ),
        migrations.CreateModel(
            name="ChangeEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("old", "before"), ("new", "after")], max_length=3)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ends", to="campaign.change"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_ends",
                        to="publishing.paragraphkey",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="campaign.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "end of a change",
                "verbose_name_plural": "ends of changes",
                "ordering": ["change", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "side", "key"), name="changeend_one_fate"),
                    models.CheckConstraint(condition=models.Q(("side__in", ["old", "new"])), name="changeend_side"),
                ],
            },
        ),
        migrations.AddField(
            model_name="change",
            name="base",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaign.version",
                verbose_name="version before",
            ),
        ),
        migrations.AddField(
            model_name="change",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="campaign.version",
                verbose_name="version",
            ),
        ),
        migrations.CreateModel(
            name="VersionText",
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
                    "designed_pdf",
                    publishing.pdf.designed.DesignedPdfField(
                        blank=True,
                        help_text="Readers get it in place of the generated one.",
                        upload_to=publishing.pdf.designed.designed_path,
                        verbose_name="designed PDF",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.version",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "version text",
                "verbose_name_plural": "version texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="versiontext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="versiontext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "language"),
                        name="versiontext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField(null=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heading", "heading"),
                            ("paragraph", "paragraph"),
                            ("bullet", "list item"),
                            ("step", "numbered list item"),
                            ("table", "table"),
                            ("quotation", "quotation"),
                            ("notes", "notes"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("html", models.TextField()),
                ("plain", models.TextField()),
                (
                    "key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paragraphs",
                        to="publishing.paragraphkey",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="campaign.versiontext",
                        verbose_name="text",
                    ),
                ),
            ],
            options={
                "verbose_name": "paragraph",
                "verbose_name_plural": "paragraphs",
                "ordering": ["text", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("text", "position"), name="paragraph_position"),
                    models.UniqueConstraint(fields=("text", "number"), name="paragraph_number"),
                    models.UniqueConstraint(fields=("text", "key"), name="paragraph_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("key__isnull", True), ("kind__in", ["heading", "notes"]), ("number__isnull", True)
                            ),
                            models.Q(
                                models.Q(("kind__in", ["heading", "notes"]), _negated=True),
                                ("key__isnull", False),
                                ("number__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="paragraph_numbered_and_keyed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionText",
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
                ("owner", models.CharField(blank=True, max_length=200, verbose_name="owner")),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="evidence")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.action",
                        verbose_name="action",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of an action",
                "verbose_name_plural": "texts of actions",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="actiontext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="actiontext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "language"),
                        name="actiontext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionUpdate",
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
                ("day", models.DateField(verbose_name="day")),
                ("note", models.CharField(max_length=600, verbose_name="what was reported")),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="updates",
                        to="campaign.action",
                        verbose_name="action",
                    ),
                ),
            ],
            options={
                "verbose_name": "update",
                "verbose_name_plural": "updates",
                "ordering": ["-day", "language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "day", "language"),
                        name="actionupdate_day_language",
                        violation_error_message="There is an update of this day in this language already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="actionupdate_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvisoryMemberText",
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
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="campaign.advisorymember",
                        verbose_name="advisory-group member",
                    ),
                ),
            ],
            options={
                "verbose_name": "member's text",
                "verbose_name_plural": "members' texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="advisorymembertext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="advisorymembertext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member", "language"),
                        name="advisorymembertext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(
                condition=models.Q(("state", "pending")), fields=["received_at"], name="endorsement_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(
                condition=models.Q(("state", "published")), fields=["deliverable"], name="endorsement_public"
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published",)), _negated=True),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="endorsement_published_at",
                violation_error_message="Say from when it is public.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                models.F("deliverable"),
                django.db.models.functions.text.Lower("name"),
                models.F("country"),
                condition=models.Q(
                    (
                        "capacity__in",
                        ("civil-society", "health-service", "public-body", "professional-body", "organisation"),
                    ),
                    ("state", "published"),
                ),
                name="endorsement_organisation_signs_once",
                violation_error_message="This organisation has signed before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "capacity__in",
                            ("civil-society", "health-service", "public-body", "professional-body", "organisation"),
                        ),
                        ("organisation__isnull", True),
                        ("state", "unconfirmed"),
                        models.Q(("email", ""), _negated=True),
                    ),
                    models.Q(models.Q(("state", "unconfirmed"), _negated=True), ("email", "")),
                    _connector="OR",
                ),
                name="endorsement_address_until_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["refused", "withdrawn", "expired"]),
                    models.Q(
                        (
                            "capacity__in",
                            ("civil-society", "health-service", "public-body", "professional-body", "organisation"),
                        ),
                        ("shown_as__in", ["name", "count"]),
                        models.Q(("name", ""), _negated=True),
                    ),
                    models.Q(
                        ("capacity__in", ("health-worker", "researcher", "advocate", "person")),
                        ("organisation__isnull", True),
                        ("shown_as__in", ["name", "initials"]),
                        models.Q(("name", ""), _negated=True),
                    ),
                    models.Q(
                        ("capacity__in", ("health-worker", "researcher", "advocate", "person")),
                        ("name", ""),
                        ("organisation__isnull", True),
                        ("shown_as", "count"),
                    ),
                    _connector="OR",
                ),
                name="endorsement_name_as_chosen",
                violation_error_message="Say the name under which the endorsement should appear.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["refused", "withdrawn", "expired"]), _negated=True),
                    models.Q(("country", ""), ("name", ""), ("organisation__isnull", True)),
                    _connector="OR",
                ),
                name="endorsement_gone_tells_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("state__in", ["unconfirmed", "pending", "expired"]),
                    ),
                    ("state", "withdrawn"),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ["published", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="endorsement_decided_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("refusal_reason__in", ["not-genuine", "duplicate", "no-name", "endangers"]),
                        ("state", "refused"),
                    ),
                    models.Q(
                        models.Q(("state", "refused"), _negated=True), ("refusal_note", ""), ("refusal_reason", "")
                    ),
                    _connector="OR",
                ),
                name="endorsement_refused_has_reason",
            ),
        ),
    ]
