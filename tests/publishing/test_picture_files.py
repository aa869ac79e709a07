"""The address of a picture's file: only what something public shows is served."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from publishing.models import Picture
from tests.factories import make_advisory_member, make_campaign, make_factsheet, make_news, make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Keep pictures out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def address(name: str) -> str:
    """Return the address of a file."""
    return f"/pictures/{Path(name).name}"


def status_of(picture: Picture) -> int:
    """Return the status of the answers to a visitor who asks for each of the files, after looking at all of them."""
    statuses = set()
    for rendition in picture.renditions:
        response: Any = Client().get(address(rendition.name))
        body = b"".join(response.streaming_content) if response.streaming else response.content
        statuses.add(response.status_code)
        if response.status_code == 200:
            with picture.file.storage.open(rendition.name) as file:
                assert body == file.read()
            assert response["Content-Type"] == rendition.format.content_type
            assert response["X-Content-Type-Options"] == "nosniff"
            assert "public" in response["Cache-Control"]
            assert not response.cookies
    (status,) = statuses
    return int(status)


def test_of_what_nothing_shows() -> None:
    assert status_of(make_picture()) == 404


def test_of_news() -> None:
    picture = make_picture()
    news = make_news(picture=picture)
    assert status_of(picture) == 200
    for hidden in (
        {"state": "draft"},
        {"state": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
    ):
        type(news).objects.update(**({"state": "published", "published_at": news.published_at} | hidden))
        assert status_of(picture) == 404
    make_news(picture=picture)
    assert status_of(picture) == 200


def test_of_a_section() -> None:
    picture, sheet = make_picture(), make_factsheet()
    assert status_of(picture) == 404
    sheet.sections.filter(position=1).update(picture=picture)
    assert status_of(picture) == 200
    sheet.texts.update(ready=False)
    assert status_of(picture) == 404


def test_of_a_member_of_the_advisory_group() -> None:
    picture = make_picture()
    campaign = make_campaign()
    make_advisory_member(campaign, picture=picture)
    assert status_of(picture) == 200
    type(campaign).objects.update(state="withdrawn")
    assert status_of(picture) == 404


def test_head(visitor: Client) -> None:
    picture = make_picture()
    make_news(picture=picture)
    response: Any = visitor.head(picture.get_absolute_url())
    response.close()
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_wrong_method(visitor: Client, method: str) -> None:
    picture = make_picture()
    make_news(picture=picture)
    assert getattr(visitor, method)(picture.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        "none.webp",
        "..",
        "../settings.py",
        "..\\x",
        "/etc/passwd",
        "a/b.webp",
        " ",
        "\0",
        "x\0.webp",
        "%",
        "é" * 300,
    ],
)
def test_bad_names(visitor: Client, name: str) -> None:
    make_news(picture=make_picture())
    assert visitor.get(f"/pictures/{quote(name)}").status_code == 404
    assert visitor.get(f"/pictures/{quote(name, safe='')}").status_code == 404


@pytest.mark.parametrize(
    "end",
    [
        *("-480.avif", "-81.avif", "-0.jpg", "-080.jpg", "--80.jpg", "-80.0.jpg", "-\u0668\u0660.jpg"),
        *("-80.webp", "-80.jpeg", "-80.JPG", "-80.png", "-80.svg", "-80.", "-80", "-80.jpg.webp", "-80.jpg/"),
        *(".jpg", ".avif", ".WEBP", "", ".webp ", ".webp\n", "-80.jpg\0", "-80.avif.html", f"-{'9' * 400}.jpg"),
    ],
)
def test_what_there_is_not_of_a_picture(visitor: Client, end: str) -> None:
    """Of a picture that is public: other widths, other formats, and what looks like them."""
    picture = make_picture()
    make_news(picture=picture)
    stem = address(str(picture.file.name)).removesuffix(".webp")
    assert status_of(picture) == 200
    assert visitor.get(quote(f"{stem}{end}")).status_code == 404


def test_of_files_that_are_lost(media: Path) -> None:
    """A restore without its files shows gaps, not faults."""
    picture = make_picture()
    make_news(picture=picture)
    for file in (media / "pictures").iterdir():
        file.unlink()
    assert status_of(picture) == 404
    picture.save()


def test_queries(django_assert_num_queries: Any) -> None:
    picture = make_picture()
    for _ in range(3):
        make_news(picture=picture)
    with django_assert_num_queries(len(picture.renditions)):
        assert status_of(picture) == 200
