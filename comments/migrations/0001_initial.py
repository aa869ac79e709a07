import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
        ("auth", "__first__"),
        ("publishing", "0002_pictures"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchedWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "word",
                    models.CharField(
                        help_text="Small letters; one word or several.",
                        max_length=60,
                        unique=True,
                        verbose_name="word",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="why")),
            ],
            options={
                "verbose_name": "watched word",
                "verbose_name_plural": "watched words",
                "ordering": ["word"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                    "about",
                    models.CharField(
                        choices=[("version", "a version of a deliverable"), ("figures", "the figures")],
                        default="version",
                        help_text="Set once. Questions about the figures are answered and reported on like any other comments.",
                        max_length=8,
                        verbose_name="what it is about",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                ("languages_close_at", models.DateTimeField(editable=False, null=True)),
                (
                    "timezone",
                    models.CharField(
                        default="UTC",
                        help_text="By whose clock it opens and closes, such as Europe/Vienna.",
                        max_length=40,
                        validators=[publishing.places.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "kept_days",
                    models.PositiveSmallIntegerField(
                        default=365,
                        help_text="So many days after closing, what was not published is erased: refused and withdrawn comments, sealed originals, mail addresses. The form tells every commenter.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days kept",
                    ),
                ),
                ("answer_due", models.DateField(blank=True, null=True, verbose_name="answer due")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                (
                    "report_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="report published"),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "ordering": ["-opens_at", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="consultation_published_at",
                        violation_error_message="Say from when it is public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="consultation_closes_after_opening",
                        violation_error_message="It must close after it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_due__isnull", True),
                            ("answer_due__gte", models.F("closes_at__date")),
                            _connector="OR",
                        ),
                        name="consultation_answer_due_after_closing",
                        violation_error_message="The answer is due before the consultation closes.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        blank=True,
                        editable=False,
                        help_text="Given on publication, never again changed.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        max_length=12,
                        validators=[publishing.languages.validate_language_code],
                        verbose_name="language",
                    ),
                ),
                (
                    "name_kind",
                    models.CharField(
                        choices=[
                            ("none", "without a name"),
                            ("pseudonym", "under a name I choose"),
                            ("own-name", "under my own name"),
                            ("organisation", "as an organisation"),
                        ],
                        max_length=12,
                        verbose_name="how the author appears",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("organisation", models.CharField(blank=True, max_length=150, verbose_name="organisation")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        max_length=3,
                        validators=[publishing.places.validate_place],
                        verbose_name="country or region",
                    ),
                ),
                (
                    "consulted_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="people consulted"),
                ),
                (
                    "consulted_how",
                    models.CharField(blank=True, max_length=300, verbose_name="how they were consulted"),
                ),
                (
                    "consulted_language",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[publishing.languages.validate_language_code],
                        verbose_name="language they were consulted in",
                    ),
                ),
                ("body", models.TextField(max_length=30000, verbose_name="text")),
                ("redacted_at", models.DateTimeField(editable=False, null=True, verbose_name="redacted")),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "on the portal"),
                            ("letter", "by letter"),
                            ("mail", "by mail"),
                            ("meeting", "at a meeting"),
                        ],
                        default="web",
                        max_length=8,
                        verbose_name="came",
                    ),
                ),
                (
                    "held_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("trap", "a field that people don’t see was filled in"),
                                ("fast", "sent within seconds"),
                                ("stamp", "the form’s time stamp was missing or not ours"),
                                ("rate", "many sent from one network"),
                                ("words", "holds a watched word"),
                                ("links", "holds many links"),
                                ("alike", "much like another"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                        verbose_name="held for",
                    ),
                ),
                (
                    "shingles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("claimed_at", models.DateTimeField(editable=False, null=True, verbose_name="claimed")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for a moderator"),
                            ("published", "published"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("spam", "set aside as spam"),
                            ("erased", "erased"),
                        ],
                        default="pending",
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
                            ("endangers", "It could put someone in danger."),
                            ("personal-data", "It tells personal things about someone else."),
                            ("hate", "It attacks people for who they are."),
                            ("advert", "It advertises something."),
                            ("off-topic", "It is not about this text."),
                            ("duplicate", "The same comment was sent before."),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("refusal_note", models.CharField(blank=True, max_length=500, verbose_name="note to the author")),
                ("submission_key", models.UUIDField(editable=False, unique=True)),
                ("receipt_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("language"),
                            models.F("name"),
                            models.F("organisation"),
                            models.F("body"),
                            function="portal_vector",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "alike",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="likenesses",
                        to="comments.comment",
                        verbose_name="much like",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="claimed by",
                    ),
                ),
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
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "paragraph_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="publishing.paragraphkey",
                        verbose_name="paragraph",
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="comments.comment",
                        verbose_name="reply to",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["consultation", "number", "received_at"],
                "permissions": [
                    ("moderate_comment", "Can approve and refuse comments"),
                    ("unseal_comment", "Can read what was redacted"),
                    ("export_comment", "Can export comments with what is not public"),
                    ("enter_comment", "Can enter comments that came by letter, mail or meeting"),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="comment_search"),
                    django.contrib.postgres.indexes.GinIndex(fields=["shingles"], name="comment_shingles"),
                    models.Index(
                        condition=models.Q(("state", "pending")), fields=["received_at"], name="comment_queue"
                    ),
                    models.Index(
                        condition=models.Q(("state", "published")),
                        fields=["consultation", "number"],
                        include=("state", "published_at", "language", "name_kind", "paragraph_key", "reply_to"),
                        name="comment_reading",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("consultation", "number"), name="comment_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "pending")),
                            ("state__in", ["withdrawn", "erased"]),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["published", "refused", "spam"]),
                            ),
                            _connector="OR",
                        ),
                        name="comment_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("number__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_published_has_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["pending", "spam"]), _negated=True),
                            ("number__isnull", True),
                            _connector="OR",
                        ),
                        name="comment_unpublished_has_no_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "refusal_reason__in",
                                    ["endangers", "personal-data", "hate", "advert", "off-topic", "duplicate"],
                                ),
                                ("state", "refused"),
                            ),
                            models.Q(
                                models.Q(("state", "refused"), _negated=True),
                                ("refusal_note", ""),
                                ("refusal_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="comment_refused_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("name_kind", "none")),
                            models.Q(
                                ("name", ""),
                                ("name_kind", "organisation"),
                                models.Q(("organisation", ""), _negated=True),
                            ),
                            models.Q(
                                ("name_kind__in", ["pseudonym", "own-name"]), models.Q(("name", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="comment_name_as_chosen",
                        violation_error_message="Say the name under which the comment should appear.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_to", models.F("id")), _negated=True),
                        name="comment_replies_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["pending", "published"]), _negated=True),
                            models.Q(("body", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "erased"), _negated=True),
                            models.Q(
                                ("body", ""),
                                ("consulted_count__isnull", True),
                                ("consulted_how", ""),
                                ("consulted_language", ""),
                                ("held_for", []),
                                ("name", ""),
                                ("organisation", ""),
                                ("place", ""),
                                ("shingles", []),
                            ),
                            _connector="OR",
                        ),
                        name="comment_erased_holds_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consulted_count__gt", 0), ("consulted_count__isnull", False)),
                            models.Q(
                                ("consulted_count__isnull", True), ("consulted_how", ""), ("consulted_language", "")
                            ),
                            _connector="OR",
                        ),
                        name="comment_consulted_somebody",
                        violation_error_message="Say how many people were consulted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "web"), ("entered_by__isnull", True)),
                            models.Q(models.Q(("channel", "web"), _negated=True), ("entered_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_entered_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_at__isnull", True), ("claimed_by__isnull", True)),
                            models.Q(("claimed_at__isnull", False), ("state", "pending")),
                            _connector="OR",
                        ),
                        name="comment_claimed_while_pending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("in-part", "accepted in part"),
                            ("not-accepted", "not accepted"),
                            ("out-of-scope", "out of scope"),
                            ("noted", "noted"),
                        ],
                        max_length=16,
                        verbose_name="disposition",
                    ),
                ),
                (
                    "changed_version",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The number of the version whose text changed because of this.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(2)],
                        verbose_name="changed in version",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "changed_paragraphs",
                    models.ManyToManyField(
                        blank=True,
                        related_name="answers",
                        to="publishing.paragraphkey",
                        verbose_name="changed paragraphs",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["consultation", "pk"],
                "permissions": [("publish_answer", "Can publish answers")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="answer_published_at",
                        violation_error_message="Say from when it is public.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("changed_version__isnull", True),
                            models.Q(("disposition__in", ["not-accepted", "out-of-scope"]), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_changed_what_was_taken_up",
                        violation_error_message="What was not taken up changed nothing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsultationText",
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
                    "policy",
                    models.TextField(
                        blank=True,
                        help_text="Who may take part, what is published, what is refused and why, what is kept. Markdown.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="participation policy",
                    ),
                ),
                ("policy_html", models.TextField(default="", editable=False)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation text",
                "verbose_name_plural": "consultation texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="consultationtext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="consultationtext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "language"),
                        name="consultationtext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DateChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("early", "closed early"), ("extended", "extended")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "comments_in",
                    models.CharField(
                        blank=True,
                        help_text="A language; empty: all that have no date of their own.",
                        max_length=12,
                        verbose_name="comments in",
                    ),
                ),
                ("before", models.DateTimeField(verbose_name="before")),
                ("after", models.DateTimeField(verbose_name="after")),
                ("note", models.CharField(max_length=500, verbose_name="public note")),
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
                        verbose_name="language of the note",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="date_changes",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of dates",
                "verbose_name_plural": "changes of dates",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="datechange_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after__lt", models.F("before")), ("kind", "early")),
                            models.Q(("after__gt", models.F("before")), ("kind", "extended")),
                            _connector="OR",
                        ),
                        name="datechange_is_what_it_says",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAnswer",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, help_text="Not public before this moment.", null=True, verbose_name="published at"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "disposition",
                    models.CharField(
                        choices=[
                            ("accepted", "accepted"),
                            ("in-part", "accepted in part"),
                            ("not-accepted", "not accepted"),
                            ("out-of-scope", "out of scope"),
                            ("noted", "noted"),
                        ],
                        max_length=16,
                        verbose_name="disposition",
                    ),
                ),
                (
                    "changed_version",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The number of the version whose text changed because of this.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(2)],
                        verbose_name="changed in version",
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="comments.consultation",
                        verbose_name="consultation",
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
            name="HistoricalAnswerText",
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
                ("reason", models.TextField(max_length=10000, verbose_name="reason")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="comments.answer",
                        verbose_name="answer",
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
            name="HistoricalConsultation",
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
                    "about",
                    models.CharField(
                        choices=[("version", "a version of a deliverable"), ("figures", "the figures")],
                        default="version",
                        help_text="Set once. Questions about the figures are answered and reported on like any other comments.",
                        max_length=8,
                        verbose_name="what it is about",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="opens")),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                (
                    "timezone",
                    models.CharField(
                        default="UTC",
                        help_text="By whose clock it opens and closes, such as Europe/Vienna.",
                        max_length=40,
                        validators=[publishing.places.validate_timezone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "kept_days",
                    models.PositiveSmallIntegerField(
                        default=365,
                        help_text="So many days after closing, what was not published is erased: refused and withdrawn comments, sealed originals, mail addresses. The form tells every commenter.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days kept",
                    ),
                ),
                ("answer_due", models.DateField(blank=True, null=True, verbose_name="answer due")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
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
            name="HistoricalConsultationText",
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
                    "policy",
                    models.TextField(
                        blank=True,
                        help_text="Who may take part, what is published, what is refused and why, what is kept. Markdown.",
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="participation policy",
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="comments.consultation",
                        verbose_name="consultation",
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
            name="HistoricalReport",
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
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="comments.consultation",
                        verbose_name="consultation",
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
            name="LanguageClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        max_length=12,
                        validators=[publishing.languages.validate_language_code],
                        verbose_name="language",
                    ),
                ),
                ("closes_at", models.DateTimeField(verbose_name="closes")),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closings",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "closing date of a language",
                "verbose_name_plural": "closing dates of languages",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "language"),
                        name="languageclosing_once",
                        violation_error_message="This language has its date already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField()),
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
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_address",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail address",
                "verbose_name_plural": "mail addresses",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ModerationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("publish", "published"),
                            ("refuse", "refused"),
                            ("redact", "redacted; the original is sealed"),
                            ("redact-for-good", "redacted; the original is destroyed"),
                            ("unseal", "the original was read"),
                            ("spam", "set aside as spam"),
                            ("return", "put back into the queue"),
                            ("withdraw", "withdrawn by its author"),
                            ("erase", "erased"),
                        ],
                        max_length=16,
                        verbose_name="action",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("endangers", "It could put someone in danger."),
                            ("personal-data", "It tells personal things about someone else."),
                            ("hate", "It attacks people for who they are."),
                            ("advert", "It advertises something."),
                            ("off-topic", "It is not about this text."),
                            ("duplicate", "The same comment was sent before."),
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
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "moderation event",
                "verbose_name_plural": "moderation events",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "withdraw"), ("by__isnull", True)),
                            ("action", "erase"),
                            models.Q(
                                models.Q(("action__in", ["withdraw", "erase"]), _negated=True), ("by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="event_has_moderator",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action__in", ["refuse", "redact", "redact-for-good"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name="position"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        help_text="As in the comment; empty: the whole comment.",
                        max_length=30000,
                        verbose_name="words",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proposal", "asks for a change"),
                            ("objection", "objects"),
                            ("question", "asks"),
                            ("experience", "tells from experience"),
                            ("support", "supports"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("answers", "this answers my point"), ("does-not", "this does not answer my point")],
                        editable=False,
                        max_length=8,
                        verbose_name="its author says",
                    ),
                ),
                ("verdict_why", models.CharField(blank=True, editable=False, max_length=300, verbose_name="why")),
                ("verdict_at", models.DateTimeField(editable=False, null=True, verbose_name="said")),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="comments.answer",
                        verbose_name="answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "paragraph_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="publishing.paragraphkey",
                        verbose_name="paragraph",
                    ),
                ),
            ],
            options={
                "verbose_name": "point",
                "verbose_name_plural": "points",
                "ordering": ["comment", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "position"), name="point_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", ""), ("verdict_at__isnull", True), ("verdict_why", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("answer__isnull", False),
                                ("verdict_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="point_verdict_on_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                ("figures", models.JSONField(default=dict, editable=False)),
                ("counted_at", models.DateTimeField(editable=False, null=True, verbose_name="counted")),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="comments.consultation",
                        verbose_name="consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("published",)), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="report_published_at",
                        violation_error_message="Say from when it is public.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReportText",
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
                    "answered",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="what we answered",
                    ),
                ),
                (
                    "changed",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="what changed",
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
                    "report",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="comments.report",
                        verbose_name="report",
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
            name="ReportText",
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
                    "answered",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="what we answered",
                    ),
                ),
                ("answered_html", models.TextField(default="", editable=False)),
                (
                    "changed",
                    models.TextField(
                        blank=True,
                        validators=[django.core.validators.MaxLengthValidator(500000)],
                        verbose_name="what changed",
                    ),
                ),
                ("changed_html", models.TextField(default="", editable=False)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="comments.report",
                        verbose_name="report",
                    ),
                ),
            ],
            options={
                "verbose_name": "report text",
                "verbose_name_plural": "report texts",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="reporttext_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title"], name="reporttext_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "language"),
                        name="reporttext_language",
                        violation_error_message="There is a text in this language already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedOriginal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.TextField()),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sealed")),
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sealed_original",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed original",
                "verbose_name_plural": "sealed originals",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AnswerText",
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
                ("reason", models.TextField(max_length=10000, verbose_name="reason")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="comments.answer",
                        verbose_name="answer",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer text",
                "verbose_name_plural": "answer texts",
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "language"),
                        name="answertext_language",
                        violation_error_message="There is a text in this language already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="answertext_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentTranslation",
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
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                ("body", models.TextField(max_length=60000, verbose_name="text")),
                (
                    "translator",
                    models.CharField(
                        help_text="A role, no name: “a volunteer of the network”.",
                        max_length=100,
                        verbose_name="translated by",
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now=True, verbose_name="entered")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "translation of a comment",
                "verbose_name_plural": "translations of comments",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "language"),
                        name="commenttranslation_once",
                        violation_error_message="There is a translation into this language already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body", ""), _negated=True), name="commenttranslation_says_something"
                    ),
                ],
            },
        ),
    ]
