"""Admin of consultations, of the moderators' queue, of points and of answers."""

from comments.admin.answers import AnswerAdmin
from comments.admin.consultations import ConsultationAdmin
from comments.admin.desk import CommentAdmin
from comments.admin.points import PointAdmin
from comments.admin.records import ModerationEventAdmin, WatchedWordAdmin
from comments.admin.reports import ReportAdmin
from comments.admin.translations import CommentTranslationAdmin

__all__ = [
    "AnswerAdmin",
    "CommentAdmin",
    "CommentTranslationAdmin",
    "ConsultationAdmin",
    "ModerationEventAdmin",
    "PointAdmin",
    "ReportAdmin",
    "WatchedWordAdmin",
]
