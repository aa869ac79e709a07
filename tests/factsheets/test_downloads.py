"""Factsheets as files: sections, figures with their sources, instruments, pictures."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from factsheets.models import Factsheet, FactsheetText, FigureText, SectionText, Source
from publishing.models import Download, Picture
from publishing.pdf.make import make_pdf
from tests.factories import (
    add_text,
    make_case,
    make_factsheet,
    make_figure,
    make_instrument,
    make_picture,
    make_source,
)
from tests.publishing.html import parse
from tests.publishing.pdfs import assert_accessible, links, outline, squeezed, tags, text_of
from tests.publishing.test_designed_pdf import REFUSED
from tests.publishing.test_pdf import document

pytestmark = pytest.mark.django_db
FORMS = ("pdf", "html", "md")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Keep files out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = "https://portal.example.org"
    return tmp_path


@pytest.fixture
def sheet() -> Factsheet:
    """A factsheet with figures, a picture and an instrument."""
    sheet = make_factsheet(slug="evidence", reviewed="2026-01-15")
    source = make_source(title="A report", author="UNAIDS", date="2022", checked="2026-01-02")
    figure = make_figure(population=sheet.population, source=source, value="10.3", low="5", high="51", place="202")
    FigureText.objects.filter(figure=figure).update(comparison="adults in general", note="In 50 countries.")
    target = {"indicator": "target", "value": "2000000", "unit": "people", "year": 2030}
    make_figure(population=sheet.population, source=source, **target)
    section = sheet.sections.latest("position")
    section.picture = make_picture(year=2019)
    section.save()
    make_instrument(sheet.population, address="https://example.org/convention")
    return sheet


def get(address: str, **options: Any) -> tuple[Any, bytes]:
    """Return the answer to a visitor and all of its body."""
    response: Any = Client().get(address, **options)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def test_pdf(sheet: Factsheet) -> None:
    response, pdf = get("/en/factsheets/evidence.pdf")
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="evidence-en.pdf"'
    title = sheet.texts.get().title
    reader = assert_accessible(pdf, title=title, language="en")
    headings = ["First part", "About epidemiology", "About barriers", "Policy instruments"]
    assert [heading for heading in outline(reader) if heading in headings] == [
        *("First part", "About epidemiology", "First part", "About barriers", "First part"),
        "Policy instruments",
    ]
    text = text_of(pdf)
    expected = [
        *("Factsheet·", "10.3%", "Prevalence of HIV, compared with adults in general", "In 50 countries."),
        *("Sub-Saharan Africa, 2022", "from 5% to 51%", "Source: UNAIDS, 2022", "2,000,000", "15 January 2026"),
        *("ILO · 1958-1985 · global", "UNAIDS, 2022. A report", "Checked: 2 January 2026"),
        *("The wall", "Picture: A. Photographer", "portal.example.org/en/factsheets/evidence/"),
    ]
    assert [words for words in expected if squeezed(words) not in text] == []
    assert "/Figure" in tags(reader)
    assert {"https://example.org/report", "https://example.org/convention"} <= links(reader)


def test_single_file(sheet: Factsheet) -> None:
    """Pictures are in it; every figure has its source."""
    root = parse(get("/en/factsheets/evidence.html")[1].decode())
    image = root.one("img")
    assert image.get("src").startswith("data:image/webp;base64,UklGR")
    assert image.get("alt") == "A red wall"
    figures = [figure for block in root.all("div", class_="figures") for figure in block.all("div")]
    assert {f.one("p", class_="big").text for f in figures} == {"10.3%", "2,000,000"}
    assert all(f.all("a")[0].get("href") == "https://example.org/report" for f in figures)
    assert {sup.text for f in figures for sup in f.all("sup")} == {"1"}
    assert root.all("ol")[-1].text.startswith("UNAIDS, 2022. A report.")


def test_a_picture_that_is_lost_is_left_out(sheet: Factsheet, media: Path) -> None:
    """And stands there again when its file is back."""
    whole = get("/en/factsheets/evidence.pdf")[1]
    picture = media / str(Picture.objects.get().file.name)
    content = picture.read_bytes()
    picture.unlink()
    assert "Thewall" not in text_of(get("/en/factsheets/evidence.pdf")[1])
    assert parse(get("/en/factsheets/evidence.html")[1].decode()).all("img") == []
    picture.write_bytes(content)
    assert get("/en/factsheets/evidence.pdf")[1] == whole


def test_markdown(sheet: Factsheet) -> None:
    text = get("/en/factsheets/evidence.md")[1].decode()
    figure = (
        "- **10.3%** Prevalence of HIV, compared with adults in general. Sub-Saharan Africa, 2022. from 5% to 51%. "
        "In 50 countries. Source: [UNAIDS, 2022](https://example.org/report)"
    )
    assert figure in text
    assert "## About barriers\n" in text
    code = Source.objects.get().code
    assert f"\n\n## References\n\n[^{code}]: UNAIDS, 2022. [A report](https://example.org/report)\n" in text
    assert "## Policy instruments\n\n### Labour protection\n\n**[Title of" in text


def test_figures_in_texts_and_cases(sheet: Factsheet) -> None:
    """Every form writes them out, and numbers the notes of all texts as one list."""
    figure = sheet.population.figures.get(unit="people")
    other = make_figure(value="44", source=make_source(title="Elsewhere", author="WHO", date="2019"))
    case = make_case(sheet, place="ZM", year=2019, source=other.source)
    for text in (sheet.texts.get(), case.texts.get(), SectionText.objects.earliest("pk")):
        text.body = f"There are [[{figure.code}]], and [[{other.code}]], and [[none]].[^1]\n\n[^1]: For {text}."
        text.save()
    bodies = {form: get(f"/en/factsheets/evidence.{form}")[1] for form in FORMS}
    words = {"pdf": text_of(bodies["pdf"]), "html": parse(bodies["html"].decode()).text, "md": bodies["md"].decode()}
    for said in words.values():
        for piece in ("2,000,000", "44%", "(figure withdrawn)", f"Title of {case.slug}", "Zambia, 2019. Source:"):
            assert squeezed(piece) in squeezed(said)
        assert "[[" not in said
    page = parse(bodies["html"].decode())
    sources = [note.all("a")[0].text for note in page.all("ol")[-1].all("li") if note.all("a")]
    assert sources == ["A report", "Elsewhere"]
    numbers = dict.fromkeys(sup.text for sup in page.all("sup") if sup.text.isdigit())
    assert list(numbers) == ["1", "2", "3", "4", "5"]
    assert "[^1-1]: For " in words["md"]
    assert f"44%[^{other.source.code}]" in words["md"]
    assert_accessible(bodies["pdf"], title=sheet.texts.get().title, language="en")


def test_a_corrected_figure_makes_it_anew(sheet: Factsheet) -> None:
    """So does a corrected source; what doesn't show changes nothing."""
    before = {form: get(f"/en/factsheets/evidence.{form}")[1] for form in FORMS}
    figure = sheet.population.figures.latest("value")
    figure.value = 3_000_000
    figure.save()
    for form in FORMS:
        after = get(f"/en/factsheets/evidence.{form}")[1]
        assert after != before[form]
        assert "3,000,000" in (text_of(after) if form == "pdf" else after.decode())
    made = set(Download.objects.values_list("made_at"))
    figure.source.note = "Not shown."
    figure.source.save()
    for form in FORMS:
        get(f"/en/factsheets/evidence.{form}")
    assert set(Download.objects.values_list("made_at")) == made


