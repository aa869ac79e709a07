"""Admin of consultations, of the moderators' queue and of answers."""

from comments.admin.consultations import AnswerAdmin, ConsultationAdmin
from comments.admin.desk import CommentAdmin, ModerationEventAdmin

__all__ = ["AnswerAdmin", "CommentAdmin", "ConsultationAdmin", "ModerationEventAdmin"]
