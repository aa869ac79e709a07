"""Staff's Markdown: what it can say, what is cleaned away, and how it is cut into blocks."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publishing.markdown import ATTRIBUTES, CLASSES, TAGS, blocks, plain, render
from tests.publishing.html import fragment

# What people write, what Markdown makes something of, and what attackers try.
PIECES = [
    *("word", "two words", "Ünïcode", "слово", "نص", "12.5 %", "<", ">", "&", "&amp;", '"', "'", "`", "\\", "|", "\n"),
    *(
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "\t",
        "\n\n",
        "***",
        "**",
        "_",
        "[",
        "](",
        ")",
        "[^1]",
        "\n\n[^1]: note",
    ),
    *(
        "| a | b |\n|---|---|\n| c | d |\n",
        "term\n:   definition\n",
        "---",
        "***\n",
        "{: #main .x onclick=y}",
        "{#p1}",
    ),
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=y>",
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<!--",
        "-->",
    ),
    *(
        "<a href='javascript:x'>",
        "</a>",
        "[x](javascript:y)",
        "[x](data:text/html,y)",
        "<style>p{}</style>",
        "<svg/onload=x>",
    ),
    *(
        "<table><tr><td>",
        "<ul><li>",
        "</li></ul>",
        "<article>words</article>",
        "<h2>",
        "<math><mtext>",
        "<iframe src=//x>",
    ),
    *(
        "http://example.org/",
        "<https://example.org/>",
        "![p](//example.org/p.png)",
        "\x0b",
        "\x1c",
        "\u2028",
        "\ufeff",
    ),
]
SOURCES = st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=200))


# None of these loads, acts, styles or opens anything by itself.
HARMLESS = {"value", "href", "title", "role", "id", "start", "align", "scope"}


def test_the_list_itself_is_harmless() -> None:
    assert set().union(*ATTRIBUTES.values()) <= HARMLESS
    assert not TAGS & {"script", "style", "img", "iframe", "form", "input", "button", "svg", "math", "link", "base"}
    assert {tag for tag, names in ATTRIBUTES.items() if "href" in names} == {"a"}


class Attributes(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@settings(deadline=None)
@given(SOURCES)
@example("<p onclick=alert(1)><a href=' javascript:x' style='x'>y</a></p>")
@example("<a href='JaVaScRiPt:x'>y</a> <a href='//example.org'>z</a>")
def test_nothing_outside_the_list_survives(source: str) -> None:
    """Whatever is written, only known tags with known attributes come out, well formed."""
    html = render(source)
    fragment(html, balanced_only=True)
    for tag, attributes in Attributes(html).found:
        assert tag in TAGS
        allowed = ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        assert set(attributes) <= allowed | ({"class"} if tag in CLASSES else set())
        assert set((attributes.get("class") or "").split()) <= CLASSES.get(tag, set())
        assert re.match(r"(https?:|mailto:|[^:]*$|[^:]*[/?#])", attributes.get("href") or "", re.I)
        assert tag != "a" or attributes["rel"] == "noreferrer"


@settings(deadline=None)
@given(SOURCES)
@example("<article>bare words</article>")
@example("words <article>\n\nmore</article>\n\n- a\n\nend")
@example("<ul>stray<li>item</li>stray again</ul>")
@example("- a\n- b <div>c</div>\n\n<em>x</em> y")
def test_blocks_lose_no_words(source: str) -> None:
    """The blocks say all that the whole says, in its order."""
    whole = plain(render(source))
    cut = " ".join(plain(block.html) for block in blocks(source))
    assert "".join(cut.split()) == "".join(whole.split())


@settings(deadline=None)
@given(SOURCES)
def test_each_block_stands_alone(source: str) -> None:
    """A block is well formed by itself: it becomes a paragraph of its own."""
    for block in blocks(source):
        inner = f"<ul><li>{block.html}</li></ul>" if block.kind in ("bullet", "step") else block.html
        fragment(inner, balanced_only=True)


def test_tables() -> None:
    html = render("| Year | Share |\n|------|------:|\n| 2019 | 62 % |\n")
    root = fragment(html)
    assert [e.text for e in root.all("th")] == ["Year", "Share"]
    assert root.all("td")[1].get("align") == "right"


def test_footnotes_and_the_way_back() -> None:
    root = fragment(render("Said.[^1]\n\n[^1]: By UNAIDS.\n"))
    mark, back = root.one("a", class_="footnote-ref"), root.one("a", class_="footnote-backref")
    ids = root.ids
    assert mark.get("href")[1:] in ids
    assert back.get("href")[1:] in ids
    assert root.one("div", class_="footnote").text.startswith("By UNAIDS.")


def test_footnotes_of_two_texts_stay_apart() -> None:
    """One page shows several texts."""
    first, second = (fragment(render(f"{word}.[^1]\n\n[^1]: Note.\n")) for word in ("One", "Two"))
    assert not first.ids & second.ids


def test_rendering_twice_gives_the_same() -> None:
    source = "Said.[^1]\n\n[^1]: Note.\n"
    assert render(source) == render(source)


def test_definition_lists() -> None:
    root = fragment(render("Key population\n:   People whom services leave behind.\n"))
    assert (root.one("dt").text, root.one("dd").text) == ("Key population", "People whom services leave behind.")


def test_links_tell_nobody_where_the_reader_came_from() -> None:
    assert fragment(render("[UNAIDS](https://www.unaids.org/)")).one("a").get("rel") == "noreferrer"


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](JAVASCRIPT:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<a href='java\tscript:x'>x</a>",
        "[x][y]\n\n[y]: javascript:alert(1)",
    ],
)
def test_links_that_act_are_gone(source: str) -> None:
    for _tag, attributes in Attributes(render(source)).found:
        # Browsers drop tabs and line ends from addresses before they look.
        address = re.sub(r"[\t\n\r]", "", attributes.get("href") or "").strip().lower()
        assert not address.startswith(("javascript:", "data:", "vbscript:"))


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![](https://example.org/p.png)",
        "<style>body{display:none}</style>",
        "<iframe src=https://example.org></iframe>",
        "<form action=/x><input name=y><button>z</button></form>",
        "<svg onload=alert(1)>",
        "<p style='x' onclick='y' class='receipt'>z</p>",
        "Text\n{: onclick=x style=y .exit }",
    ],
)
def test_raw_html_is_cleaned(source: str) -> None:
    assert not re.search(
        r"<(script|img|style|iframe|form|input|button|svg)|onerror|onclick|onload|style=|class=", render(source)
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("## A\n\nb & c  \nd\n\n- e\n- f\n", "A b & c d e f"),
        ("| a | b |\n|---|---|\n| c | d |\n", "a b c d"),
        ("In**tro**duction to *H*IV", "Introduction to HIV"),
        ("Said.[^1]\n\n[^1]: By UNAIDS.\n", "Said. By UNAIDS."),
        ("Less &lt;b&gt; &amp;lt; more", "Less <b> &lt; more"),
    ],
)
def test_plain_words(source: str, words: str) -> None:
    """Words neither run together nor fall apart, and footnotes' marks are none."""
    assert plain(render(source)) == words


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind, plain(block.html)) for block in blocks(source)]


