"""Figures as spreadsheets: out, in after a dry run, and nothing by halves."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from factsheets.exchange import MOST_ROWS
from factsheets.models import Figure
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_figure, make_population, make_source

pytestmark = pytest.mark.django_db

IMPORT = "/admin/factsheets/figure/import/"
ROW = {"code": "new-one", "indicator": "people", "unit": "people", "value": "12", "label_en": "People reached"}


def sheet(*rows: dict[str, Any]) -> bytes:
    """Return a CSV file with these rows."""
    file = StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def book(*rows: list[Any]) -> bytes:
    """Return an XLSX file with these rows."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def send(client: Client, content: bytes, **fields: str) -> Any:
    """Choose a file."""
    return client.post(IMPORT, {"file": SimpleUploadedFile("figures.csv", content), **fields})


def confirm(client: Client, response: Any) -> Any:
    """Say yes to what was shown."""
    return client.post(IMPORT, typed(response, "confirm_form"))


def problems(response: Any) -> list[tuple[str, ...]]:
    """Return row, column and message of each problem."""
    assert response.status_code == 400
    return [tuple(cell.text for cell in row.all("td")) for row in page_of(response).all("tr", class_="wrong")]


def export(client: Client, kind: str) -> bytes:
    """Return the file that the list offers."""
    page = page_of(client.get(address(Figure, "changelist")))
    url = reverse("admin:factsheets_figure_export", args=[kind])
    assert url in {link.get("href") for link in page.all("a")}
    return bytes(client.get(url).content)


@pytest.fixture
def figures() -> list[Figure]:
    """Return figures whose every column says something, some of it like a formula."""
    newer = make_figure(code="newer", low="0.5", high="7.5", value="2.25", year=2020)
    full = make_figure(
        code="full",
        population=make_population(),
        place="202",
        excluding="ZA",
        out_of="195",
        qualifier="about",
        checked="2026-01-02",
        superseded_by=newer,
        position=3,
    )
    full.texts.create(language="fr", label="=1+1", comparison="+ autres", note="@tous «là»")
    return [newer, full]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_in_unchanged(editor: Client, figures: list[Figure], kind: str) -> None:
    response = send(editor, export(editor, kind))
    assert response.status_code == 200, problems(response)
    assert "New: 0. Changed: 0. Unchanged: 2." in page_of(response).text
    assert not page_of(response).all("form", id="confirm_form")


