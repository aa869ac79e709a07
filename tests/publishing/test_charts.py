"""Charts: where bars stand, what is said of them, and that every form says the same."""

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from publishing.chart_files import offline
from publishing.charts import Chart, Row, Source, Words, round_end
from tests.publishing.html import Element, fragment

HEADS = ("What", "Value")
PAPER = Source("UNAIDS, 2024", "https://example.org/paper")
BOOK = Source("WHO, undated", "https://example.org/book")


def make_chart(**fields: Any) -> Chart:
    """Return a chart of two rows with all that rows can have."""
    rows = [
        Row("Adults", Decimal("0.7"), written="0.7%", source=BOOK),
        Row(
            "Women", 5, focus=True, written="5%", detail="2022", low=0, high=51, source=PAPER, note=Words("A median.")
        ),
        Row("Men", 3, written="3 of 40", whole=40, source=PAPER),
    ]
    shown: dict[str, Any] = {"rows": rows, "end": 60, "ends": ("0%", "60%"), "line": Decimal("0.7")}
    return Chart("key", "People", HEADS, **shown | fields)


def draw(chart: Chart, language: str = "en") -> Element:
    """Return the chart as it stands on a page."""
    with override(language):
        return fragment(render_to_string("parts/chart.html", {"chart": chart}))


@pytest.mark.parametrize(
    ("top", "end"),
    [("28", 30), ("51", 60), ("80", 80), ("100", 100), ("0.7", "0.8"), ("13", 15), ("194", 200), ("0", 1)],
)
def test_an_axis_ends_at_a_round_number(top: str, end: str) -> None:
    assert round_end(Decimal(top)) == Decimal(end)


def test_bars_begin_at_zero_and_keep_to_the_scale() -> None:
    """Rects: the bars, the range over one, the whole under another, and the axis."""
    svg = draw(make_chart()).one("svg")
    rects = [(e.get("class"), e.get("x"), e.get("width")) for e in svg.all("rect")]
    assert rects == [
        ("", "0%", "1.2%"),
        *(("", "0%", "8.3%"), ("range", "0%", "85%")),
        *(("whole", "0%", "66.7%"), ("", "0%", "5%")),
        ("", "", "100%"),
    ]
    assert [line.get("x1") for line in svg.all("line")] == ["1.2%"] * 3
    assert [e.text for e in svg.one("g", class_="axis").all("text")] == ["0%", "60%"]


def test_from_right_to_left_all_is_mirrored() -> None:
    svg = draw(make_chart(), "ar").one("svg")
    assert svg.get("direction") == "rtl"
    assert [e.get("x") for e in svg.all("rect")][:3] == ["98.8%", "91.7%", "15%"]
    assert svg.all("line")[0].get("x1") == "98.8%"
    assert [e.get("x") for e in svg.one("g", class_="axis").all("text")] == ["100%", "0"]


def test_without_an_axis_the_longest_bar_fills_the_width() -> None:
    chart = Chart("key", "Title", HEADS, [Row("One", 3), Row("Two", 12)])
    assert [bar.percent for bar in chart.bars] == [25, 100]
    assert not draw(chart).all("g", class_="axis")


def test_focus_is_set_apart() -> None:
    found = draw(make_chart()).all("g", class_="is-focus")
    assert [e.text for e in found] == ["Women2022", "5%"]


def test_long_words_break_into_lines() -> None:
    """A narrow phone holds each; Chinese, without spaces, too; what follows stands lower."""
    chart = make_chart(
        rows=[
            Row("Countries that did not criminalise same-sex sex", 1),
            Row("没有将同性性行为定为犯罪的国家的数目", 2),
        ]
    )
    first, second = chart.bars
    assert [line.text for line in first.labels] == ["Countries that did not", "criminalise same-sex sex"]
    assert [len(line.text) for line in second.labels] == [13, 5]
    assert first.top < float(second.labels[0].y.removesuffix("rem")) < second.top


