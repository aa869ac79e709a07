"""Notes that something changed for those who asked to hear of it; `tell_commenters` tells them, later and in bulk."""

from collections.abc import Iterable

from django.utils import timezone

from comments.models import Comment, MailAddress


def note_change(comments: Iterable[Comment | int]) -> None:
    """Note that something changed about these comments; part of the transaction that changes it."""
    MailAddress.objects.filter(comment__in=list(comments)).update(changed_at=timezone.now())
