"""Links for reviewers: whoever has one sees the preview, nobody else does, and only until it ends."""

import logging
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Answer
from publishing.logs import SafeFormatter
from publishing.models import PreviewLink
from publishing.preview_links import make_link, token_hash
from tests.campaign.admin_pages import PREVIEWED, address, typed
from tests.campaign.admin_pages import page_of as admin_page_of
from tests.campaign.test_admin_previews import make_draft, words_of
from tests.conftest import signed_in
from tests.factories import (
    make_campaign,
    make_news,
    make_organisation,
    make_picture,
    make_user,
    make_version,
)
from tests.publishing.html import parse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pictures(settings: Any, tmp_path: Path) -> None:
    """Keep pictures out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path


def made(client: Client, thing: Any) -> str:
    """Make a link on the thing's page, and return its address below the host."""
    response = client.post(address(thing, "links"), {"make": "1"})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    link = admin_page_of(response).one("a", id="new-link").get("href")
    return link.removeprefix("http://testserver")


def draft_news(**fields: Any) -> Any:
    """Return news that is not public."""
    return make_news(state="draft", published_at=None, **fields)


def test_editor_makes_a_link_and_a_reviewer_follows_it(editor: Client, visitor: Client) -> None:
    news = draft_news()
    link = made(editor, news)
    response = visitor.get(link)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    page = parse(response.content.decode())
    assert words_of(news) in page.text
    assert "This is shown to you for review" in page.text
    assert "/admin/" not in response.content.decode()
    assert not page.all("form")
    assert visitor.get(news.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("model", PREVIEWED, ids=lambda model: model.__name__)
def test_whatever_has_a_preview_can_be_shown(visitor: Client, model: Any) -> None:
    thing = make_draft(model)
    token = make_link(thing, by=make_user())
    for language in ("en", "ar"):
        response = visitor.get(f"/{language}/preview/{token}/")
        assert response.status_code == 200
        assert words_of(thing) in parse(response.content.decode()).text
    assert (model is Answer) or response["Content-Language"] == "ar"


def test_secret_is_stored_nowhere(editor: Client) -> None:
    news = draft_news()
    token = made(editor, news).rstrip("/").rpartition("/")[2]
    assert len(token) >= 32
    row = PreviewLink.objects.values(*(field.attname for field in PreviewLink._meta.concrete_fields)).get()
    assert token not in map(str, row.values())
    assert row["token_hash"] == token_hash(token)
    assert row["expires_at"] - row["made_at"] > timedelta(days=13)
    assert token not in editor.get(address(news, "links")).content.decode()


def test_link_that_is_revoked_no_longer_opens(editor: Client, visitor: Client) -> None:
    news, other = draft_news(), draft_news()
    link, kept = made(editor, news), made(editor, news)
    first = PreviewLink.objects.earliest("pk")
    assert editor.post(address(other, "links"), {"revoke": first.pk}).status_code == 404
    assert editor.post(address(news, "links"), {"revoke": first.pk}).status_code == 302
    response = visitor.get(link)
    assert response.status_code == 410
    assert "This link has ended" in parse(response.content.decode()).text
    assert words_of(news) not in response.content.decode()
    assert visitor.get(kept).status_code == 200
    assert "ended by hand" in admin_page_of(editor.get(address(news, "links"))).text


def test_link_ends_by_itself(editor: Client, visitor: Client) -> None:
    news = draft_news(picture=make_picture())
    link = made(editor, news)
    page = visitor.get(link).content.decode()
    (picture,) = re.findall(r'src="(/en/preview/[^"]+)"', page)
    past = timezone.now() - timedelta(days=15)
    PreviewLink.objects.update(made_at=past, expires_at=past + timedelta(days=14))
    assert visitor.get(link).status_code == visitor.get(picture).status_code == 410


@pytest.mark.parametrize("token", ["x", "0" * 32, "x" * 3000, "%00", "é", "<b>"])
def test_no_such_link(visitor: Client, token: str) -> None:
    draft_news()
    assert visitor.get(f"/en/preview/{token}/").status_code == 404
    assert visitor.get(f"/en/preview/{token}/pictures/a.webp").status_code == 404


def test_thing_that_is_gone(editor: Client, visitor: Client) -> None:
    news = draft_news()
    link = made(editor, news)
    news.delete()
    assert visitor.get(link).status_code == 404


def test_nothing_to_show_yet(editor: Client, visitor: Client) -> None:
    news = draft_news()
    link = made(editor, news)
    news.texts.all().delete()
    assert visitor.get(link).status_code == 404


def test_links_are_read_only(editor: Client, visitor: Client) -> None:
    link = made(editor, draft_news())
    assert visitor.post(link).status_code == 405
    assert visitor.head(link).status_code == 200


def test_pictures_of_the_preview_alone(editor: Client, visitor: Client) -> None:
    shown, other = make_picture(), make_picture()
    link = made(editor, draft_news(picture=shown))
    (image,) = parse(visitor.get(link).content.decode()).all("img")
    assert image.get("src") == f"{link}pictures/{str(shown.file.name).rpartition('/')[2]}"
    response: Any = visitor.get(image.get("src"))
    assert b"".join(response.streaming_content).startswith(b"RIFF")
    assert response["Cache-Control"] == "no-store"
    assert visitor.get(f"{link}pictures/{str(other.file.name).rpartition('/')[2]}").status_code == 404
    assert visitor.get(shown.get_absolute_url()).status_code == 404
    shown.file.storage.delete(str(shown.file.name))
    assert visitor.get(image.get("src")).status_code == 404


def test_who_may_make_links(editor: Client, coordinator: Client, moderator: Client, visitor: Client) -> None:
    organisation = make_organisation(state="draft")
    url = address(organisation, "links")
    for client in (editor, moderator, signed_in(make_user())):
        assert client.get(url).status_code == client.post(url).status_code == 403
    assert visitor.post(url)["Location"].startswith("/admin/login/")
    assert coordinator.put(url).status_code == 405
    assert not PreviewLink.objects.exists()
    assert visitor.get(made(coordinator, organisation)).status_code == 200


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "0"])
def test_no_such_link_to_revoke(editor: Client, number: str) -> None:
    news = draft_news()
    assert editor.post(address(news, "links"), {"revoke": number}).status_code == 404
    assert editor.get(address(news, "links").replace(f"/{news.pk}/", "/abc/")).status_code == 404