def test_each_language_has_its_own(sheet: Factsheet) -> None:
    add_text(sheet, "fr", title="Les faits")
    pdf = get("/fr/factsheets/evidence.pdf")[1]
    assert_accessible(pdf, title="Les faits", language="fr")
    # The figure has no French text: its own stands there, and says so in its tag.
    text = text_of(pdf)
    assert "10,3" in text
    assert "PrevalenceofHIV" in text
    assert "15janvier2026" in text
    response, english = get("/ru/factsheets/evidence.pdf")
    assert response["Content-Language"] == "en"
    assert english == get("/en/factsheets/evidence.pdf")[1]


@pytest.mark.parametrize("form", FORMS)
def test_unpublished(editor: Client, sheet: Factsheet, form: str) -> None:
    address = f"/en/factsheets/evidence.{form}"
    assert get(address)[0].status_code == 200
    later = timezone.now() + timedelta(days=1)
    for hidden in ({"state": "draft"}, {"state": "withdrawn"}, {"state": "published", "published_at": later}):
        Factsheet.objects.update(**hidden)
        assert get(address)[0].status_code == editor.get(address).status_code == 404
    Factsheet.objects.update(published_at=timezone.now() - timedelta(days=1))
    assert get(address)[0].status_code == 200
    FactsheetText.objects.update(ready=False)
    assert get(address)[0].status_code == 404


