"""What readers submit."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import marks
from comments.models.consultations import Consultation
from comments.models.grounds import RefusalReason
from publishing.languages import direction, language_name, place_name, validate_language_code
from publishing.models import ParagraphKey, search_vector
from publishing.places import validate_place
from publishing.publication import Publishable, PublishableQuerySet
from publishing.usertext import as_html


class CommentState(models.TextChoices):
    """Where a comment stands."""

    PENDING = "pending", _("waiting for a moderator")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SPAM = "spam", _("set aside as spam")
    ERASED = "erased", _("erased")


class HoldReason(models.TextChoices):
    """What made the portal ask a moderator to look twice. Every comment waits for one; none is ever dropped."""

    TRAP = "trap", _("a field that people don’t see was filled in")
    FAST = "fast", _("sent within seconds")
    STAMP = "stamp", _("the form’s time stamp was missing or not ours")
    RATE = "rate", _("many sent from one network")
    WORDS = "words", _("holds a watched word")
    LINKS = "links", _("holds many links")
    ALIKE = "alike", _("much like another")


class Channel(models.TextChoices):
    """How a comment came."""

    WEB = "web", _("on the portal")
    LETTER = "letter", _("by letter")
    MAIL = "mail", _("by mail")
    MEETING = "meeting", _("at a meeting")


class NameKind(models.TextChoices):
    """How a commenter appears; chosen for each comment."""

    NONE = "none", _("without a name")
    PSEUDONYM = "pseudonym", _("under a name I choose")
    OWN_NAME = "own-name", _("under my own name")
    ORGANISATION = "organisation", _("as an organisation")


class CommentQuerySet(PublishableQuerySet["Comment"]):
    """Comments, by where they stand."""

    def pending(self) -> Self:
        """The moderators' queue, oldest first."""
        return self.filter(state=CommentState.PENDING).order_by("received_at", "pk")


