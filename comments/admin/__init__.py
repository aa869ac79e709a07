"""Admin of consultations, of the moderators' queue, of points and of answers."""

from comments.admin.answers import AnswerAdmin
from comments.admin.consultations import ConsultationAdmin
from comments.admin.desk import CommentAdmin, ModerationEventAdmin
from comments.admin.points import PointAdmin

__all__ = ["AnswerAdmin", "CommentAdmin", "ConsultationAdmin", "ModerationEventAdmin", "PointAdmin"]
