"""Admin of consultations, of the moderators' queue and of answers."""

from comments.admin.answers import AnswerAdmin
from comments.admin.consultations import ConsultationAdmin
from comments.admin.desk import CommentAdmin
from comments.admin.records import ModerationEventAdmin, WatchedWordAdmin
from comments.admin.translations import CommentTranslationAdmin

__all__ = [
    "AnswerAdmin",
    "CommentAdmin",
    "CommentTranslationAdmin",
    "ConsultationAdmin",
    "ModerationEventAdmin",
    "WatchedWordAdmin",
]
