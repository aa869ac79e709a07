"""The figures of a report."""

from django.contrib.auth.models import User
from django.utils import timezone

from comments.models import Report


def recount(report: Report, *, by: User) -> None:
    """Count again what the report tells."""
    report.counted_at = timezone.now()
    report.save()
