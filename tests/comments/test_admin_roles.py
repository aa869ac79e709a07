"""Every role at every address of the desk: the addresses are found by walking the admin, so that a new one joins."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver

from tests.campaign.admin_pages import MADE
from tests.conftest import signed_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "member", "Moderator", "Editor", "Network coordinator", "administrator")
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


def routes() -> Iterator[tuple[str, str]]:
    """Yield name and route of every address below /admin/comments/."""
    for part in admin.site.urls[0]:
        if isinstance(part, URLResolver) and str(part.pattern).startswith("comments/"):
            for page in part.url_patterns:
                if isinstance(page, URLPattern) and page.name:
                    yield page.name, f"/admin/{part.pattern}{page.pattern}"


def address(name: str, route: str) -> str:
    """Return an address of a row that is there."""
    model = next(model for model in MADE if name.startswith(f"comments_{model._meta.model_name}_"))
    filled = {"<path:object_id>": MADE[model]().pk, "<slug:row>": model._meta.model_name, "<int:record>": 1}
    for part, value in filled.items():
        route = route.replace(part, str(value))
    return route


def somebody(role: str) -> User | None:
    """Return who has this role."""
    if role == "visitor":
        return None
    if role == "administrator":
        return make_user(is_superuser=True)
    return make_user(staff=False) if role == "member" else make_user(role)


@pytest.mark.parametrize("role", ROLES)
def test_role(role: str) -> None:
    """Who may not is told so, by GET and by POST; who may gets an answer, and nobody a fault."""
    user = somebody(role)
    client = signed_in(user) if user else Client()
    for name, route in routes():
        url = address(name, route)
        for ask in (client.get, client.post):
            response = ask(url)
            assert response.status_code < 500, url
            if user is None or not user.is_staff:
                assert response.status_code == 302, url
                assert response["Location"].startswith("/admin/login/")
            elif may(user, name):
                assert response.status_code != 403 or not name.startswith("comments_comment_"), url
            else:
                # 405: the method is refused before anybody is looked at.
                assert response.status_code in (403, 405), url


def may(user: User, name: str) -> bool:
    """Whether somebody should get through."""
    app, model, page = name.split("_", 2)
    if model == "comment":
        needed = NEEDS.get(page, VIEW)
        return user.has_perm(VIEW) and user.has_perm(needed) if needed != "nobody" else False
    return any(user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "add", "change", "delete"))


def test_desk_has_all_its_addresses() -> None:
    """The table above names nothing that is not there."""
    assert {f"comments_comment_{page}" for page in NEEDS} <= {name for name, _route in routes()}
