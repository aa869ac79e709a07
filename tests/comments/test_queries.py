"""Every page of the loop asks the database a fixed number of questions, however many rows there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, Consultation
from comments.receipts import receipt_for, receipt_hash
from tests.comments.loop import RECEIPT, filled, form_url, page_url
from tests.factories import make_answer, make_consultation, make_published_comment, make_version, paragraph_of

pytestmark = pytest.mark.django_db
MINE = "7c1d8b5e-3f0f-4a38-8f0a-3f1d4f3f0a11"
Act = Callable[[Client, Consultation], Any]


def read(url: Callable[[Consultation], str]) -> Act:
    """Return the act of reading a page."""
    return lambda client, consultation: client.get(url(consultation))


def write(url: Callable[[Consultation], str], **values: Any) -> Act:
    """Return the act of sending a form."""
    return lambda client, consultation: client.post(url(consultation), values or filled())


def code() -> str:
    """Return the receipt code of comment 1."""
    return receipt_for(Comment.objects.order_by("pk").first().submission_key)  # type: ignore[union-attr]


# What is done, how many queries it takes, and with which status it ends.
COSTS: dict[str, tuple[Act, int, int]] = {
    "list": (read(lambda c: "/en/consultations/"), 0, 200),
    "consultation": (read(page_url), 0, 200),
    "second page": (read(lambda c: page_url(c, page=1)), 0, 200),
    "on a paragraph": (read(lambda c: page_url(c, paragraph=1)), 0, 200),
    "comment": (read(lambda c: f"{page_url(c)}comments/1/"), 0, 200),
    "no such comment": (read(lambda c: f"{page_url(c)}comments/9999/"), 0, 404),
    "form": (read(form_url), 0, 200),
    "form on a paragraph": (read(lambda c: form_url(c, paragraph=1)), 0, 200),
    "form in reply": (read(lambda c: form_url(c, reply_to=1)), 0, 200),
    "sent": (write(form_url), 0, 201),
    "reply sent": (write(lambda c: form_url(c, reply_to=1)), 0, 201),
    "sent with errors": (write(form_url, body="x"), 0, 400),
    "receipt": (read(lambda c: RECEIPT), 0, 200),
    "receipt, bad code": (write(lambda c: RECEIPT, code="K7"), 0, 400),
    "receipt, unknown code": (write(lambda c: RECEIPT, code="K7QF-2M9X-WD4T"), 0, 404),
    "receipt found": (lambda client, c: client.post(RECEIPT, {"code": code()}), 0, 200),
    "withdrawn": (lambda client, c: client.post(RECEIPT, {"code": code(), "withdraw": "1"}), 0, 200),
}


def few() -> Consultation:
    """One comment without anything."""
    consultation = make_consultation()
    make_first(consultation)
    return consultation


def many() -> Consultation:
    """Long text, sixty comments with replies, answers on both, and other consultations."""
    consultation = make_consultation(make_version(body="\n\n".join(f"Paragraph {n}." for n in range(60))))
    first = make_first(consultation)
    key = paragraph_of(consultation).key
    for _ in range(30):
        comment = make_published_comment(consultation, paragraph_key=key)
        reply = make_published_comment(consultation, paragraph_key=key, reply_to=comment)
        make_answer(comment)
        make_answer(reply)
        make_published_comment(consultation, paragraph_key=key, reply_to=first)
        make_answer(first)
    for _ in range(5):
        make_published_comment()
    return consultation


def make_first(consultation: Consultation) -> Comment:
    """Return comment 1, whose receipt is known."""
    comment = make_published_comment(consultation)
    comment.receipt_hash = receipt_hash(receipt_for(comment.submission_key))
    comment.save(update_fields=["receipt_hash"])
    return comment


@pytest.mark.parametrize("make", [few, many])
@pytest.mark.parametrize("what", COSTS)
def test_queries(visitor: Client, django_assert_num_queries: Any, what: str, make: Callable[[], Consultation]) -> None:
    """The number is the same for one row and for many."""
    act, cost, status = COSTS[what]
    consultation = make()
    code()
    with django_assert_num_queries(cost):
        assert act(visitor, consultation).status_code == status
