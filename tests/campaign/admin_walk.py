"""A walk through an app's part of the admin: its addresses are asked for there, so that a new one joins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from tests.campaign.admin_pages import MADE
from tests.conftest import released, signed_in
from tests.factories import make_user

ROLES = ("visitor", "member", "Moderator", "Editor", "Network coordinator", "administrator")
# What stands in an address beside the number of a row, by the page.
Named = dict[str, Callable[[], list[Any]]]


@dataclass(frozen=True)
class Answer:
    """What was answered at one address."""

    model: str
    page: str
    method: str
    status: int
    location: str

    def is_right(self, user: User | None, *, allowed: bool | None) -> bool:
        """Whether somebody is answered as they should be; with None both will do, but no fault."""
        if user is None or not user.is_staff:
            return self.status == 302 and self.location.startswith("/admin/login/")
        if self.status == 405 or allowed is None:  # a method is refused before anybody is looked at
            return self.status < 500
        return self.status < 500 and (self.status == 403) != allowed


def somebody(role: str) -> User | None:
    """Return who has this role."""
    if role == "visitor":
        return None
    if role == "administrator":
        return make_user(is_superuser=True)
    return make_user(staff=False) if role == "member" else make_user(role)


def routes(app: str) -> Iterator[tuple[str, str, str]]:
    """Yield model, page and route of every address of an app's."""
    for part in admin.site.urls[0]:
        if isinstance(part, URLResolver) and str(part.pattern).startswith(f"{app}/"):
            for address in part.url_patterns:
                if isinstance(address, URLPattern) and address.name:
                    _app, model, page = address.name.split("_", 2)
                    yield model, page, str(address.pattern)


def walk(user: User | None, app: str, named: Named | None = None) -> Iterator[Answer]:
    """Ask for every address by GET and by POST; nothing of what was done stays."""
    client = signed_in(user) if user else Client()

    @cache
    def row(model: str) -> Any:
        return next(make for made, make in MADE.items() if made._meta.label_lower == f"{app}.{model}")()

    for model, page, route in routes(app):
        arguments = named[page]() if named and page in named else []
        if "<path:object_id>" in route:
            arguments = [row(model).pk, *arguments]
        if "<int:record>" in route:
            history = getattr(row(model), "history", None)
            arguments += [model, history.latest().pk if history else 1]
        url = reverse(f"admin:{app}_{model}_{page}", args=arguments)
        for ask in (client.get, client.post):
            with transaction.atomic():
                response = released(ask(url))
                transaction.set_rollback(True)
            method, location = response.request["REQUEST_METHOD"], response.headers.get("Location", "")
            yield Answer(model, page, method, response.status_code, location)
