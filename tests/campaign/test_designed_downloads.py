"""Designed PDFs in place of ours, and the command that makes all files."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from campaign.downloads import documents as version_documents
from campaign.models import VersionText
from campaign.seeding.loading import load
from factsheets.models import FactsheetText
from factsheets.views import documents as factsheet_documents
from publishing.models import Download
from publishing.offline import make_page
from publishing.pdf.make import make_pdf
from tests.campaign.downloaded import address_of, attach, get, lines, redraft
from tests.factories import make_deliverable, make_factsheet, make_version
from tests.publishing.html import parse
from tests.publishing.pdfs import assert_accessible, links, outline, squeezed, text_of
from tests.publishing.test_designed_pdf import REFUSED
from tests.publishing.test_pdf import document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


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
            # In the file its number stands there.
            mark.children[:] = [" "]
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
