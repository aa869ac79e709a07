"""Versions as files: what is in them, when they are made, and who gets them."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from campaign.downloads import documents as version_documents
from campaign.models import Version, VersionText
from campaign.seeding.loading import load
from factsheets.models import FactsheetText
from factsheets.views import documents as factsheet_documents
from publishing.downloads import keep
from publishing.models import Download
from publishing.offline import make_page
from publishing.pdf.make import make_pdf
from tests.factories import make_deliverable, make_factsheet, make_version
from tests.publishing.html import parse
from tests.publishing.pdfs import assert_accessible, links, outline, squeezed, text_of
from tests.publishing.test_designed_pdf import REFUSED
from tests.publishing.test_pdf import BODY, document, has_chinese

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Keep files out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = "https://portal.example.org"
    return tmp_path


def get(address: str, **options: Any) -> tuple[Any, bytes]:
    """Return the answer to a visitor and all of its body."""
    response: Any = Client().get(address, **options)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def address_of(version: Version, form: str = "pdf", language: str = "en") -> str:
    return f"/{language}/deliverables/{version.deliverable.slug}/download/{version.number}.{form}"


def redraft(version: Version, body: str) -> None:
    """Take a version back, write it anew, and publish it again: what is public is frozen."""
    Version.objects.filter(pk=version.pk).update(state="draft")
    text = version.texts.get()
    text.body = body
    text.save()
    Version.objects.filter(pk=version.pk).update(state="final")


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


def lines(address: str) -> list[Any]:
    """Return the lines of the part that lists downloads."""
    root = parse(get(address)[1].decode())
    (section,) = [s for s in root.all("section") if s.all("h2", id="downloads")]
    found: list[Any] = section.all("li")
    return found


def attach(text: Any) -> bytes:
    """Attach a designed PDF to a text, and return its bytes."""
    designed = make_pdf(document("Designed words."))
    text.designed_pdf.save("x.pdf", ContentFile(designed))
    return designed


def test_a_designed_pdf_takes_the_place_of_ours() -> None:
    version = make_version()
    generated = get(address_of(version))[1]
    designed = attach(version.texts.get())
    response, body = get(address_of(version))
    assert body == designed != generated
    etag = response["ETag"]
    assert get(address_of(version), headers={"if-none-match": etag})[0].status_code == 304
    page = f"/en/deliverables/{version.deliverable.slug}/"
    assert lines(page)[0].text == f"PDF {len(designed) / 1024:.1f} KB"
    assert "Designed words." not in get(address_of(version, "md"))[1].decode()


def test_a_designed_pdf_that_is_lost() -> None:
    """Ours stands in for it again."""
    version = make_version()
    generated = get(address_of(version))[1]
    text = version.texts.get()
    attach(text)
    text.designed_pdf.storage.delete(str(text.designed_pdf.name))
    assert get(address_of(version))[1] == generated
    assert lines(f"/en/deliverables/{version.deliverable.slug}/")[0].text == f"PDF {len(generated) / 1024:.1f} KB"


def form_of(client: Client, text: VersionText, **changes: Any) -> dict[str, Any]:
    """Return what the admin's form of a version sends."""
    version = text.version
    prefix = "texts-0-"
    inline = {"id": text.pk, "version": version.pk, "language": "en", "ready": "on", "title": text.title}
    page = parse(client.get(f"/admin/campaign/version/{version.pk}/change/").content.decode())
    return {
        "_seen": page.one("input", name="_seen").get("value"),
        "deliverable": version.deliverable.pk,
        "number": version.number,
        "state": version.state,
        "published_at_0": f"{version.published_at:%Y-%m-%d}",
        "published_at_1": f"{version.published_at:%H:%M:%S}",
        "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 1,
        **{prefix + name: value for name, value in (inline | {"summary": "", "body": text.body} | changes).items()},
    }


def upload(content: bytes) -> ContentFile[bytes]:
    return ContentFile(content, name="A. Person, last draft.pdf")


def test_an_editor_attaches_one(editor: Client, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    """To a public text too, whose words are frozen; replaced or taken away, its file goes."""
    version = make_version()
    text = version.texts.get()
    keys = list(text.paragraphs.values_list("key", flat=True))
    url = f"/admin/campaign/version/{version.pk}/change/"
    assert 'type="file" name="texts-0-designed_pdf"' in editor.get(url).content.decode()
    for words in ("First design.", "Second design."):
        with django_capture_on_commit_callbacks(execute=True):
            sent = editor.post(url, form_of(editor, text, designed_pdf=upload(make_pdf(document(words)))))
        assert sent.status_code == 302
        assert squeezed(words) in text_of(get(address_of(version))[1])
        (file,) = (media / "designed").iterdir()
        assert "Person" not in file.name
    assert list(text.paragraphs.values_list("key", flat=True)) == keys
    assert "There is a designed PDF" in editor.get(url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(url, form_of(editor, text, **{"designed_pdf-clear": "on"}))
    assert list((media / "designed").iterdir()) == []
    assert "FirstpartOne" in text_of(get(address_of(version))[1]).replace("¶1", "")


@pytest.mark.parametrize("kind", ["picture", "cut off", "script"])
def test_a_bad_one_is_refused_beside_the_field(editor: Client, media: Path, kind: str) -> None:
    content, message = REFUSED[kind]
    version = make_version(state="draft", published_at=timezone.now())
    text = version.texts.get()
    url = f"/admin/campaign/version/{version.pk}/change/"
    response = editor.post(url, form_of(editor, text, title="Typed title", designed_pdf=upload(content)))
    assert response.status_code == 200
    page = response.content.decode()
    assert message in page
    assert "Typed title" in page
    assert not VersionText.objects.get().designed_pdf
    assert not (media / "designed").exists()


def test_the_first_content() -> None:
    """Every text of the seeds in every language it has: all words, headings, numbers and notes, and no box."""
    load(Path(__file__).parents[2] / "seeds")
    found = [*version_documents(), *factsheet_documents()]
    texts = VersionText.objects.count(), FactsheetText.objects.count()
    assert len(found) == sum(texts) > 12
    for made in found:
        pdf = make_pdf(made)
        reader = assert_accessible(pdf, title=made.title, language=made.language)
        text = text_of(pdf)
        assert "□" not in text
        page = parse(make_page(made).decode()).one("main")
        for mark in page.all("sup"):
            mark.children.clear()
        words = set(page.text.split()) - {made.data()["notes"]}
        assert {word for word in words if squeezed(word) not in text} == set(), made.name
        headings = [e.text for e in page if e.tag in ("h2", "h3", "h4")]
        assert outline(reader) == [heading for heading in headings if heading != made.data()["notes"]]
        assert made.address in links(reader)


def test_make_downloads(media: Path, django_capture_on_commit_callbacks: Any) -> None:
    """Makes what is missing or stale, leaves the rest, and clears away what is public no more."""

    def run() -> list[str]:
        out = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("make_downloads", stdout=out)
        return out.getvalue().splitlines()

    version, sheet = make_version(make_deliverable(slug="note")), make_factsheet(slug="evidence")
    made = run()
    forms = ("pdf", "html", "md")
    assert [line.split(": ")[0] for line in made] == [f"{n}.{f}" for n in ("note/1/en", "evidence/en") for f in forms]
    assert run() == []
    redraft(version, "Other words.\n")
    assert [line.split(": ")[0] for line in run()] == [f"note/1/en.{form}" for form in forms]
    type(sheet).objects.update(state="withdrawn")
    assert run() == ["3 removed, no longer public"]
    assert len(list((media / "downloads").iterdir())) == Download.objects.count() == 3
