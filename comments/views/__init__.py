"""Consultations, their comments, the comment form and the receipt."""

from comments.views.mail import mail_stop
from comments.views.reading import comment, consultation, consultation_context, consultations, policy
from comments.views.receipts import receipt
from comments.views.report import report, report_context, report_download
from comments.views.writing import new_comment

__all__ = [
    "comment",
    "consultation",
    "consultation_context",
    "consultations",
    "mail_stop",
    "new_comment",
    "policy",
    "receipt",
    "report",
    "report_context",
    "report_download",
]
