"""What an author says to the answers: whether each answers the point. It can be changed at any time."""

from django.db import transaction
from django.utils import timezone

from comments.models import Comment, CommentState, Point
from comments.moderation import locked


class NothingToSay(Exception):
    """There is no such point of a published comment, or it has no public answer."""


@transaction.atomic
def give_verdict(comment: Comment, *, position: int, verdict: str, why: str) -> None:
    """Store what the author of a comment says to the answer to one of its points. Raises NothingToSay."""
    # Answers move under the same lock.
    locked(comment)
    points = Point.objects.answered().filter(comment=comment, comment__state=CommentState.PUBLISHED)
    changed = Point.objects.filter(pk__in=points, position=position).update(
        verdict=verdict, verdict_why=why, verdict_at=timezone.now()
    )
    if not changed:
        raise NothingToSay