def test_panels_share_a_scale() -> None:
    trans, men = Words("Transgender people"), Words("Hommes", "fr")
    rows = [Row("2017", 12, panel=trans), Row("2018", 6, panel=trans), Row("2017", 24, panel=men)]
    root = draw(make_chart(rows=rows, end=30))
    one, two = root.all("svg", class_="plot")
    assert [r.get("width") for r in one.all("rect")] == ["40%", "20%", "100%"]
    assert [r.get("width") for r in two.all("rect")] == ["80%", "100%"]
    assert [(e.text, e.get("lang")) for e in root.all("p", class_="plot-name")] == [
        ("Transgender people", ""),
        ("Hommes", "fr"),
    ]
    assert two.one("desc").text == "Hommes: 2017: 24"
    assert [e.text for e in root.all("th", scope="rowgroup")] == ["Transgender people", "Hommes"]


def test_words_against_the_page_run_their_own_way_from_the_same_side() -> None:
    rows = [Row("Women who work", 1, language="en"), Row("نساء", 2)]
    svg = draw(make_chart(rows=rows), "ar").one("svg")
    foreign = svg.one("g", lang="en")
    assert (foreign.get("direction"), foreign.get("text-anchor")) == ("ltr", "end")
    assert foreign.one("text").get("x") == "100%"


def test_title_description_and_table_say_what_is_drawn() -> None:
    root = draw(make_chart())
    svg = root.one("svg")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == [svg.one("title").get("id"), svg.one("desc").get("id")]
    assert svg.one("title").text == "People"
    assert svg.one("desc").text == "Adults: 0.7%; Women, 2022: 5%; Men: 3 of 40"
    rows = [(tr.one("th").one("span").text, tr.one("td").text) for tr in root.one("tbody").all("tr")]
    assert rows == [("Adults", "0.7%"), ("Women, 2022", "5%"), ("Men", "3 of 40")]
    assert "A median." in root.one("tbody").text


def test_sources_stand_under_it_once() -> None:
    sources = draw(make_chart()).all("p", class_="figure-source")[-1]
    assert sources.text == "Source: WHO, undated; UNAIDS, 2024"
    assert [a.get("href") for a in sources.all("a")] == [BOOK.url, PAPER.url]


def test_files_say_the_same() -> None:
    chart = make_chart(note="The line marks adults.")
    drawing, table, note, sources = chart.nodes()
    assert drawing["alt"] == "People. Adults: 0.7%; Women, 2022: 5%; Men: 3 of 40"
    assert (drawing["ends"], drawing["line"]) == (["0%", "60%"], 1.2)
    assert [item["percent"] for item in drawing["panels"][0]["items"]] == [1.2, 8.3, 5]
    assert len(table["rows"]) == 3
    assert "The line marks adults." in str(note)
    assert PAPER.url in str(sources)
    html = fragment(str(offline(drawing, lambda line: "".join(map(str, line)))))  # type: ignore[arg-type,return-value]
    assert [(r.get("class"), r.get("x"), r.get("width")) for r in html.all("svg")[1].all("rect")] == [
        ("bar", "0%", "8.3%"),
        ("range", "0.0%", "85.0%"),
        ("line", "1.2%", "2"),
    ]


def test_markdown() -> None:
    assert make_chart(note="The line marks adults.").markdown().split("\n") == [
        *("**People**", "", "| What | Value | Source |", "|---|---:|---|"),
        "| Adults | 0.7% | [WHO, undated](https://example.org/book) |",
        "| Women, 2022 (A median.) | 5% | [UNAIDS, 2024](https://example.org/paper) |",
        "| Men | 3 of 40 | [UNAIDS, 2024](https://example.org/paper) |",
        *("", "The line marks adults."),
    ]


def test_words_in_a_chart_are_words() -> None:
    """No markup acts, on the page or in Markdown."""
    rows = [Row("<b>|x", 1), Row("y", 2)]
    assert draw(make_chart(rows=rows)).all("b") == []
    assert r"<b>\|x" in make_chart(rows=rows).markdown()
