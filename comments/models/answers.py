"""Points, and what the editors answered to them."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment, CommentState
from comments.models.consultations import Consultation
from publishing.languages import LanguageRow, PublishableTranslated, TranslatedQuerySet
from publishing.models import ParagraphKey, one_text_per_language
from publishing.publication import published_has_time


class Disposition(models.TextChoices):
    """What the editors made of a point."""

    ACCEPTED = "accepted", _("accepted")
    IN_PART = "in-part", _("accepted in part")
    NOT_ACCEPTED = "not-accepted", _("not accepted")
    OUT_OF_SCOPE = "out-of-scope", _("out of scope")
    NOTED = "noted", _("noted")


class AnswerState(models.TextChoices):
    """Where an answer stands; only a published one is public."""

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AnswerQuerySet(TranslatedQuerySet["Answer"]):
    """Answers, by where they stand."""

    def waiting(self) -> Self:
        """Those that are not published yet."""
        return self.filter(state__in=[AnswerState.DRAFT, AnswerState.REVIEW])


class Answer(PublishableTranslated):
    """The editors' reply to one point or to many: a disposition, and the reason in its texts."""

    public_states = (AnswerState.PUBLISHED,)
    publication_parent = "consultation"

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="answers", verbose_name=_("consultation")
    )
    state = models.CharField(_("state"), max_length=12, choices=AnswerState.choices, default=AnswerState.DRAFT)
    disposition = models.CharField(_("disposition"), max_length=16, choices=Disposition.choices)
    changed_version = models.PositiveSmallIntegerField(
        _("changed in version"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2)],
        help_text=_("The number of the version whose text changed because of this."),
    )
    changed_paragraphs = models.ManyToManyField(
        ParagraphKey, blank=True, related_name="answers", verbose_name=_("changed paragraphs")
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("by")
    )

    objects = AnswerQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["consultation", "pk"]
        permissions = [("publish_answer", "Can publish answers")]
        constraints = [
            published_has_time("answer_published_at"),
            models.CheckConstraint(
                condition=Q(changed_version__isnull=True) | ~Q(disposition__in=["not-accepted", "out-of-scope"]),
                name="answer_changed_what_was_taken_up",
                violation_error_message=_("What was not taken up changed nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.get_disposition_display()} ({self.pk})"


class AnswerText(LanguageRow):
    """The reason of an answer, in one language; plain text."""

    parent_field = "answer"

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="texts", verbose_name=_("answer"))
    reason = models.TextField(_("reason"), max_length=10_000)

    class Meta(LanguageRow.Meta):
        verbose_name = _("answer text")
        verbose_name_plural = _("answer texts")
        constraints = [
            one_text_per_language("answer", "answertext_language"),
            models.CheckConstraint(condition=~Q(reason=""), name="answertext_has_reason"),
        ]


class PointKind(models.TextChoices):
    """What a point is."""

    PROPOSAL = "proposal", _("asks for a change")
    OBJECTION = "objection", _("objects")
    QUESTION = "question", _("asks")
    EXPERIENCE = "experience", _("tells from experience")
    SUPPORT = "support", _("supports")


class PointQuerySet(models.QuerySet["Point"]):
    """Points, by whether they are answered."""

    def counted(self) -> Self:
        """The points of published comments: each of them gets an answer."""
        return self.filter(comment__state=CommentState.PUBLISHED)

    def answered(self) -> Self:
        """Those with a public answer."""
        return self.filter(Answer.public_q("answer__"))

    def open(self) -> Self:
        """Those of published comments without a public answer."""
        return self.counted().exclude(pk__in=Point.objects.answered())


class Point(models.Model):
    """A part of a comment that deserves its own answer; on approval a comment gets one, which is all of it."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="points", verbose_name=_("comment"))
    position = models.PositiveSmallIntegerField(_("position"), default=1, validators=[MinValueValidator(1)])
    text = models.TextField(
        _("words"), max_length=30_000, blank=True, help_text=_("As in the comment; empty: the whole comment.")
    )
    paragraph_key = models.ForeignKey(
        ParagraphKey, models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("paragraph")
    )
    kind = models.CharField(_("kind"), max_length=12, blank=True, choices=PointKind.choices)
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="points", verbose_name=_("answer")
    )

    class Verdict(models.TextChoices):
        """What the author says to the answer."""

        ANSWERS = "answers", _("this answers my point")
        DOES_NOT = "does-not", _("this does not answer my point")

    verdict = models.CharField(_("its author says"), max_length=8, blank=True, choices=Verdict.choices, editable=False)
    verdict_why = models.CharField(_("why"), max_length=300, blank=True, editable=False)
    verdict_at = models.DateTimeField(_("said"), null=True, editable=False)

    objects = PointQuerySet.as_manager()

    # What an erasure empties.
    personal: ClassVar[dict[str, str]] = {"text": "", "verdict_why": ""}

    class Meta:
        verbose_name = _("point")
        verbose_name_plural = _("points")
        ordering = ["comment", "position"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "position"], name="point_position"),
            models.CheckConstraint(
                condition=Q(verdict="", verdict_why="", verdict_at__isnull=True)
                | (~Q(verdict="") & Q(answer__isnull=False, verdict_at__isnull=False)),
                name="point_verdict_on_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What staff and readers call it: comment 12's second point is 12.2."""
        return f"{self.comment.number or '–'}.{self.position}"

    def say(self, verdict: str, why: str) -> None:
        """Set what its author says to the answer; the caller saves."""
        self.verdict, self.verdict_why, self.verdict_at = verdict, why, timezone.now()