def test_form_links_the_links(editor: Client) -> None:
    news = draft_news()
    assert address(news, "links") in editor.get(address(news, "change")).content.decode()


def test_no_page_names_a_link(editor: Client, visitor: Client) -> None:
    version = make_version(state="draft", published_at=None)
    made(editor, version)
    make_campaign()
    for url in ("/en/", "/en/deliverables/", "/sitemap.xml", "/robots.txt"):
        assert "/preview/" not in visitor.get(url).content.decode()


def test_logs_keep_the_secret(caplog: pytest.LogCaptureFixture, visitor: Client) -> None:
    with caplog.at_level(logging.INFO):
        visitor.get("/en/preview/a-secret-of-somebody/")
    lines = [SafeFormatter().format(record) for record in caplog.records]
    assert any("/en/preview/…/" in line for line in lines)
    assert not any("a-secret" in line for line in lines)


def test_cost(visitor: Client) -> None:
    counts = []
    for more in (1, 6):
        for _ in range(more):
            token = make_link(draft_news(picture=make_picture()), by=None)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(f"/en/preview/{token}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_link_ends_after_it_began() -> None:
    news = draft_news()
    with pytest.raises(IntegrityError, match="previewlink_ends_after_start"):
        PreviewLink.objects.create(thing=news, token_hash="x", expires_at=timezone.now() - timedelta(days=1))


def test_links_to_what_is_withdrawn_end(editor: Client, visitor: Client) -> None:
    """Whoever takes a page down takes it down everywhere; a link made afterwards opens."""
    news = make_news()
    link, other = made(editor, news), made(editor, draft_news())
    form = typed(editor.get(address(news, "change")), "news_form")
    assert editor.post(address(news, "change"), {**form, "state": "withdrawn"}).status_code == 302
    assert visitor.get(link).status_code == 410
    assert visitor.get(other).status_code == 200
    assert visitor.get(made(editor, news)).status_code == 200
