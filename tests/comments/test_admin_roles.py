"""Every role at every address of the desk."""

import pytest
from django.contrib.auth.models import User

from tests.campaign.admin_walk import ROLES, Answer, routes, somebody, walk

pytestmark = pytest.mark.django_db

MODERATE, VIEW = "comments.moderate_comment", "comments.view_comment"
# What each page of a comment asks for; what is not named asks at least for being allowed to see comments.
NEEDS = {
    "add": "comments.enter_comment",
    "approve": MODERATE,
    "bulk": MODERATE,
    "claim": MODERATE,
    "delete": "nobody",
    "erase": "comments.delete_comment",
    "files": "comments.export_comment",
    "original": "comments.unseal_comment",
    "points": "comments.change_point",
    "redact": MODERATE,
    "refuse": MODERATE,
    "release": MODERATE,
    "return": MODERATE,
    "spam": MODERATE,
    "take-down": MODERATE,
}


@pytest.mark.parametrize("role", ROLES)
def test_role(role: str) -> None:
    """Who may not is told so, by GET and by POST; who may gets an answer, and nobody a fault."""
    user = somebody(role)
    answers = list(walk(user, "comments"))
    assert [answer for answer in answers if not answer.is_right(user, allowed=may(user, answer))] == []


def may(user: User | None, answer: Answer) -> bool | None:
    """Whether somebody should get through; whoever may do something to other models may see some of their pages."""
    if user is None:
        return False
    if answer.model == "comment":
        needed = NEEDS.get(answer.page, VIEW)
        return user.has_perm(VIEW) and user.has_perm(needed) if needed != "nobody" else False
    verbs = ("view", "add", "change", "delete")
    return None if any(user.has_perm(f"comments.{verb}_{answer.model}") for verb in verbs) else False


def test_desk_has_all_its_addresses() -> None:
    """The table above names nothing that is not there."""
    assert NEEDS.keys() <= {page for model, page, _route in routes("comments") if model == "comment"}
