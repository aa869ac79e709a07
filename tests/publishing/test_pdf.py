"""PDFs, read back: every word in every language, tags, outline, footnotes, and nothing that anybody wrote acts."""

import json
import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as each
from hypothesis import strategies as st
from pytest_django import Settings

from publishing.markdown import blocks, render
from publishing.pdf import fonts
from publishing.pdf.document import Document, span
from publishing.pdf.make import NoFont, make_pdf
from publishing.pdf.tree import Tree
from tests.publishing.pdfs import (
    arabic_words,
    assert_accessible,
    links,
    outline,
    read,
    runs,
    squeezed,
    tags,
    text_of,
)

ADDRESS = "https://portal.example.org/en/deliverables/note/versions/2/"
BODY = """## First part

Words with **strong**, *slanted*, `code`, H<sub>2</sub>O and a [link](/en/about/privacy/).[^1] Again.[^1]

### Deeper

- bullet
- second bullet

    - below

1. step
2. next step

> A quotation.

| Column | Number |
|--------|-------:|
| cell   | 1234   |

Term
:   Definition

---

<ins>put in</ins> and <del>taken out</del>

[^1]: A note in *two* parts.

    Its second part.
"""
SAMPLES = {
    "en": ("Guidance note", "Treatment prevents transmission[^1]; 10.3% of 129 countries say “no”.", "A note."),
    "fr": ("Note d’orientation", "Le traitement empêche la transmission[^1] : « œuvre », 10,3 %.", "Une note."),
    "es": ("Nota de orientación", "El tratamiento previene la transmisión[^1]: ¿mañana? ¡Sí!", "Una nota."),
    "ru": ("Руководство", "Лечение предотвращает передачу[^1]: «ёлка», 10,3 %.", "Примечание."),
    "ar": ("مذكرة إرشادية", "العلاج يمنع انتقال الفيروس[^1]، ولك أن ترفض الاختبار (WHO 2021).", "ملاحظة في الهامش."),
    "zh-hans": ("指导说明", "治疗可以预防传播[^1]，“你可以拒绝检测”，占10.3%。", "一条注释。"),
}


def document(body: str, *, language: str = "en", title: str = "A title", **fields: Any) -> Document:
    """Return a document with its paragraphs numbered."""
    tree = Tree(ADDRESS)
    tree.learn_notes(render(body))
    number = 0
    for block in blocks(body):
        if block.kind in ("bullet", "step"):
            number += 1
            tree.add_item(block.html, ordered=block.kind == "step", number=number)
        elif block.kind != "notes":
            number += block.kind != "heading"
            tree.add(block.html, number if block.kind != "heading" else None)
    values: dict[str, Any] = {
        "name": f"note/2/{language}",
        "kind": "Guidance note · version 2",
        "summary": "What it is about.",
        "address": ADDRESS,
        "day": date(2026, 2, 9),
        "markdown": body,
    }
    return Document(title=title, language=language, body=tree.finish(), **values | fields)


def has_chinese() -> bool:
    """Whether this machine has a Chinese typeface."""
    return fonts.can_set("zh-hans")


@pytest.mark.parametrize("language", SAMPLES)
def test_each_language(language: str) -> None:
    """Every word is there, and no box; where a machine has no Chinese typeface, that is said."""
    title, sentence, note = SAMPLES[language]
    made = document(f"## {title}\n\n{sentence}\n\n[^1]: {note}\n", language=language, title=title)
    if language == "zh-hans" and not has_chinese():
        with pytest.raises(NoFont):
            make_pdf(made)
        return
    pdf = make_pdf(made)
    reader = assert_accessible(pdf, title=title, language=language)
    assert outline(reader) == [title]
    text = arabic_words(pdf) if language == "ar" else text_of(pdf)
    plain = unicodedata.normalize("NFKC", re.sub(r"\[\^1\]", " ", f"{title} {sentence} {note}"))
    pattern = r"[\u0621-\u064a]+" if language == "ar" else r"[^\W_]+"
    assert [word for word in re.findall(pattern, plain) if word not in text] == []
    assert "□" not in text
    everything = "".join(run.text for run in runs(pdf))
    assert "\ufffd" not in everything
    assert everything.count("¶") == 1


def test_without_a_chinese_typeface(settings: Settings) -> None:
    """There is no PDF in Chinese then; a Chinese word in another text becomes boxes, and the rest stays."""
    settings.FONT_PATHS = []
    with pytest.raises(NoFont):
        make_pdf(document("中文", language="zh-hans"))
    text = text_of(make_pdf(document("Before 中文 after 😀 end.")))
    assert "Before□□after□end." in text


def test_numbers_notes_tables_and_all_the_rest() -> None:
    pdf = make_pdf(document(BODY))
    reader = assert_accessible(pdf, title="A title", language="en")
    assert outline(reader) == ["First part", "Deeper"]
    text = text_of(pdf)
    for number in range(1, 10):
        assert f"¶{number}" in text, number
    expected = ["bullet", "below", "nextstep", "Aquotation.", "cell", "1234", "Term", "Definition", "takenout"]
    assert [word for word in expected if word not in text] == []
    # Once, below the text, though two places refer to it.
    assert text.count("Anoteintwoparts.") == text.count("Itssecondpart.") == 1
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/Note", "/BlockQuote", "/Link"} <= tags(reader)
    assert {ADDRESS, "https://portal.example.org/en/about/privacy/"} <= links(reader)