class Comment(Publishable):
    """What a reader submits. It keeps no address, no network address and no device."""

    public_states = (CommentState.PUBLISHED,)
    publication_parent = "consultation"

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="comments", verbose_name=_("consultation")
    )
    number = models.PositiveIntegerField(
        _("number"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Given on publication, never again changed."),
    )
    paragraph_key = models.ForeignKey(
        ParagraphKey,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("paragraph"),
    )
    reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    language = models.CharField(_("language"), max_length=12, validators=[validate_language_code])
    name_kind = models.CharField(_("how the author appears"), max_length=12, choices=NameKind.choices)
    name = models.CharField(_("name"), max_length=100, blank=True)
    organisation = models.CharField(_("organisation"), max_length=150, blank=True)
    place = models.CharField(_("country or region"), max_length=3, blank=True, validators=[validate_place])
    consulted_count = models.PositiveIntegerField(_("people consulted"), null=True, blank=True)
    consulted_how = models.CharField(_("how they were consulted"), max_length=300, blank=True)
    consulted_language = models.CharField(
        _("language they were consulted in"), max_length=12, blank=True, validators=[validate_language_code]
    )
    # The public copy: what was redacted is gone from it (comments.redaction).
    body = models.TextField(_("text"), max_length=30_000)
    redacted_at = models.DateTimeField(_("redacted"), null=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    channel = models.CharField(_("came"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    held_for = ArrayField(
        models.CharField(max_length=8, choices=HoldReason.choices),
        verbose_name=_("held for"),
        default=list,
        blank=True,
        editable=False,
    )
    # What finds comments that are much alike (comments.alikeness); `alike` is the first of its group.
    shingles = ArrayField(models.IntegerField(), default=list, blank=True, editable=False)
    alike = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="likenesses", verbose_name=_("much like")
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("claimed by"),
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, editable=False)

    state = models.CharField(
        _("state"), max_length=12, choices=CommentState.choices, default=CommentState.PENDING, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    refusal_reason = models.CharField(_("reason"), max_length=16, blank=True, choices=RefusalReason.choices)
    refusal_note = models.CharField(_("note to the author"), max_length=500, blank=True)

    submission_key = models.UUIDField(unique=True, editable=False)
    receipt_hash = models.CharField(max_length=64, unique=True, editable=False)
    search = search_vector("language", a="name", b="organisation", c="body")

    objects = CommentQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["consultation", "number", "received_at"]
        permissions = [
            ("moderate_comment", "Can approve and refuse comments"),
            ("unseal_comment", "Can read what was redacted"),
            ("export_comment", "Can export comments with what is not public"),
            ("enter_comment", "Can enter comments that came by letter, mail or meeting"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="comment_search"),
            GinIndex(fields=["shingles"], name="comment_shingles"),
            models.Index(fields=["received_at"], condition=Q(state="pending"), name="comment_queue"),
            # Pages and counts of what is published are read from the index alone.
            models.Index(
                fields=["consultation", "number"],
                include=["state", "published_at", "language", "name_kind", "paragraph_key", "reply_to"],
                condition=Q(state="published"),
                name="comment_reading",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state__in=["withdrawn", "erased"])
                | Q(state__in=["published", "refused", "spam"], decided_at__isnull=False, decided_by__isnull=False),
                name="comment_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(number__isnull=False, published_at__isnull=False),
                name="comment_published_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "spam"]) | Q(number__isnull=True),
                name="comment_unpublished_has_no_number",
            ),
            models.CheckConstraint(
                condition=Q(state="refused", refusal_reason__in=RefusalReason.values)
                | (~Q(state="refused") & Q(refusal_reason="", refusal_note="")),
                name="comment_refused_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(name_kind="none", name="")
                | (Q(name_kind="organisation", name="") & ~Q(organisation=""))
                | (Q(name_kind__in=["pseudonym", "own-name"]) & ~Q(name="")),
                name="comment_name_as_chosen",
                violation_error_message=_("Say the name under which the comment should appear."),
            ),
            models.CheckConstraint(condition=~Q(reply_to=F("id")), name="comment_replies_to_another"),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "published"]) | ~Q(body=""), name="comment_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(state="erased")
                | Q(
                    body="",
                    name="",
                    organisation="",
                    place="",
                    consulted_count__isnull=True,
                    consulted_how="",
                    consulted_language="",
                    held_for=[],
                    shingles=[],
                ),
                name="comment_erased_holds_nothing",
            ),
            models.CheckConstraint(
                # Without "is not null" an unknown count would pass: to PostgreSQL what is unknown breaks no rule.
                condition=Q(consulted_count__isnull=False, consulted_count__gt=0)
                | Q(consulted_count__isnull=True, consulted_how="", consulted_language=""),
                name="comment_consulted_somebody",
                violation_error_message=_("Say how many people were consulted."),
            ),
            models.CheckConstraint(
                condition=Q(channel="web", entered_by__isnull=True)
                | (~Q(channel="web") & Q(entered_by__isnull=False)),
                name="comment_entered_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | Q(claimed_at__isnull=False, state="pending"),
                name="comment_claimed_while_pending",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation} {self.number or '–'}"

    def get_absolute_url(self) -> str:
        """Return the comment's own page."""
        return reverse("comment", args=[self.consultation.slug, self.number])

    @property
    def dir(self) -> str:
        """The direction of its text."""
        return direction(self.language)

    @property
    def shown_name(self) -> str:
        """The name its author chose to appear under."""
        if self.name_kind == NameKind.ORGANISATION:
            return self.organisation
        return self.name or gettext("Anonymous")

    @property
    def body_html(self) -> SafeString:
        """Its text as HTML, escaped; what was taken out is explained in its place."""
        return marks.in_html(as_html(self.body))

    @property
    def words(self) -> str:
        """Its text for files and feeds; what was taken out is explained in its place."""
        return marks.in_words(self.body)

    @property
    def language_name(self) -> str:
        """The language it was written in, as the reader calls it."""
        return language_name(self.language)

    @property
    def place_name(self) -> str:
        """The country or region it came from, as the reader calls it, or nothing."""
        return place_name(self.place) if self.place else ""

    @property
    def consulted_language_name(self) -> str:
        """The language in which people were consulted, as the reader calls it, or nothing."""
        return language_name(self.consulted_language) if self.consulted_language else ""