def test_blocks() -> None:
    source = "## Head\n\nOne.\n\n- a\n- b\n\n> q\n\n1. x\n2. y\n\n| t |\n|---|\n| u |\n\nEnd.[^1]\n\n[^1]: Note.\n"
    found = kinds(source)
    assert found[:8] == [
        ("heading", "Head"),
        ("paragraph", "One."),
        ("bullet", "a"),
        ("bullet", "b"),
        ("quotation", "q"),
        ("step", "x"),
        ("step", "y"),
        ("table", "t u"),
    ]
    assert found[8:] == [("paragraph", "End."), ("notes", "Note.")]


def test_nested_lists_stay_in_their_item() -> None:
    assert kinds("- a\n    - b\n    - c\n- d\n") == [("bullet", "a b c"), ("bullet", "d")]


def test_several_paragraphs_in_an_item_stay_together() -> None:
    assert kinds("1. a\n\n    still a\n\n2. b\n") == [("step", "a still a"), ("step", "b")]


def test_a_list_item_is_what_stands_in_it() -> None:
    assert [block.html for block in blocks("- **a**\n- b\n")] == ["<strong>a</strong>", "b"]


def test_definition_list_is_one_block() -> None:
    assert kinds("term\n:   what it means\n") == [("paragraph", "term what it means")]


def test_nothing_has_no_blocks() -> None:
    assert blocks("") == []
    assert blocks("\n\n---\n\n") == []


@pytest.mark.parametrize("mark", ["- ", "1. ", "* "])
def test_lists_in_lists_without_end_are_shown_as_typed(mark: str) -> None:
    source = mark * 600 + "<b onclick='x'>words</b>\n\nMore."
    assert [block.kind for block in blocks(source)] == ["paragraph", "paragraph"]
    assert plain(render(source)) == " ".join(source.split())