def test_what_it_is_and_where_it_comes_from() -> None:
    """Kind, title, address and date stand on it, and the last two at the foot of every page."""
    pdf = make_pdf(document("\n\n".join(["A paragraph of some words."] * 80)))
    pages = [squeezed(page.extract_text()) for page in read(pdf).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"{number}/{len(pages)}" in page
        assert squeezed(ADDRESS.removeprefix("https://")) in page
        assert "9February2026" in page
    assert "Guidancenote·version2" in pages[0]
    assert "Atitle" in pages[1]


def test_contents_are_listed_in_long_texts() -> None:
    short, long = ("".join(f"## Part {n}\n\nWords.\n\n" for n in range(count)) for count in (2, 9))
    assert "Contents" not in text_of(make_pdf(document(short)))
    pdf = make_pdf(document(long))
    assert "Contents" in text_of(pdf)
    assert "/TOC" in tags(read(pdf))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert make_pdf(document(BODY)) == make_pdf(document(BODY))


HOSTILE = [
    "#panic()",
    '#read("/etc/passwd")',
    '#import "@preview/example:0.1.0": *',
    "$ sum_(x) $",
    "@reference <label>",
    "*strong* _slanted_ `raw`",
    "= Heading",
    "// comment /* comment */",
    '"], "t": "note", "id": "x", "c": [',
    "\\u{1f600} \\n \\",
    "%PDF-1.7 endobj",
    "~ -- --- ...",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_typst_stays_text(hostile: str) -> None:
    """In a paragraph, a title, a cell and a link."""
    made = document("x", title=hostile, kind=hostile, summary=hostile)
    cell = {"c": [{"t": "p", "c": [hostile]}], "align": hostile}
    made.body[:] = [
        {"t": "p", "n": 1, "c": [hostile, span("fr", hostile), {"t": "a", "href": "https://x.org/", "c": [hostile]}]},
        {"t": "table", "head": [cell], "rows": [[cell]]},
        {"t": "h", "level": 1, "c": [hostile]},
    ]
    pdf = make_pdf(made)
    assert text_of(pdf).count(squeezed(hostile)) >= 7
    assert outline(read(pdf)) == [hostile]


ODD = [
    "",
    "####### x",
    "#### Only the deepest",
    "## A\n\n#### Skips one\n\n## B\n\n> ## Heading in a quotation\n\n- ### in an item",
    "|a|b|\n|-|-|\n|only one|\n\n| | |\n|-|-|\n| | |",
    "> " * 200 + "deep",
    "- " * 90 + "deep",
    "<table><tr><td>no head</td></tr><tr><th>a</th><td>b</td><td>c</td></tr></table>",
    "<dl><dd>no term</dd></dl><dl></dl><ul></ul><ol></ol><table></table><blockquote></blockquote>",
    "No such note.[^none] [bad](http://[) [empty]() [](https://x.org/)",
    "A note in a note.[^1]\n\n[^1]: See[^2].\n[^2]: And[^1].\n[^3]: Nobody refers to this.",
    "## Heading with a note[^1]\n\n| cell[^1] |\n|---|\n| x |\n\n[^1]: In a heading.",
    "## \n\n<h2></h2>\n\n## [^1]\n\n[^1]: A heading of a note alone.",
    "<del>out <ins>in [link](/x) <del>x</del></ins>[^1]</del> [a <ins>b</ins>[^1]](/x)\n\n[^1]: [y](/y) <del>z</del>",
    "<a href='/x'>a <a href='/y'>b</a> **<a href='/z'>c</a>**[^1]</a>\n\n[^1]: Note.",
    "\u202e\u200b\u00ad\ufeff zero \u2028 width",
    "हिन्दी ไทย ελληνικά אבג ① ∑ → ☺ 👩‍👩‍👧 \ue000",
    "x" * 5000,
    "1. a\n\n2. b\n\n- c\n\n<ol start='99999999999999999999'><li>d</li></ol><ol start='-1'><li>e</li></ol>",
]


@pytest.mark.parametrize("body", ODD)
def test_odd_texts(body: str) -> None:
    """Whatever staff may write, there is a PDF of it."""
    assert_accessible(make_pdf(document(body)), title="A title", language="en")


PIECES = [
    *(
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "## ",
        "#### ",
        "**",
        "*",
        "`",
        "|",
        "a|b\n-|-\nc|d\n",
        ":   ",
        "{: #i}",
    ),
    *("[^1]", "[^1]: ", "[a](/b)", "<a href='/x'>", "</a>", "<h2>", "</h2>", "<li>", "<dl>", "<dt>", "<dd>", "<td>"),
    *("<blockquote>", "<table>", "</table>", "<tr>", "<th>", "<ins>", "</ins>", "<del>", "</del>", "<br>", "<hr>"),
    *(
        "<sup id='fnref-1'>",
        "<div class='footnote'>",
        "word ",
        "слово ",
        "كلمة ",
        "😀",
        "\u202e",
        "&nbsp;",
        "#let",
        "$",
    ),
]


@each(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text(body: str) -> None:
    """Whatever is strewn together, there is a PDF of it."""
    assert make_pdf(document(body)).startswith(b"%PDF-")


def test_a_note_that_nothing_refers_to_is_not_lost() -> None:
    assert "Nobodyreferstothis." in text_of(make_pdf(document("Words.\n\n[^3]: Nobody refers to this.")))


def test_data_is_plain() -> None:
    """What typst gets is what JSON can hold, so that a digest of it can be taken."""
    data = document(BODY).data()
    assert json.loads(json.dumps(data)) == data
