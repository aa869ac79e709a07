"""Versions as files: what is in them, when they are made, and who gets them."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from campaign.models import Version, VersionText
from publishing.downloads import keep
from publishing.models import Download
from tests.campaign.downloaded import address_of, attach, get, lines, redraft
from tests.factories import make_version
from tests.publishing.html import parse
from tests.publishing.pdfs import assert_accessible, links, outline, squeezed, text_of
from tests.publishing.test_pdf import BODY, document, has_chinese

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def test_pdf() -> None:
    """Words, numbers, notes, title, address and date, as on the page."""
    version = make_version(body=BODY)
    text = version.texts.get()
    response, pdf = get(address_of(version))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    slug = version.deliverable.slug
    assert response["Content-Disposition"] == f'attachment; filename="{slug}-1-en.pdf"'
    assert int(response["Content-Length"]) == len(pdf)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Language"] == "en"
    assert not response.cookies
    reader = assert_accessible(pdf, title=text.title, language="en")
    assert outline(reader) == ["First part", "Deeper"]
    assert f"https://portal.example.org/en/deliverables/{slug}/versions/1/" in links(reader)
    read_back = text_of(pdf)
    assert "Guidancenote·version1·final" in read_back
    assert squeezed(f"{version.published_at:%-d %B %Y}") in read_back
    for paragraph in text.paragraphs.exclude(number=None):
        assert f"¶{paragraph.number}" in read_back


def test_other_forms() -> None:
    version = make_version(body=BODY)
    response, page = get(address_of(version, "html"))
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; ")
    root = parse(page.decode())
    # Paragraphs keep their permanent names.
    numbers = version.texts.get().paragraphs.exclude(number=None).values_list("number", flat=True)
    assert {f"p{number}" for number in numbers} <= set(root.ids)
    response, markdown = get(address_of(version, "md"))
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert BODY.strip() in markdown.decode()


def test_each_language_has_its_own() -> None:
    version = make_version(body="## Part\n\nWords.\n")
    VersionText.objects.create(version=version, language="ru", title="Записка", body="## Часть\n\nСлова.\n")
    response, pdf = get(address_of(version, language="ru"))
    assert_accessible(pdf, title="Записка", language="ru")
    assert "Слова." in text_of(pdf)
    assert "руководство" in text_of(pdf).lower() or "версия" in text_of(pdf)
    assert response["Content-Disposition"].endswith('-1-ru.pdf"')


def test_a_stand_in_says_what_it_is() -> None:
    """Where a text is not translated its own language answers, whole, and under its name."""
    version = make_version()
    response, pdf = get(address_of(version, language="fr"))
    assert response["Content-Language"] == "en"
    assert response["Content-Disposition"].endswith('-1-en.pdf"')
    assert pdf == get(address_of(version))[1]
    assert Download.objects.count() == 1


def test_chinese() -> None:
    """With a typeface there is a PDF; without one the page and the address say so, and the rest is there."""
    version = make_version(body="You can refuse a test.\n")
    VersionText.objects.create(version=version, language="zh-hans", title="说明", body="你可以拒绝检测。\n")
    address = address_of(version, language="zh-hans")
    response, body = get(address)
    with override("zh-hans"):
        page = parse(get(f"/zh-hans/deliverables/{version.deliverable.slug}/")[1].decode())
    if has_chinese():
        assert response.status_code == 200
        assert "你可以拒绝检测。" in text_of(body)
        assert page.all("a", href=address)
    else:
        assert_no_pdf(response, body, page, address)
    assert page.all("a", href=address.replace(".pdf", ".md"))
    assert "你可以拒绝检测。" in get(address.replace(".pdf", ".html"))[1].decode()


def test_chinese_without_a_typeface(settings: Settings) -> None:
    settings.FONT_PATHS = []
    version = make_version(body="You can refuse a test.\n")
    VersionText.objects.create(version=version, language="zh-hans", title="说明", body="你可以拒绝检测。\n")
    address = address_of(version, language="zh-hans")
    page = parse(get(f"/zh-hans/deliverables/{version.deliverable.slug}/")[1].decode())
    assert_no_pdf(*get(address), page, address)
    out = StringIO()
    call_command("make_downloads", stdout=out)
    assert "1/zh-hans.pdf: not made: there is no Chinese typeface here" in out.getvalue()
    assert "1/zh-hans.md: made" in out.getvalue()


def assert_no_pdf(response: Any, body: bytes, page: Any, address: str) -> None:
    """Assert that there is none, and that this is said."""
    assert response.status_code == 404
    said = parse(body.decode()).one("main").one("p", class_="lede").text.strip()
    assert said
    assert page.all("a", href=address) == []
    assert said in page.text


def test_made_once_and_again_when_the_text_changes(
    media: Path, django_capture_on_commit_callbacks: Any, django_assert_max_num_queries: Any
) -> None:
    version = make_version()
    first = get(address_of(version))[1]
    kept = Download.objects.get()
    assert kept.size == len(first)
    with django_assert_max_num_queries(3):
        assert get(address_of(version))[1] == first
    assert Download.objects.get().file == kept.file
    redraft(version, "Corrected words.\n")
    with django_capture_on_commit_callbacks(execute=True):
        second = get(address_of(version))[1]
    assert "Correctedwords." in text_of(second)
    anew = Download.objects.get()
    assert (anew.pk, anew.file == kept.file) == (kept.pk, False)
    assert [path.name for path in (media / "downloads").iterdir()] == [Path(str(anew.file.name)).name]


def test_a_file_that_is_lost_is_made_again() -> None:
    """A restore of the database without its files heals."""
    version = make_version()
    first = get(address_of(version))[1]
    kept = Download.objects.get().file
    kept.storage.delete(str(kept.name))
    assert get(address_of(version))[1] == first


@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once() -> None:
    """One of them makes the file, the other gets it."""
    made = document(BODY)
    found: list[str] = []

    def reader() -> None:
        found.append(str(keep(made, "pdf").file.name))
        connection.close()

    threads = [Thread(target=reader) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1


def test_unchanged_files_are_not_sent_twice() -> None:
    version = make_version()
    etag = get(address_of(version))[0]["ETag"]
    response, body = get(address_of(version), headers={"if-none-match": etag})
    assert (response.status_code, body) == (304, b"")
    redraft(version, "Other words.\n")
    assert get(address_of(version), headers={"if-none-match": etag})[0].status_code == 200


HIDDEN = {
    "draft": {"state": "draft", "published_at": None},
    "scheduled": {"published_at": timezone.now() + timedelta(days=1)},
}


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("form", ["pdf", "html", "md"])
def test_unpublished(editor: Client, form: str, hidden: dict[str, Any]) -> None:
    """Not even a file made while it was public, nor an attached one, nor for staff, who have the preview."""
    version = make_version()
    attach(version.texts.get())
    assert get(address_of(version, form))[0].status_code == 200
    Version.objects.update(**hidden)
    assert get(address_of(version, form))[0].status_code == 404
    assert editor.get(address_of(version, form)).status_code == 404
    Version.objects.update(state="final", published_at=timezone.now() - timedelta(days=1))
    type(version.deliverable).objects.update(state="withdrawn")
    assert get(address_of(version, form))[0].status_code == 404


def test_a_text_that_is_not_ready() -> None:
    version = make_version(body="English words.\n")
    VersionText.objects.create(version=version, language="fr", title="Note", body="Brouillon.\n", ready=False)
    assert "Englishwords." in text_of(get(address_of(version, language="fr"))[1])


@pytest.mark.parametrize(
    "end", ["7.pdf", "0.pdf", "99999999999999999999.pdf", "1.exe", "1.PDF", "1", "1.pdf/", "x.pdf"]
)
def test_bad_addresses(end: str) -> None:
    slug = make_version().deliverable.slug
    assert get(f"/en/deliverables/{slug}/download/{end}")[0].status_code == 404


def test_wrong_method(visitor: Client) -> None:
    address = address_of(make_version())
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method(address).status_code == 405
    head: Any = visitor.head(address)
    head.close()
    assert (head.status_code, head["Content-Type"]) == (200, "application/pdf")


def test_the_page_lists_them_with_their_size() -> None:
    version = make_version()
    page = f"/en/deliverables/{version.deliverable.slug}/"
    sizes = [span.text for span in lines(page)]
    assert sizes == ["PDF", "Web page in one file", "Markdown"]
    pdf = get(address_of(version))[1]
    assert lines(page)[0].text == f"PDF {len(pdf) / 1024:.1f} KB"
    # In the reader's way of writing numbers, and with the name of the stand-in's language.
    said = lines(page.replace("/en/", "/fr/"))[0].text
    assert f"{len(pdf) / 1024:.1f}".replace(".", ",") in said
    assert "anglais" in said
