"""Every page of the loop asks the database a fixed number of questions, however many rows there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comments.models import Consultation
from comments.receipts import receipt_hash
from tests.comments.loop import RECEIPT, filled, page_url
from tests.comments.mine import CODE, KEY
from tests.factories import make_answer, make_consultation, make_published_comment, make_version, paragraph_of

pytestmark = pytest.mark.django_db
FORM = "{consultation}comments/new/"
SENT = filled(form_key="5b0c58f9-0b0a-4d44-9df4-2d7cf1a7f6a0")

# The address, what is sent to it, how many queries that takes, and the status it ends with.
# One question everywhere is what became of the paragraphs in a later version; where answers are shown, further ones
# are for points, answers, their texts, and who else got them, for comments and for their replies.
COSTS: dict[str, tuple[str, dict[str, Any] | None, int, int]] = {
    "list": ("/en/consultations/", None, 2, 200),
    # The page itself asks for the languages, the progress and the dates; translations come with their comments.
    "consultation": ("{consultation}", None, 22, 200),
    "second page": ("{consultation}?page=1", None, 23, 200),
    "on a paragraph": ("{consultation}?paragraph=1", None, 22, 200),
    "filtered": ("{consultation}?language=en&from=person&answers=yes&order=newest", None, 22, 200),
    "by paragraph": ("{consultation}?order=paragraph", None, 22, 200),
    "words": ("{consultation}?q=remark", None, 23, 200),
    "words that nothing has": ("{consultation}?q=zygomorphic", None, 13, 200),
    "bad filter": ("{consultation}?language=zzzz", None, 10, 400),
    "policy": ("{consultation}policy/", None, 2, 200),
    "feed": ("{consultation}comments.atom", None, 12, 200),
    "CSV": ("{consultation}comments.csv", None, 12, 200),
    "XLSX": ("{consultation}comments.xlsx", None, 12, 200),
    "JSON": ("{consultation}comments.json", None, 12, 200),
    "comment": ("{consultation}comments/1/", None, 17, 200),
    "no such comment": ("{consultation}comments/9999/", None, 4, 404),
    "form": (FORM, None, 6, 200),
    "form on a paragraph": (f"{FORM}?paragraph=1", None, 6, 200),
    "form in reply": (f"{FORM}?reply-to=1", None, 12, 200),
    "sent": (FORM, SENT, 13, 201),
    "reply sent": (f"{FORM}?reply-to=1", SENT, 19, 201),
    "sent with errors": (FORM, {"body": "x"}, 6, 400),
    "preview": (FORM, SENT | {"preview": "1"}, 7, 200),
    "sent with an address": (FORM, SENT | {"email": "zoe@example.org"}, 19, 201),
    "mails ended": ("/en/mail/stop/x/", {}, 0, 404),
    "receipt": (RECEIPT, None, 0, 200),
    "receipt, bad code": (RECEIPT, {"code": "K7"}, 0, 400),
    "receipt, unknown code": (RECEIPT, {"code": "K7QF-2M9X-WD4T"}, 3, 404),
    "receipt found": (RECEIPT, {"code": CODE}, 5, 200),
    "verdict": (RECEIPT, {"code": CODE, "verdict": "answers", "point": "1"}, 14, 200),
    "to erase": (RECEIPT, {"code": CODE, "erase": "1"}, 9, 200),
    "erased": (RECEIPT, {"code": CODE, "erase": "sure"}, 21, 200),
    "withdrawn": (RECEIPT, {"code": CODE, "withdraw": "1"}, 19, 200),
}


def few() -> Consultation:
    """Two comments, each with a reply, and answers on them."""
    consultation = make_consultation()
    fill(consultation, 2)
    return consultation


def many() -> Consultation:
    """A long text, many comments with many replies and answers, and other consultations."""
    consultation = make_consultation(make_version(body="\n\n".join(f"Paragraph {n}." for n in range(60))))
    fill(consultation, 30)
    first = consultation.comments.get(number=1)
    for _ in range(5):
        make_published_comment(consultation, reply_to=first, paragraph_key=first.paragraph_key)
        make_answer(first)
        make_published_comment()
    return consultation


def fill(consultation: Consultation, count: int) -> None:
    """Publish comments with replies and answers; the first one's receipt is CODE."""
    key = paragraph_of(consultation).key
    mine: dict[str, Any] = {"submission_key": KEY, "receipt_hash": receipt_hash(CODE)}
    for _ in range(count):
        comment = make_published_comment(consultation, paragraph_key=key, **mine)
        reply = make_published_comment(consultation, paragraph_key=key, reply_to=comment)
        make_answer(comment)
        make_answer(reply)
        mine = {}


@pytest.mark.parametrize("make", [few, many])
@pytest.mark.parametrize("what", COSTS)
def test_queries(visitor: Client, django_assert_num_queries: Any, what: str, make: Callable[[], Consultation]) -> None:
    """The number is the same for few rows and for many."""
    address, sent, cost, status = COSTS[what]
    url = address.format(consultation=page_url(make()))
    with django_assert_num_queries(cost):
        response = visitor.get(url) if sent is None else visitor.post(url, sent)
    assert response.status_code == status
