"""One list of numbered notes for a whole page."""

import re

from hypothesis import given
from hypothesis import strategies as st

from factsheets.models import Figure, Source
from factsheets.noting import Notes, source_note
from publishing.markdown import render
from tests.publishing.html import Element, fragment

SOURCES = [Source(pk=n, code=f"s{n}", title=f"Report {n}", author="WHO", address=f"https://e.org/{n}") for n in (1, 2)]
FIGURES = {
    f"f{n}": Figure(code=f"f{n}", value=n, unit="percent", indicator="prevalence", source=SOURCES[n % 2])
    for n in range(4)
}
# What a text is made of: marks of its notes, figures there are, one there is not, and words.
PIECES = ["word", "[^a]", "[^b]", "[^c]", "[^never written]", "[[f0]]", "[[f1]]", "[[f2]]", "[[gone]]", "**b**", "`c`"]
NOTES = ["One.", "See[^b].", "In [[f3]].", "[^a] again", "Two\n\n    paragraphs.", "\n    - a list", "https://e.org"]
texts = st.builds(
    lambda words, notes: " ".join(words) + "".join(f"\n\n[^{name}]: {note}" for name, note in notes.items()),
    st.lists(st.sampled_from(PIECES), max_size=12),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(NOTES)),
)


def page(*sources: str) -> tuple[Element, Notes]:
    """Return texts as a page shows them, with their notes."""
    notes = Notes(FIGURES)
    body = "".join(notes.text(render(source, references=True), "en") for source in sources)
    items = "".join(f'<li id="fn-{note.number}">{note.shown}</li>' for note in notes.all)
    return fragment(f"<main>{body}</main>" + (f"<ol>{items}</ol>" if items else ""), balanced_only=True), notes


def marks(root: Element) -> list[Element]:
    """Return all marks, in document order."""
    return root.all("a", class_="footnote-ref")


def first_met(root: Element) -> list[str]:
    """Return the notes as they are met by a reader who follows each mark the first time."""
    items = {item.get("id"): item for item in root.all("li") if item.get("id")}
    found: list[str] = []

    def read(element: Element) -> None:
        for mark in marks(element):
            name = mark.get("href")[1:]
            if name not in found:
                found.append(name)
                read(items[name])

    read(root.one("main"))
    return found


@given(st.lists(texts, max_size=4))
def test_every_mark_has_its_note(sources: list[str]) -> None:
    """Each note is reached, each mark is reached back, and numbers run from 1 in the order of reading."""
    root, notes = page(*sources)
    ids = [element.get("id") for element in root if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in root.all("a"):
        assert not link.get("href").startswith("#") or link.get("href")[1:] in ids
    for mark in marks(root):
        assert mark.text == mark.get("href").removeprefix("#fn-")
    assert first_met(root) == [f"fn-{number}" for number in range(1, len(notes.all) + 1)]
    backs = [link.get("href")[1:] for link in root.all("a", class_="footnote-backref")]
    assert sorted(backs) == sorted(mark.parent.get("id") for mark in marks(root) if mark.parent)
    assert not root.all("data")


def test_a_source_has_one_number() -> None:
    root, notes = page("[[f0]] and [[f2]]", "[[f1]][^x] and [[f0]]\n\n[^x]: Said.")
    assert [mark.text for mark in marks(root.one("main"))] == ["1", "1", "2", "3", "1"]
    assert [note.source for note in notes.all] == [SOURCES[0], SOURCES[1], None]


def test_texts_that_are_the_same_have_notes_of_their_own() -> None:
    root, notes = page(*["a[^x]\n\n[^x]: Said."] * 2)
    assert [mark.text for mark in marks(root.one("main"))] == ["1", "2"]
    assert [re.sub("<[^>]+>", "", note.html) for note in notes.all] == ["Said.", "Said."]


def test_marks_side_by_side_are_two_numbers() -> None:
    root, _ = page("a[^x][^y]\n\n[^x]: X.\n[^y]: Y.")
    assert root.one("main").text == "a1, 2"


def test_a_value_leads_to_its_figure_and_its_source() -> None:
    root, _ = page("There are [[f1]].")
    value, mark = root.one("main").all("a")
    assert (value.text, value.get("href")) == ("1%", "/en/figures/f1/")
    assert (mark.text, mark.get("href")) == ("1", "#fn-1")


def test_a_figure_that_is_not_public_is_told_to_be_missing() -> None:
    root, notes = page("There are [[gone]].")
    assert root.one("main").text == "There are (figure withdrawn)."
    assert notes.all == []


def test_within_a_link() -> None:
    """No link stands in a link: what a reader presses is what was written, and the marks follow it."""
    root, _ = page("See [the [[f1]] of it[^x]](https://e.org/page).\n\n[^x]: Said.")
    links = root.one("main").all("a")
    assert [link.get("href") for link in links] == ["https://e.org/page", "#fn-1", "#fn-2"]
    assert links[0].text == "the 1% of it"


def test_a_note_that_nothing_refers_to_is_left_out() -> None:
    _, notes = page("Words.\n\n[^x]: Left.")
    assert notes.all == []


def test_ids_stand_once() -> None:
    """Two texts may have given a heading the same."""
    root, _ = page("## A {#part}", "## B {#part}")
    assert [heading.get("id") for heading in root.all("h2")] == ["part", ""]


def test_a_source_in_full() -> None:
    SOURCES[0].archived = "https://archive.example.org/1"
    try:
        said = fragment(source_note(SOURCES[0]))
    finally:
        SOURCES[0].archived = ""
    assert said.text == "WHO, undated. Report 1. Archived copy"
    assert [link.get("href") for link in said.all("a")] == ["https://e.org/1", "https://archive.example.org/1"]
    assert {link.get("rel") for link in said.all("a")} == {"noreferrer"}
