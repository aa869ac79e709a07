"""Single-file pages, which are read without a network, and Markdown."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from pytest_django import Settings

from publishing.offline import make_markdown, make_page
from tests.publishing.html import language_problems, levels, parse
from tests.publishing.test_pdf import ADDRESS, BODY, HOSTILE, ODD, SAMPLES, document


def test_everything_is_in_it() -> None:
    root = parse(make_page(document(BODY)).decode())
    assert (root.one("html").get("lang"), root.one("html").get("dir")) == ("en", "ltr")
    assert root.one("h1").text == root.one("title").text == "A title"
    assert levels(root) == [1, 2, 3, 2]
    assert [n.text for n in root.all("span", class_="n")] == [f"¶ {n}" for n in range(1, 10)]
    assert {"p1", "p2", "p9"} <= set(root.ids)
    assert [th.get("scope") for th in root.all("th")] == ["col", "col"]
    assert root.all("a", href=ADDRESS)
    assert root.all("a", href="https://portal.example.org/en/about/privacy/")
    text = root.one("main").text
    assert "9 February 2026" in text
    assert text.count("Its second part.") == 1
    # Both places lead to the one note.
    assert [a.text for a in root.all("a", href="#fn-1")] == ["1", "1"]
    assert "fn-1" in root.ids


def test_nothing_runs_and_nothing_is_fetched() -> None:
    """The file brings its own policy along: the portal's headers stay behind."""
    page = make_page(document(BODY)).decode()
    root = parse(page)
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = [m.get("content") for m in root.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'; ")
    assert not re.search(r"url\(|@import|//", style)
    for element in root:
        assert element.tag not in ("script", "link", "iframe", "object", "embed", "base", "form")
        assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        assert re.match(r"data:image/webp;base64,|$", element.get("src"))
        if element.tag == "a" and not element.get("href").startswith("#"):
            assert element.get("rel") == "noreferrer"


@pytest.mark.parametrize("language", SAMPLES)
def test_each_language(language: str) -> None:
    title, sentence, note = SAMPLES[language]
    made = document(f"{sentence}\n\n[^1]: {note}\n", language=language, title=title)
    root = parse(make_page(made).decode())
    assert root.one("html").get("lang").startswith(language.split("-")[0])
    assert root.one("html").get("dir") == ("rtl" if language == "ar" else "ltr")
    assert sentence.replace("[^1]", "1") in root.text
    assert note in root.text
    assert list(language_problems(root)) == []


@pytest.mark.parametrize("body", ODD)
def test_odd_texts_are_well_formed(body: str) -> None:
    parse(make_page(document(body)).decode())


@pytest.mark.parametrize("hostile", [*HOSTILE, "<script>alert(1)</script>", '"><img src=x onerror=y>', "{0} {x} %s"])
def test_texts_stay_texts(hostile: str) -> None:
    made = document("x", title=hostile, summary=hostile, kind=hostile)
    made.body.append({"t": "p", "c": [hostile]})
    root = parse(make_page(made).decode())
    assert root.one("h1").text == hostile
    assert root.all("script") == root.all("img") == []
    assert root.text.count(hostile) == 5


def test_markdown_is_what_was_written(settings: Settings) -> None:
    settings.SAMPLE_CONTENT = True
    text = make_markdown(document(BODY)).decode()
    assert text.startswith(
        "# A title\n\nGuidance note · version 2  \nNobody Left Behind, 9 February 2026  \n"
        f"<{ADDRESS}>\n\nWhat it is about.\n\nSample content: "
    )
    assert text.endswith("\n\n---\n\n" + BODY.strip() + "\n")
    settings.SAMPLE_CONTENT = False
    assert "Sample content" not in make_markdown(document(BODY)).decode()
