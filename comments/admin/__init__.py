"""Admin of consultations, of the moderators' queue and of answers."""

from comments.admin.answers import AnswerAdmin
from comments.admin.consultations import ConsultationAdmin
from comments.admin.desk import CommentAdmin, ModerationEventAdmin
from comments.admin.reports import ReportAdmin

__all__ = ["AnswerAdmin", "CommentAdmin", "ConsultationAdmin", "ModerationEventAdmin", "ReportAdmin"]
