"""What readers submit."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models.consultations import Consultation
from publishing.languages import (
    direction,
    language_name,
    place_name,
    validate_language_code,
)
from publishing.models import ParagraphKey, search_vector
from publishing.places import validate_country
from publishing.publication import Publishable, PublishableQuerySet
from publishing.usertext import as_html


class CommentState(models.TextChoices):
    """Where a comment stands."""

    PENDING = "pending", _("waiting for a moderator")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class RefusalReason(models.TextChoices):
    """Why a comment was not published; its author is told."""

    ENDANGERS = "endangers", _("It could put someone in danger.")
    PERSONAL_DATA = "personal-data", _("It tells personal things about someone else.")
    HATE = "hate", _("It attacks people for who they are.")
    ADVERT = "advert", _("It advertises something.")
    OFF_TOPIC = "off-topic", _("It is not about this text.")
    DUPLICATE = "duplicate", _("The same comment was sent before.")


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

    def first_level(self) -> Self:
        """Comments that reply to no other."""
        return self.filter(reply_to__isnull=True)


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
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[validate_country])
    body = models.TextField(_("text"), max_length=30_000)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)

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
        permissions = [("moderate_comment", "Can approve and refuse comments")]
        indexes = [
            GinIndex(fields=["search"], name="comment_search"),
            models.Index(fields=["received_at"], condition=Q(state="pending"), name="comment_queue"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True, decided_by__isnull=True)
                | Q(state="withdrawn")
                | Q(state__in=["published", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="comment_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(number__isnull=False, published_at__isnull=False),
                name="comment_published_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["pending", "refused"]) | Q(number__isnull=True),
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
        """Its text as HTML, escaped."""
        return as_html(self.body)

    @property
    def language_name(self) -> str:
        """The language it was written in, as the reader calls it."""
        return language_name(self.language)

    @property
    def country_name(self) -> str:
        """The country it came from, as the reader calls it, or nothing."""
        return place_name(self.country) if self.country else ""
