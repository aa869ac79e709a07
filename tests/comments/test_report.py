"""The public report: its page, its files, and where it is linked."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import reporting, subjects
from comments.models import Comment, Consultation, Report, ReportText
from publishing.charts import MOST, Chart, Row
from tests.comments.loop import page_of, page_url
from tests.factories import (
    add_text,
    make_answer,
    make_closed_consultation,
    make_comment,
    make_published_comment,
    make_report,
    make_version,
    paragraph_of,
)
from tests.publishing.html import Element, parse
from tests.publishing.pdfs import assert_accessible, outline, squeezed, tags, text_of

pytestmark = pytest.mark.django_db
FORMS = ("pdf", "html", "md")
LATER = timezone.now() + timedelta(days=1)
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"state": "draft", "published_at": None},
    "scheduled": {"published_at": LATER},
    "withdrawn": {"state": "withdrawn"},
}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    """Keep files out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = "https://portal.example.org"


@pytest.fixture
def report() -> Report:
    """A report on seven English comments, five French ones and one Arabic."""
    consultation = make_closed_consultation(slug="draft", opens_at=timezone.now() - timedelta(days=40))
    key = paragraph_of(consultation).key
    for language, times in (("en", 7), ("fr", 6), ("ar", 1)):
        for _ in range(times):
            make_published_comment(consultation, language=language, paragraph_key=key)
    make_answer(consultation.comments.get(number=1))
    return make_report(consultation)


def url(language: str = "en", end: str = "/") -> str:
    """Return the address of the report, or of one of its files."""
    return f"/{language}/consultations/draft/report{end}"


def get(address: str) -> tuple[Any, bytes]:
    """Return the answer to a visitor and all of its body."""
    response: Any = Client().get(address)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def page(language: str = "en") -> Element:
    """Return the report's page."""
    return page_of(Client().get(url(language)))


def charts(root: Element) -> dict[str, dict[str, str]]:
    """Return what the tables of the charts say, by the charts' keys."""
    found = {}
    for figure in root.all("figure", class_="is-drawn"):
        (body,) = figure.all("tbody")
        rows = {row.one("th").text.strip(): row.one("td").text.strip() for row in body.all("tr")}
        found[figure.one("figcaption").get("id").removeprefix("chart-")] = rows
    return found


def test_page(report: Report) -> None:
    """Key figures, three sections with staff's text, charts with their tables."""
    root = page()
    assert root.one("h1").text == "What came of it"
    figures = [f.one("p", class_="figure-value").text for f in root.all("div", class_="figure")]
    assert figures == ["14", "14", "1", "0"]
    headings = [h.text for h in root.all("h2") if h.get("id") in ("heard", "answered", "changed")]
    assert headings == ["What we heard", "What we answered", "What changed"]
    assert len([p for p in root.all("div", class_="prose") if "strong paragraph" in p.text]) == 2
    assert charts(root) == {
        "paragraphs": {"¶ 1": "14"},
        # The Arabic one would be told alone.
        "languages": {"English": "7", "all others together": "7"},
        "dispositions": {"accepted": "1", "not answered yet": "13"},
    }


