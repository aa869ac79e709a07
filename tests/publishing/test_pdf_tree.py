"""HTML as a tree of plain data."""

import pytest

from publishing.markdown import render
from publishing.pdf.lines import Node
from publishing.pdf.tree import Tree, levelled

ADDRESS = "https://portal.example.org/en/page/"


def tree(source: str) -> list[Node]:
    """Return a text's blocks."""
    found = Tree(ADDRESS)
    html = render(source)
    found.learn_notes(html)
    found.add(html)
    return found.finish()


def p(*parts: object) -> Node:
    """Return a paragraph."""
    return {"t": "p", "c": list(parts)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", []),
        ("One\ntwo  \nthree", [p("One two", {"t": "br"}, "three")]),
        ("**a *b***", [p({"t": "strong", "c": ["a ", {"t": "em", "c": ["b"]}]})]),
        ("## H", [{"t": "h", "level": 1, "c": ["H"]}]),
        ("> q", [{"t": "quote", "c": [p("q")]}]),
        ("> ## q", [{"t": "quote", "c": [p({"t": "strong", "c": ["q"]})]}]),
        ("- a\n- b", [{"t": "ul", "start": 1, "items": [{"c": [p("a")]}, {"c": [p("b")]}]}]),
        ("3. a", [{"t": "ol", "start": 3, "items": [{"c": [p("a")]}]}]),
        ("<div>loose <b>bold</b></div>", [p("loose bold")]),
        ("a <abbr title='x'>b</abbr> <script>c</script>", [p("a b")]),
        ("&lt;b&gt; &amp;amp;", [p("<b> &amp;")]),
        ("---", [{"t": "hr"}]),
        ("T\n:   D", [{"t": "dl", "items": [{"term": ["T"], "c": [p("D")]}]}]),
        ("[a](/x)", [p({"t": "a", "href": "https://portal.example.org/x", "c": ["a"]})]),
        ("[a](#p2)", [p({"t": "a", "href": f"{ADDRESS}#p2", "c": ["a"]})]),
        ("[a](javascript:alert(1))", [p("a")]),
    ],
)
def test_blocks(source: str, expected: list[Node]) -> None:
    assert tree(source) == expected


def test_tables_are_rectangles() -> None:
    (table,) = tree("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td></tr></table>")
    assert [cell["c"] for cell in table["head"]] == [[p("a")], [p("b")]]
    assert [[cell["c"] for cell in row] for row in table["rows"]] == [[[p("c")], []]]


def test_notes_stand_where_they_are_first_referred_to() -> None:
    first, second, left = tree("a[^x]\n\nb[^x]\n\n[^x]: X.\n[^y]: Y.\n")
    note = first["c"][1]
    assert (note["t"], note["c"]) == ("note", [p("X.")])
    assert second["c"][1] == {"t": "note", "id": note["id"]}
    assert left["items"] == [{"c": [p("Y.")]}]


def test_items_that_follow_each_other_are_one_list() -> None:
    found = Tree(ADDRESS)
    for number, ordered in enumerate((False, False, True, True), start=1):
        found.add_item("x", ordered=ordered, number=number)
    found.add("<p>between</p>", 5)
    found.add_item("y", ordered=True, number=6)
    numbers = [[item["n"] for item in b["items"]] if "items" in b else b["n"] for b in found.finish()]
    assert numbers == [[1, 2], [3, 4], 5, [6]]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [([1, 2, 3], [1, 2, 3]), ([3, 3, 1, 3], [1, 2, 1, 2]), ([2, 2], [1, 2]), ([], [])],
)
def test_headings_go_down_by_one(levels: list[int], expected: list[int]) -> None:
    assert [b["level"] for b in levelled([{"t": "h", "level": level} for level in levels])] == expected


def test_what_is_very_deep_keeps_its_words() -> None:
    assert "deep" in str(tree("<blockquote>" * 100 + "deep" + "</blockquote>" * 100))


def test_a_link_too_long_for_a_pdf_keeps_its_words() -> None:
    assert tree(f"[here](https://example.org/{'a' * 9000})") == [p("here")]
