"""A consultation that drew ten thousand comments: its rows, and the pages that must stay fast over them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from comments.models import Answer, AnswerText, Comment, Consultation, Point
from tests.factories import make_consultation, make_version, published

COUNT = 10_000
PAGES = [
    "",
    "?page=5000",
    "?order=newest",
    "?order=paragraph&page=30-5000",
    "?paragraph=7",
    "?language=fr&from=organisation&answers=no",
    "?answers=yes",
    "?q=needle",
    "?q=needle&language=ru",
    "?q=eedl",
    "comments/1/",
    "comments.atom",
    "comments.csv",
    "comments.xlsx",
    "comments.json",
]


@contextmanager
def many_comments() -> Iterator[str]:
    """Yield the address of the consultation, and take all of it back."""
    with transaction.atomic():
        consultation = _fill()
        # A server gathers these by itself within a minute.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield consultation.get_absolute_url()
        transaction.set_rollback(True)


def _fill() -> Consultation:
    random = Random(1)
    consultation = make_consultation(make_version(body="\n\n".join(f"Paragraph {n}." for n in range(60))))
    keys = list(consultation.version.texts.get().paragraphs.exclude(number=None).values_list("key", flat=True))
    by = User.objects.create_user(uuid4().hex)
    words = ["".join(random.choices("abcdefghijklmnopqrst", k=random.randint(2, 9))) for _ in range(4000)]
    now = timezone.now()

    def comment(number: int, reply_to: Comment | None = None) -> Comment:
        body = " ".join(
            [*random.choices(words, k=random.choice((40, 80, 300))), "needle" if number % 500 == 0 else ""]
        )
        organisation = f"Body {number}" if number % 4 == 0 else ""
        return Comment(
            consultation=consultation,
            number=number,
            reply_to=reply_to,
            paragraph_key_id=random.choice(keys),
            language=random.choice(("en", "en", "fr", "ru", "pt")),
            name_kind="organisation" if organisation else "none",
            organisation=organisation,
            body=body,
            received_at=consultation.opens_at + timedelta(minutes=number),
            state="published",
            published_at=now,
            decided_at=now,
            decided_by=by,
            submission_key=uuid4(),
            receipt_hash=uuid4().hex,
        )

    first = Comment.objects.bulk_create([comment(number) for number in range(1, COUNT * 3 // 4)], 500)
    rest = range(len(first) + 1, COUNT + 1)
    # Every fourth is a reply, and many of them go to the first comment.
    replies = [comment(number, first[0] if number % 5 == 0 else random.choice(first)) for number in rest]
    everything = [*first, *Comment.objects.bulk_create(replies, 500)]
    answer = Answer.objects.create(consultation=consultation, answered_by=by, **published(disposition="noted"))
    AnswerText.objects.create(answer=answer, language="en", reason="We thank everybody who said so.")
    points = [Point(comment=row, answer=answer if n % 2 else None) for n, row in enumerate(everything)]
    Point.objects.bulk_create(points, 500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE comments_comment, comments_point, comments_answer")
    return consultation