def test_drawings_are_pictures_with_words(report: Report) -> None:
    """Each has a title and says all that it draws; ids are unique."""
    drawings = page().all("svg", class_="plot")
    assert len(drawings) == 3
    for drawing in drawings:
        title, said = drawing.one("title"), drawing.one("desc")
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
        assert title.text
        assert re.search(r": \d", said.text)
    ids = [element.get("id") for element in page() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_stations_and_consultation_lead_to_it(report: Report) -> None:
    """So does the text consulted on; not before it is public."""
    version = report.consultation.version
    addresses = [page_url(report.consultation), f"/en/deliverables/{version.deliverable.slug}/versions/1/"]
    for address in addresses:
        root = page_of(Client().get(address))
        station = root.one("ol", class_="stations").all("li")[-1]
        assert station.one("a").get("href") == url()
        assert [a.text for a in root.all("a", href=url())] == ["Published", "Read the report"]
    ReportText.objects.update(ready=False)
    for address in addresses:
        assert page_of(Client().get(address)).all("a", href=url()) == []


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
def test_each_language(report: Report, language: str) -> None:
    """The page has the reader's text, its charts run the reader's way, and the files say their language."""
    if language != "en":
        add_text(report, language, title=f"{language} title")
    root = page(language)
    assert root.one("h1").text == ("What came of it" if language == "en" else f"{language} title")
    assert root.one("h1").get("lang") == ""
    drawing = root.all("svg", class_="plot")[0]
    (first, *_rest) = drawing.all("text")
    assert (drawing.get("direction"), first.get("x")) == (("rtl", "100%") if language == "ar" else ("", "0"))
    response, html = get(url(language, ".html"))
    assert (response.status_code, response["Content-Language"]) == (200, language)
    assert parse(html.decode()).one("html").get("dir") == ("rtl" if language == "ar" else "ltr")


def test_untranslated(report: Report) -> None:
    """The text stands in, marked with its language; figures are in the reader's."""
    root = page("ar")
    assert (root.one("h1").get("lang"), root.one("h1").get("dir")) == ("en", "ltr")
    assert "الإنجليزية" in charts(root)["languages"]


def test_pdf(report: Report) -> None:
    """Texts, drawings with their words, and tables."""
    response, pdf = get(url(end=".pdf"))
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="draft-report-en.pdf"'
    reader = assert_accessible(pdf, title="What came of it", language="en")
    assert [h for h in outline(reader) if h.startswith("What")] == [
        *("What we heard", "What we answered", "What changed")
    ]
    text = text_of(pdf)
    expected = ("14 comments and replies", "By language", "all others together", "not answered yet", "One strong")
    assert [words for words in expected if squeezed(words) not in text] == []
    assert {"/Figure", "/Table", "/TH"} <= tags(reader)


def test_arabic_pdf(report: Report) -> None:
    add_text(report, "ar", title="التقرير", body="نص", answered="نص")
    response, pdf = get(url("ar", ".pdf"))
    assert response["Content-Language"] == "ar"
    assert_accessible(pdf, title="التقرير", language="ar")


def test_markdown(report: Report) -> None:
    text = get(url(end=".md"))[1].decode()
    assert "- **14** comments and replies\n" in text
    assert "## What we heard\n\n## First part" in text
    assert "| Language | Comments |\n|---|---:|\n| English | 7 |\n| all others together | 7 |\n" in text


def test_what_changed(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links lead into the redline, and to the public comments alone; many are not all named."""
    consultation = report.consultation
    answer = make_answer(consultation.comments.get(number=2), changed_version=2)
    for comment in consultation.comments.filter(number__gt=2):
        comment.points.update(answer=answer)
    Comment.objects.filter(number=3).update(state="withdrawn")
    changed = subjects.Changed(2, "/changes/", [(3, "/changes/#p3")])
    monkeypatch.setattr(subjects, "changes_provider", lambda rows: {row.pk: changed for row in rows})
    reporting.recount(report, by=None)
    (section,) = [s for s in page().all("section") if s.all("h2", id="changed")]
    links = [a.get("href") for a in section.all("a")]
    asked = [2, *range(4, 15)]
    assert links == ["/changes/", "/changes/#p3", *(f"/en/consultations/draft/comments/{n}/" for n in asked)]
    assert "more" not in section.text
    comment = make_published_comment(consultation)
    comment.points.update(answer=answer)
    (section,) = [s for s in page().all("section") if s.all("h2", id="changed")]
    assert "and 1 more" in section.text


def test_report_without_figures(report: Report) -> None:
    """It shows its texts."""
    Report.objects.update(figures={}, counted_at=None)
    assert charts(page()) == {}
    for form in FORMS:
        assert get(url(end=f".{form}"))[0].status_code == 200


@pytest.mark.parametrize("how", HIDDEN)
def test_unpublished(editor: Client, report: Report, how: str) -> None:
    """Nobody sees it, at no address; nor where its consultation is hidden, or its text not ready."""
    ends = ["/", *(f".{form}" for form in FORMS)]
    assert {get(url(end=end))[0].status_code for end in ends} == {200}
    Report.objects.update(**HIDDEN[how])
    assert {client.get(url(end=end)).status_code for end in ends for client in (Client(), editor)} == {404}
    assert url() not in Client().get("/sitemap.xml").content.decode()


def test_unpublished_with_its_consultation(report: Report) -> None:
    Consultation.objects.update(state="draft")
    assert get(url())[0].status_code == get(url(end=".pdf"))[0].status_code == 404


def test_bad_addresses(report: Report) -> None:
    for address in ("/en/consultations/none/report/", "/en/consultations/none/report.pdf", url(end=".exe")):
        assert get(address)[0].status_code == 404


def test_wrong_method(visitor: Client, report: Report) -> None:
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method(url()).status_code == method(url(end=".pdf")).status_code == 405


def test_no_cookie(report: Report) -> None:
    assert not get(url())[0].cookies


def test_found_by_search_and_sitemap(report: Report) -> None:
    for address in ("/en/search/?q=came", "/sitemap.xml"):
        assert url() in get(address)[1].decode()


@pytest.mark.parametrize("count", [2, 20])
def test_queries(django_assert_num_queries: Any, count: int) -> None:
    """The page costs the same for few rows and for many."""
    text = "\n\n".join(f"Paragraph {n}." for n in range(count))
    consultation = make_closed_consultation(version=make_version(body=text), slug="draft")
    for number in range(1, count + 1):
        comment = make_published_comment(consultation, paragraph_key=paragraph_of(consultation, number).key)
        make_answer(comment, changed_version=2)
        make_comment(consultation)
    make_report(consultation)
    with django_assert_num_queries(12):
        Client().get(url())


def test_chart_draws_no_more_than_can_be_compared() -> None:
    chart = Chart("key", "Title", ("One", "Two"), [Row(f"¶ {n}", n) for n in range(1, 20)])
    assert len(chart.bars) == MOST
    assert [bar.percent for bar in chart.bars][-1] == 100
    assert Chart("key", "Title", ("One", "Two"), [Row("none", 0)]).bars[0].percent == 0
