"""Consultations, comments, and what became of them."""

from comments.models.answers import Answer, AnswerState, AnswerText, Disposition, Point, PointKind
from comments.models.comments import (
    Channel,
    Comment,
    CommentQuerySet,
    CommentState,
    HoldReason,
    NameKind,
)
from comments.models.consultations import (
    About,
    Consultation,
    ConsultationQuerySet,
    ConsultationText,
    DateChange,
    LanguageClosing,
)
from comments.models.decisions import ModerationEvent
from comments.models.grounds import REDACTION_REASONS, RefusalReason
from comments.models.kept import CommentTranslation, MailAddress, SealedOriginal, WatchedWord
from comments.models.reports import Report, ReportText

__all__ = [
    "REDACTION_REASONS",
    "About",
    "Answer",
    "AnswerState",
    "AnswerText",
    "Channel",
    "Comment",
    "CommentQuerySet",
    "CommentState",
    "CommentTranslation",
    "Consultation",
    "ConsultationQuerySet",
    "ConsultationText",
    "DateChange",
    "Disposition",
    "HoldReason",
    "LanguageClosing",
    "MailAddress",
    "ModerationEvent",
    "NameKind",
    "Point",
    "PointKind",
    "RefusalReason",
    "Report",
    "ReportText",
    "SealedOriginal",
    "WatchedWord",
]
