"""Consultations, their comments, the comment form and the receipt."""

from comments.views.reading import comment, consultation, consultation_context, consultations
from comments.views.receipts import receipt
from comments.views.report import report, report_context, report_download
from comments.views.writing import new_comment

__all__ = [
    "comment",
    "consultation",
    "consultation_context",
    "consultations",
    "new_comment",
    "receipt",
    "report",
    "report_context",
    "report_download",
]
