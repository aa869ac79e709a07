"""What is kept beside a comment, and goes with it when it is erased."""

from collections.abc import Collection
from unicodedata import normalize

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment
from comments.vocabulary import VOCABULARY
from publishing.languages import direction
from publishing.usertext import as_html


class CommentTranslation(models.Model):
    """A comment in another language, by a person; it has no history, which would outlive the comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="translations", verbose_name=_("comment"))
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    body = models.TextField(_("text"), max_length=60_000)
    translator = models.CharField(
        _("translated by"), max_length=100, help_text=_("A role, no name: “a volunteer of the network”.")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now=True)

    class Meta:
        verbose_name = _("translation of a comment")
        verbose_name_plural = _("translations of comments")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "language"],
                name="commenttranslation_once",
                violation_error_message=_("There is a translation into this language already."),
            ),
            models.CheckConstraint(condition=~Q(body=""), name="commenttranslation_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.comment} ({self.language})"

    @property
    def dir(self) -> str:
        """The direction of its text."""
        return direction(self.language)

    @property
    def body_html(self) -> SafeString:
        """Its text as HTML, escaped."""
        return as_html(self.body)


class SealedOriginal(models.Model):
    """What a commenter wrote before words were taken out, encrypted (`publishing.sealing`)."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="sealed_original", verbose_name=_("comment"))
    # JSON of the body, the name, the organisation, how the author appeared and how others were consulted.
    sealed = models.TextField()
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)

    class Meta:
        verbose_name = _("sealed original")
        verbose_name_plural = _("sealed originals")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.comment)


class MailAddress(models.Model):
    """Where a commenter wants to hear that something changed: encrypted, shown to nobody, and never needed."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="mail_address", verbose_name=_("comment"))
    sealed = models.TextField()
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    # When something last changed; the outbox holds the mail that says so until it has gone out.
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail address")
        verbose_name_plural = _("mail addresses")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.comment)


class WatchedWord(models.Model):
    """A word that makes the desk look twice at a comment. It never refuses one."""

    word = models.CharField(_("word"), max_length=60, unique=True, help_text=_("Small letters; one word or several."))
    note = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Write it as texts are compared with it, which may be longer, before its length is looked at."""
        self.word = " ".join(normalize("NFKC", self.word).casefold().split())
        super().clean_fields(exclude)

    def clean(self) -> None:
        """Refuse the subject's own words."""
        if self.word in VOCABULARY:
            raise ValidationError({"word": _("People need this word to speak about the subject.")})