def test_nothing_in_a_file_runs(editor: Client, figures: list[Figure]) -> None:
    cells = [cell for row in csv.reader(StringIO(export(editor, "csv").decode())) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    xlsx = load_workbook(BytesIO(export(editor, "xlsx"))).worksheets[0]
    assert not [cell for row in xlsx for cell in row if cell.data_type == "f"]
    assert 2.25 in [cell.value for row in xlsx for cell in row], "numbers are numbers"


def test_new_and_changed_after_a_dry_run(editor: Client, figures: list[Figure]) -> None:
    content = sheet({**ROW, "source": make_source(code="census").code}, {"code": "newer", "source": "census"})
    response = send(editor, content)
    assert problems(response)[0][:2] == ("3", "indicator"), "an empty cell of a column that is there empties it"

    rows = [{"code": "newer", "year": "2021"}, {"code": "full", "year": ""}]
    response = send(editor, sheet(*rows), reason="Read anew.")
    assert "New: 0. Changed: 2. Unchanged: 0. Nothing is saved yet." in page_of(response).text
    assert Figure.objects.get(code="newer").year == 2020
    assert confirm(editor, response).status_code == 302
    newer = Figure.objects.get(code="newer")
    assert (newer.year, newer.state, str(newer.value)) == (2021, "published", "2.250")
    record = newer.history.first()
    assert (record.history_change_reason, record.history_user.groups.get().name) == ("Read anew.", "Editor")

    response = send(editor, sheet({**ROW, "source": "census", "label_ar": "ناس"}))
    assert confirm(editor, response).status_code == 302
    new = Figure.objects.get(code="new-one")
    assert (new.state, str(new.value), new.source.code) == ("draft", "12.000", "census")
    assert dict(new.texts.values_list("language", "label")) == {"en": "People reached", "ar": "ناس"}


def test_words_of_texts(editor: Client, figures: list[Figure]) -> None:
    """What has no column stays; another language's text is left alone."""
    response = send(editor, sheet({"code": "full", "label_fr": "Autre chose", "note_es": "", "label_es": "Nuevo"}))
    changed = page_of(response).one("dl", class_="differences")
    assert [term.text for term in changed.all("dt")] == ["label_fr", "label_es"]
    assert confirm(editor, response).status_code == 302
    texts = Figure.objects.get(code="full").texts
    assert list(texts.order_by("language").values_list("language", "label", "note")) == [
        ("en", "Prevalence of HIV", ""),
        ("es", "Nuevo", ""),
        ("fr", "Autre chose", "@tous «là»"),
    ]
    assert [text.history.count() for text in texts.order_by("language")] == [1, 1, 2]


def test_a_file_from_a_spreadsheet(editor: Client) -> None:
    source = make_source()
    header = [*ROW, "source", "year", "checked"]
    row = [*ROW.values(), source.code, 2020.0, timezone.now().replace(2026, 1, 2, 0, 0, 0, 0, None)]
    response = send(editor, book(header, [None] * 8, row))
    assert confirm(editor, response).status_code == 302
    figure = Figure.objects.get(code="new-one")
    assert (figure.year, str(figure.checked)) == (2020, "2026-01-02")


def test_semicolons(editor: Client) -> None:
    make_figure(code="one")
    response = send(editor, b"code;year\r\none;2019\r\n")
    assert confirm(editor, response).status_code == 302
    assert Figure.objects.get().year == 2019


@pytest.mark.parametrize(
    ("fields", "column", "message"),
    [
        ({"value": "many"}, "value", "must be a decimal number"),
        ({"value": ""}, "value", "Give a value, or a range."),
        ({"low": "20", "high": "30"}, "low", "The range must hold the value."),
        ({"year": "2090"}, "year", "The year has not come yet."),
        ({"year": "1900"}, "year", "greater than or equal to 1981"),
        ({"value": "1e40"}, "value", "digits"),
        ({"population": "martians"}, "population", "There is no key population “martians”."),
        ({"source": "nowhere"}, "source", "There is no source “nowhere”."),
        ({"source": ""}, "source", "cannot be null"),
        ({"superseded_by": "later"}, "superseded_by", "it must stand further up"),
        ({"place": "ZZZ"}, "place", "is no country or region"),
        ({"indicator": "gossip"}, "indicator", "is not a valid choice"),
        ({"checked": "2026-13-40"}, "checked", "date"),
        ({"code": "with space"}, "code", "slug"),
        ({"label_fr": "", "note_fr": "Mot"}, "label_fr", "cannot be blank"),
        ({"label_en": "x" * 201}, "label_en", "at most 200 characters"),
    ],
)
def test_bad_cells_are_named(editor: Client, fields: dict[str, str], column: str, message: str) -> None:
    good = {**ROW, "source": make_source().code}
    found = problems(send(editor, sheet({**good, "code": "good"}, {**good, **fields})))
    assert [row[:2] for row in found] == [("3", column)]
    assert message in found[0][2]
    assert not Figure.objects.exists(), "all or nothing"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"value,year\n1,2", "This column is missing"),
        (b"code,year,year\na,1,2", "This column stands there twice."),
        (b"code,yaer\na,1", "There is no such column."),
        (b"code\n\n", ""),
        (b"code,year\none,2019\none,2018", "Row 2 is about this figure already."),
    ],
)
def test_bad_columns_and_double_rows(editor: Client, content: bytes, problem: str) -> None:
    make_figure(code="one")
    response = send(editor, content)
    if problem:
        assert problem in problems(response)[0][2]
    assert not page_of(response).all("form", id="confirm_form")


def test_too_many_rows(editor: Client) -> None:
    content = b"code\n" + b"a\n" * (MOST_ROWS + 1)
    response = send(editor, content)
    assert response.status_code == 400
    assert f"more than {MOST_ROWS} rows" in errors(response)


def test_a_file_that_is_no_table_is_told_beside_its_field(editor: Client) -> None:
    response = send(editor, b"\xff\xfe\x00nothing")
    assert response.status_code == 400
    assert "neither XLSX nor CSV" in errors(response)
    assert "This field is required." in errors(editor.post(IMPORT, {"reason": "x"}))


def test_what_others_changed_meanwhile_is_shown_first(editor: Client) -> None:
    figure = make_figure(code="one")
    response = send(editor, sheet({"code": "one", "year": "2019"}))
    Figure.objects.update(year=2021)
    again = confirm(editor, response)
    assert again.status_code == 409
    figure.refresh_from_db()
    assert figure.year == 2021
    assert confirm(editor, again).status_code == 302
    figure.refresh_from_db()
    assert figure.year == 2019


def test_only_what_was_shown_can_be_confirmed(editor: Client, administrator: Client) -> None:
    make_figure(code="one")
    shown = typed(send(editor, sheet({"code": "one", "year": "2019"})), "confirm_form")
    for client, table in ((administrator, shown["table"]), (editor, shown["table"][:-2]), (editor, "")):
        assert client.post(IMPORT, {"table": table}).status_code == 400
    assert Figure.objects.get().year == 2022


def test_only_for_those_who_may_do_all_of_it(moderator: Client, visitor: Client, editor: Client) -> None:
    export_url = reverse("admin:factsheets_figure_export", args=["csv"])
    for url in (IMPORT, export_url):
        assert moderator.get(url).status_code == 403
        assert visitor.get(url)["Location"].startswith("/admin/login/")
        assert editor.put(url).status_code == 405
    assert moderator.post(IMPORT, {"table": "x"}).status_code == 403
    assert editor.get(reverse("admin:factsheets_figure_export", args=["pdf"])).status_code == 404