def test_an_unpublished_figure_is_not_in_it(sheet: Factsheet) -> None:
    make_figure(population=sheet.population, value="77", state="draft", published_at=None)
    for form in FORMS:
        body = get(f"/en/factsheets/evidence.{form}")[1]
        assert "77%" not in (text_of(body) if form == "pdf" else body.decode())


@pytest.mark.parametrize("end", ["none.pdf", "evidence.exe", "evidence.PDF", "evidence.pdf/", ".pdf", "evidence."])
def test_bad_addresses(sheet: Factsheet, end: str) -> None:
    assert get(f"/en/factsheets/{end}")[0].status_code == 404


def test_wrong_method(visitor: Client, sheet: Factsheet) -> None:
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        assert method("/en/factsheets/evidence.pdf").status_code == 405
    head: Any = visitor.head("/en/factsheets/evidence.pdf")
    head.close()
    assert head.status_code == 200


def test_the_page_lists_them(sheet: Factsheet) -> None:
    root = parse(get("/en/factsheets/evidence/")[1].decode())
    (section,) = [s for s in root.all("section") if s.all("h2", id="downloads")]
    assert [a.get("href") for a in section.all("a")] == [
        f"/en/factsheets/evidence.{form}" for form in ("pdf", "html", "md")
    ]


def test_queries(sheet: Factsheet, django_assert_max_num_queries: Any) -> None:
    """A file that is there costs the factsheet's own queries and one more."""
    get("/en/factsheets/evidence.pdf")
    with django_assert_max_num_queries(19):
        get("/en/factsheets/evidence.pdf")


def form_of(client: Client, text: FactsheetText, **changes: Any) -> dict[str, Any]:
    """Return what the admin's form of a factsheet sends."""
    sheet = text.factsheet
    inline = {
        "id": text.pk,
        "factsheet": sheet.pk,
        "language": "en",
        "ready": "on",
        "title": text.title,
        "summary": "",
        "body": text.body,
    }
    page = parse(client.get(f"/admin/factsheets/factsheet/{sheet.pk}/change/").content.decode())
    return {
        "_seen": page.one("input", name="_seen").get("value"),
        "slug": sheet.slug,
        "population": sheet.population_id,
        "position": 0,
        "reviewed": "",
        "state": sheet.state,
        "published_at_0": f"{sheet.published_at:%Y-%m-%d}",
        "published_at_1": f"{sheet.published_at:%H:%M:%S}",
        "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 1,
        **{f"texts-0-{name}": value for name, value in (inline | changes).items()},
    }


def test_an_editor_attaches_a_designed_pdf(editor: Client, sheet: Factsheet) -> None:
    text = sheet.texts.get()
    url = f"/admin/factsheets/factsheet/{sheet.pk}/change/"
    bad = ContentFile(REFUSED["script"][0], name="x.pdf")
    refused = editor.post(url, form_of(editor, text, designed_pdf=bad))
    assert refused.status_code == 200
    assert REFUSED["script"][1] in refused.content.decode()
    good = ContentFile(make_pdf(document("Designed words.")), name="x.pdf")
    sent = editor.post(url, form_of(editor, text, designed_pdf=good))
    assert sent.status_code == 302
    assert "Designedwords." in text_of(get("/en/factsheets/evidence.pdf")[1])
    assert "Designed" not in get("/en/factsheets/evidence.md")[1].decode()
