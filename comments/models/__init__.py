"""Consultations, comments, and what became of them."""

from comments.models.comments import Comment, CommentQuerySet, CommentState, NameKind, RefusalReason
from comments.models.consultations import Consultation, ConsultationQuerySet, ConsultationText
from comments.models.decisions import Answer, Disposition, ModerationEvent

__all__ = [
    "Answer",
    "Comment",
    "CommentQuerySet",
    "CommentState",
    "Consultation",
    "ConsultationQuerySet",
    "ConsultationText",
    "Disposition",
    "ModerationEvent",
    "NameKind",
    "RefusalReason",
]
