"""What the public writes appears as typed: every word there, and nothing in it that could act."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.usertext import as_html
from tests.publishing.html import fragment

# What people type, and what attackers try.
PIECES = [
    *("words", "слово", "نص", "话。", "- item", "1. ", "> ", ">", ">> ", "\n", "\n\n", "\r\n", "\r", "  ", "\t"),
    *("<script>alert(1)</script>", "</p>", "<a href=x onclick=y>", "<!--", "&amp;", "&lt;b&gt;", "&#x3c;", '"', "'"),
    *("https://example.org", "http://example.org/a?b=1&c=2#d", "https://a.org/<b>", 'https://a.org/"onload="x'),
    *(
        "javascript:alert(1)",
        "https://",
        "(https://a.org/b_(c))",
        "https://a.org/…",
        "//a.org",
        "\x0b",
        "\u2028",
        "}{",
    ),
]
TYPED = st.one_of(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.text(max_size=200))


def letters(text: str) -> str:
    """Return all that is not space."""
    return "".join(text.split())


@settings(deadline=None)
@given(TYPED)
def test_every_word_is_there_and_nothing_that_acts(typed: str) -> None:
    """Read back, the page says what was typed, but for the marks that made quotations."""
    root = fragment(as_html(typed))
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    assert letters(root.text) == letters(re.sub(r"^>", "", lines, flags=re.MULTILINE))
    for element in root:
        assert element.tag in {"#document", "p", "br", "blockquote", "a"}
        if element.tag == "a":
            assert set(element.attributes) == {"href", "rel"}
            assert element.get("rel") == "nofollow ugc noreferrer"
            assert re.match("https?://[^ ]", element.get("href"))
            assert element.get("href") == "".join(element.pieces())
        else:
            assert not element.attributes


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\r\ntwo\rthree", "<p>one<br>two<br>three</p>"),
        ("one\n\n \n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("- one\n- two", "<p>- one<br>- two</p>"),
        ("> said\n> again\nno", "<blockquote><p>said<br>again</p></blockquote>\n<p>no</p>"),
        ("> said\n>\n> again", "<blockquote><p>said</p>\n<p>again</p></blockquote>"),
        ("a > b", "<p>a &gt; b</p>"),
        ("<b>&amp;</b>", "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"),
    ],
)
def test_as_typed(typed: str, html: str) -> None:
    assert as_html(typed) == html


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("See https://example.org.", "https://example.org"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("https://example.org/wiki/Stigma_(sociology)", "https://example.org/wiki/Stigma_(sociology)"),
        ("(see https://example.org/wiki/Stigma_(sociology)).", "https://example.org/wiki/Stigma_(sociology)"),
        ("“https://example.org/a?b=1&c=2#d”!", "https://example.org/a?b=1&c=2#d"),
        ("https://example.org/path/, then", "https://example.org/path/"),
        ("见https://example.org/a。其他", "https://example.org/a"),
        ("انظر https://example.org/a؟", "https://example.org/a"),
        ("> https://example.org", "https://example.org"),
        ("HTTPS is https://пример.рф/страница", "https://пример.рф/страница"),
    ],
)
def test_addresses_become_links(typed: str, address: str) -> None:
    """The sentence around an address is no part of it, and stays."""
    root = fragment(as_html(typed))
    assert root.one("a").get("href") == address
    assert letters(root.text) == letters(typed.removeprefix(">"))


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://", "https:// a.org", "mailto:a@b.org"],
)
def test_nothing_else_does(typed: str) -> None:
    assert "<a" not in as_html(typed)


def test_a_long_row_of_addresses_takes_no_time() -> None:
    """The longest comment there can be, written against the patterns."""
    for piece in ("https://", "https://a(", "https://(", "https://a.", "(", "https://a()", "> ", "<"):
        typed = piece * (30_000 // len(piece))
        assert as_html(typed)
