"""Where very much comes from one network: some is looked at twice, more is asked to wait, and nothing is lost."""

from typing import Any

import pytest
from django.test import Client

from campaign.models import Endorsement
from comments.models import Comment, HoldReason
from publishing import limits
from tests.campaign.endorsement_rows import form_url as sign_url
from tests.comments.loop import RECEIPT, code_of, errors_on_top, filled, form_url, page_of, typed
from tests.comments.mine import make_mine, shown
from tests.factories import make_consultation, make_version

pytestmark = pytest.mark.django_db


def assert_waits(response: Any) -> None:
    """Assert that the answer says when to try again."""
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= limits.HOUR
    assert "Please send this again in" in errors_on_top(page_of(response))
    assert response["Cache-Control"] == "no-store"


def test_comments(visitor: Client) -> None:
    """The sixth is held, the thirty-first waits with its text in the form; a neighbour's network notices nothing."""
    url = form_url(make_consultation())
    for _ in range(limits.PER_HOUR["comment"]):
        code_of(visitor.post(url, filled()))
    rows = Comment.objects.order_by("pk")
    held = [HoldReason.RATE in row.held_for for row in rows]
    assert held == [False] * limits.MANY_COMMENTS + [True] * (len(held) - limits.MANY_COMMENTS)
    sent = filled(body="\r\n My <b>text", name_kind="pseudonym", name="Zoë", email="zoe@example.org")
    response = visitor.post(url, sent)
    assert_waits(response)
    values = typed(page_of(response))
    assert {name: values[name] for name in sent} == sent
    assert rows.count() == limits.PER_HOUR["comment"]
    assert code_of(visitor.post(url, sent, REMOTE_ADDR="198.51.100.1"))


def test_same_form_counts_once(visitor: Client) -> None:
    """An impatient thumb does not use up what its network may send, nor is what has arrived said not to have."""
    url, sent = form_url(make_consultation()), filled()
    for _ in range(limits.PER_HOUR["comment"] + 2):
        assert code_of(visitor.post(url, sent))
    assert Comment.objects.get().held_for == [HoldReason.STAMP]


def test_previews_and_errors_do_not_count(visitor: Client) -> None:
    """Only what is sent does."""
    url = form_url(make_consultation())
    for _ in range(limits.MANY_COMMENTS):
        visitor.post(url, filled(preview="1"))
        visitor.post(url, filled(body=""))
    code_of(visitor.post(url, filled()))
    assert HoldReason.RATE not in Comment.objects.get().held_for


def test_wrong_codes(visitor: Client) -> None:
    """Guessing ends in waiting, and locks nobody out who has a code."""
    make_mine()
    for _ in range(limits.PER_HOUR["receipt"]):
        assert visitor.post(RECEIPT, {"code": "K7QF-2M9X-WD4T"}).status_code == 404
    assert_waits(visitor.post(RECEIPT, {"code": "K7QF-2M9X-WD4T"}))
    assert shown(visitor).status_code == 200


def test_endorsements(visitor: Client) -> None:
    """The twenty-first waits."""
    url = sign_url(make_version().deliverable)
    sign = {"capacity": "person", "shown_as": "name", "name": "Zoë"}
    for _ in range(limits.PER_HOUR["endorsement"]):
        code_of(visitor.post(url, sign | {"form_key": filled()["form_key"]}))
    response = visitor.post(url, sign | {"form_key": filled()["form_key"]})
    assert_waits(response)
    assert typed(page_of(response))["name"] == "Zoë"
    assert Endorsement.objects.count() == limits.PER_HOUR["endorsement"]
