"""The comment whose receipt the tests hold."""

from typing import Any
from uuid import UUID

from django.test import Client

from comments.models import Comment
from comments.receipts import receipt_for, receipt_hash
from tests.comments.loop import RECEIPT
from tests.factories import make_comment, make_published_comment

KEY = UUID("7c1d8b5e-3f0f-4a38-8f0a-3f1d4f3f0a11")
CODE = receipt_for(KEY)


def make_mine(**fields: Any) -> Comment:
    """Return the comment whose receipt is CODE."""
    return make_comment(submission_key=KEY, receipt_hash=receipt_hash(CODE), **fields)


def make_mine_public(**fields: Any) -> Comment:
    """Return it published."""
    return make_published_comment(submission_key=KEY, receipt_hash=receipt_hash(CODE), **fields)


def shown(client: Client, **values: str) -> Any:
    """Return the answer to the code."""
    return client.post(RECEIPT, {"code": CODE, **values})
