"""The redline as PDF: whole, accessible, made once, and public only as its two versions are."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from campaign.models import Version, VersionText
from publishing.models import Download
from tests.factories import make_consultation, make_deliverable, make_published_comment, make_version
from tests.publishing.pdfs import assert_accessible, squeezed, text_of

pytestmark = pytest.mark.django_db
FIRST = "## Care\n\nTests on Mondays.\n\nNo papers are asked for.\n\nCome alone.\n"
SECOND = "## Care\n\nNo papers are asked for.\n\nTests on every day.\n\nBring somebody with you.\n"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Keep files out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = "https://portal.example.org"
    return tmp_path


@pytest.fixture
def second() -> Version:
    """The second of two versions."""
    consultation = make_consultation(make_version(make_deliverable(slug="note"), body=FIRST))
    comment = make_published_comment(consultation, name_kind="own-name", name="Somebody")
    version = make_version(consultation.version.deliverable, body=SECOND)
    change = version.changes.get(kind="edited")
    change.reason = "People work on Mondays."
    change.save()
    change.comments.add(comment)
    return version


def get(language: str = "en", pair: str = "1/2") -> tuple[Any, bytes]:
    response: Any = Client().get(f"/{language}/deliverables/note/changes/{pair}.pdf")
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def test_the_redline_as_pdf(second: Version) -> None:
    response, pdf = get()
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert_accessible(pdf, title="What changed from version 1 to version 2", language="en")
    text = text_of(pdf)
    told = (
        "moved",
        "was¶2",
        "edited",
        "Mondays",
        "everyday",
        "Peopleworkon",
        "Comment1",
        "¶3",
        "added",
        "removed",
    )
    assert [word for word in told if word not in text and word.capitalize() not in text] == []
    assert "inserted:" not in text
    assert "Somebody" not in text


def test_it_is_made_once_and_again_when_a_reason_is_written(
    second: Version, django_assert_max_num_queries: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = get()[1]
    with django_assert_max_num_queries(16):
        assert get()[1] == first
    assert Download.objects.count() == 1
    second.changes.filter(kind="edited").update(reason="Another reason.")
    with django_capture_on_commit_callbacks(execute=True):
        assert "Anotherreason." in text_of(get()[1])
    assert Download.objects.count() == 1


def test_in_arabic(second: Version) -> None:
    bodies = (
        "## الرعاية\n\nتجرى الفحوص يوم الاثنين.\n\nلا يطلب من أحد أوراق.\n\nتعال وحدك.\n",
        "## الرعاية\n\nلا يطلب من أحد أوراق.\n\nتجرى الفحوص كل يوم.\n\nأحضر معك صديقا.\n",
    )
    for version, body in zip(second.deliverable.versions.order_by("number"), bodies, strict=True):
        VersionText.objects.create(version=version, language="ar", title="مذكرة", body=body)
    response, pdf = get("ar")
    assert response["Content-Language"] == "ar"
    assert squeezed("الاثنين") in text_of(pdf)


def test_make_downloads_makes_it_and_keeps_it(second: Version) -> None:
    out = StringIO()
    call_command("make_downloads", stdout=out)
    assert "note/changes-1-2/en.pdf: made" in out.getvalue()
    again = StringIO()
    call_command("make_downloads", stdout=again)
    assert again.getvalue() == ""


@pytest.mark.parametrize("pair", ["2/1", "1/1", "1/3", "0/2"])
def test_pairs_that_there_are_not(second: Version, pair: str) -> None:
    assert get(pair=pair)[0].status_code == 404


def test_drafts_are_nobodys(second: Version) -> None:
    Version.objects.filter(pk=second.pk).update(state="draft", published_at=None)
    assert get()[0].status_code == 404


def test_it_is_only_read(second: Version, visitor: Client) -> None:
    assert visitor.post("/en/deliverables/note/changes/1/2.pdf").status_code == 405
