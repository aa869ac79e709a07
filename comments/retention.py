"""Forgets in time: what the form promised to keep for so long is kept no longer."""

from datetime import timedelta

from django.db.models import (
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, Greatest, Now

from comments.erasure import erase
from comments.following import follow
from comments.models import Comment, CommentState, Consultation, MailAddress, SealedOriginal
from comments.telling import MAILING
from publishing.models import Mail

# Whoever could not be told of the report within so many days is not told any more.
TO_TELL_THE_REPORT = timedelta(days=30)
NOT_PUBLIC = (CommentState.REFUSED, CommentState.WITHDRAWN, CommentState.SPAM)


def forget() -> int:
    """Erase the comments and originals whose time has passed, delete mail addresses; return how many rows it was."""
    past = _past()
    comments = Comment.objects.filter(consultation__in=past, state__in=NOT_PUBLIC).defer("search", "shingles")
    forgotten = 0
    for consultation in Consultation.objects.filter(reviewed_at=None, closes_at__lte=Now()):
        # Nobody decided on anything after it closed, so nothing else looks whether its stations are reached.
        follow(consultation.pk)
    for comment in comments.iterator(100):
        erase(comment)
        forgotten += 1
    forgotten += SealedOriginal.objects.filter(comment__consultation__in=past).delete()[0]
    report = F("comment__consultation__report_at")
    waiting = Mail.objects.waiting().filter(
        about=Concat(Value(f"{MAILING.name}:"), Cast(OuterRef("pk"), TextField()), output_field=TextField())
    )
    told = Q(changed_at__gte=report) & ~Q(Exists(waiting))
    late = Q(comment__consultation__report_at__lt=Now() - TO_TELL_THE_REPORT)
    addresses = MailAddress.objects.filter(told | late | Q(comment__consultation__in=past))
    return forgotten + addresses.delete()[0]


def _past() -> QuerySet[Consultation]:
    """Return the consultations whose days of keeping are over, counted from the last closing of any language."""
    days = ExpressionWrapper(F("kept_days") * Value(timedelta(days=1)), output_field=DurationField())
    last = Greatest("closes_at", "languages_close_at")
    return Consultation.objects.alias(last=last, days=days).filter(last__lt=Now() - F("days"))
