"""Two texts are compared in any script, without a database: which paragraph became which, and word by word."""

import re
from itertools import chain
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.redline.document import Document, Part, match_numbered, numbered_changes, redline
from campaign.redline.wording import as_html, as_text, steps, tokens
from campaign.redline.words import folded, split
from publishing.markdown import Block, blocks

# Eight words each, and enough of them that two paragraphs rarely share more than one.
SCRIPTS = {
    "latin": "abcdefghijklmnopqrstuvwxyzéèç",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "han": "".join(map(chr, range(0x4E00, 0x5200))),
}


def paragraph(script: str, random: Random) -> str:
    """Return a paragraph of made-up words, or of characters where words are not spaced."""
    letters = SCRIPTS[script]
    if script == "han":
        return "".join(random.choices(letters, k=40)) + "。" + "".join(random.choices(letters, k=40)) + "。"
    words = ["".join(random.choices(letters, k=random.randint(4, 9))) for _ in range(30)]
    return " ".join(words[:15]) + ". " + " ".join(words[15:]) + "."


def halves(text: str) -> list[str]:
    """Return the two sentences of a paragraph."""
    first, second = re.split(r"(?<=[.。])\s*", text)[:2]
    return [first, second]


def found(old: list[str], new: list[str]) -> list[tuple[str, list[int], list[int]]]:
    """Return kind and numbers of every change between two lists of paragraphs."""
    before, after = (Document([Block("paragraph", f"<p>{text}</p>") for text in texts]) for texts in (old, new))
    changes = numbered_changes(before, after, match_numbered(before, after))
    return [(c.kind, [i + 1 for i in c.old], [j + 1 for j in c.new]) for c in changes]


@pytest.fixture(params=SCRIPTS)
def texts(request: pytest.FixtureRequest) -> list[str]:
    """Six paragraphs in a script."""
    random = Random(request.param)
    return [paragraph(request.param, random) for _ in range(6)]


def test_nothing_changed(texts: list[str]) -> None:
    assert found(texts, texts) == [("kept", [n], [n]) for n in range(1, 7)]


def test_everything_that_can_happen_to_a_paragraph(texts: list[str]) -> None:
    a, b, c, d, _e, f = texts
    random = Random("new")
    edited = a[: len(a) // 2] + a[len(a) // 2 + 8 :]
    fresh = paragraph("latin", random)
    joiner = "" if "。" in a else " "
    new = [edited, f, *halves(b), fresh, f"{c}{joiner}{d}"]
    assert found(texts, new) == [
        ("edited", [1], [1]),
        ("moved", [6], [2]),
        ("split", [2], [3, 4]),
        ("added", [], [5]),
        ("merged", [3, 4], [6]),
        ("removed", [5], []),
    ]


def test_a_part_that_goes_elsewhere_and_grows_is_still_a_part(texts: list[str]) -> None:
    """The first half stays, the second becomes a longer paragraph of its own."""
    random = Random("grown")
    first, second = halves(texts[1])
    script = next(name for name, letters in SCRIPTS.items() if texts[1][0] in letters)
    grown = f"{second} {paragraph(script, random)} {paragraph(script, random)}"
    new = [texts[0], first, grown, *texts[2:]]
    assert ("split", [2], [2, 3]) in found(texts, new)


def test_the_fewest_paragraphs_count_as_moved(texts: list[str]) -> None:
    a, *others = texts
    assert [change for change in found(texts, [*others, a]) if change[0] == "moved"] == [("moved", [1], [6])]


def test_the_same_words_twice_go_with_their_neighbours() -> None:
    old = ["Same.", "One two three four.", "Same.", "Five six seven eight."]
    new = ["One two three four.", "Same.", "Five six seven eight."]
    assert found(old, new) == [
        ("removed", [1], []),
        ("kept", [2], [1]),
        ("kept", [3], [2]),
        ("kept", [4], [3]),
    ]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (
            "One two three.[^1]\n\n[^1]: Note.\n",
            "Zero[^a] two.\n\nOne two three.[^b]\n\n[^a]: A.\n[^b]: Note.\n",
            "kept",
        ),
        ("One two\nthree.", "One two three.", "kept"),
        ("One two three.", "One *two* three.", "edited"),
        ("One [two](https://a.example) three.", "One [two](https://b.example) three.", "edited"),
        ("One two three.", "- One two three.", "edited"),
        ("Une idée à l'essai.", "Une idee a l'essai.", "edited"),
    ],
)
def test_what_readers_see_decides_whether_it_was_kept(old: str, new: str, kind: str) -> None:
    before, after = Document(blocks(old)), Document(blocks(new))
    changes = numbered_changes(before, after, match_numbered(before, after))
    assert [change.kind for change in changes if change.old] == [kind]


def test_headings_and_notes_are_compared_too() -> None:
    old = Document(blocks("## Testing\n\nOne.[^1]\n\n[^1]: A note.\n"))
    new = Document(blocks("## Testing and care\n\nOne.[^1]\n\n## Last\n\nTwo.\n\n[^1]: A better note.\n"))
    entries = redline(old, new, match_numbered(old, new))
    assert [(e.kind, (e.new or e.old)[0].block.kind) for e in entries] == [
        *[
            ("edited", "heading"),
            ("kept", "paragraph"),
            ("added", "heading"),
            ("added", "paragraph"),
            ("edited", "notes"),
        ]
    ]
    assert entries[0].html() == ["<h2>Testing <ins>and care</ins></h2>"]


def test_removed_paragraphs_stand_where_they_stood(texts: list[str]) -> None:
    old = Document([Block("paragraph", f"<p>{text}</p>") for text in texts])
    new = Document([old.blocks[0], old.blocks[4], old.blocks[2], old.blocks[5]])
    entries = redline(old, new, match_numbered(old, new))
    assert [(e.kind, e.old_numbers, e.new_numbers) for e in entries] == [
        ("kept", [1], [1]),
        ("removed", [2], []),
        ("moved", [5], [2]),
        ("kept", [3], [3]),
        ("removed", [4], []),
        ("moved-away", [5], [2]),
        ("kept", [6], [4]),
    ]


@pytest.mark.parametrize(
    ("old", "new", "html", "text"),
    [
        (
            "<p>One two.</p>",
            "<p>One three.</p>",
            "<p>One <del>two</del><ins>three</ins>.</p>",
            "One [-two-]{+three+}.",
        ),
        ("<p>نص قديم هنا</p>", "<p>نص جديد هنا</p>", None, "نص [-قديم-] {+جديد+} هنا"),
        ("<p>我们保护您。</p>", "<p>我们尊重您。</p>", None, "我们[-保护-]{+尊重+}您。"),
        ("<p>a <em>b</em> c</p>", "<p>a b c</p>", "<p>a <del><em>b</em></del> <ins>b</ins> c</p>", None),
        ("<p>A &lt; B &amp; C</p>", "<p>A &lt; B</p>", "<p>A &lt; B<del> &amp; C</del></p>", None),
        ("<p>in 1,500 places</p>", "<p>in 1,600 places</p>", None, "in [-1,500-] {+1,600+} places"),
    ],
)
def test_words(old: str, new: str, html: str | None, text: str | None) -> None:
    if html:
        assert as_html([old], [new])[0].replace("</del> <ins>", "</del><ins>") == html.replace(
            "</del> <ins>", "</del><ins>"
        )
    if text:
        assert as_text([old], [new])[0].replace("-] {+", "-]{+") == text.replace("-] {+", "-]{+")


def test_those_who_hear_the_page_are_told() -> None:
    html = as_html(["<p>One two.</p>"], ["<p>One three.</p>"], "inserted:", "deleted:")[0]
    assert '<del><span class="hidden">deleted: </span>two</del>' in html
    assert '<ins><span class="hidden">inserted: </span>three</ins>' in html


def test_a_redline_holds_no_anchor_of_the_page_it_came_from() -> None:
    [block, *_rest] = blocks("One.[^1]\n\n[^1]: Note.\n")
    assert "id=" not in as_html([], [block.html])[0]
    assert "href=" not in as_html([], [block.html])[0]


def test_deleted_rows_of_a_table_leave_it_whole() -> None:
    old, new = (blocks(f"| a | b |\n|---|---|\n{rows}")[0].html for rows in ("| 1 | 2 |\n| 3 | 4 |\n", "| 3 | 4 |\n"))
    html = as_html([old], [new])[0]
    assert html.count("<tr>") == 2
    assert not re.search(r"</?t[rd]>\s*<del>(?!.*</td>)", html)
    assert "<del>1 2</del>" in re.sub(r"\s+", " ", html).replace("</del> <del>", " ").replace("</del><del>", " ")


WORDS = st.sampled_from(
    ["care", "HIV", "soin", "уход", "رعاية", "护理", "a<b", "*em*", "**bold**", "[link](https://x.example)", "22×"]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
MARKDOWN = st.lists(
    st.one_of(
        SENTENCE,
        SENTENCE.map(lambda s: f"## {s}"),
        SENTENCE.map(lambda s: f"- {s}"),
        SENTENCE.map(lambda s: f"> {s}\n>\n> {s}"),
        SENTENCE.map(lambda s: f"| {s} | b |\n|---|---|\n| c | {s} |"),
        SENTENCE.map(lambda s: f"1. {s}\n    - {s}"),
    ),
    max_size=8,
).map("\n\n".join)


def place_of(document: Document, part: Part) -> int:
    """Return where a part stands; another may look the same."""
    return next(place for place, other in enumerate(document.parts) if other is part)


def applied(html: str) -> str:
    """Return a redline with what was deleted gone and what was inserted taken in."""
    without = re.sub(r"<del>.*?</del>", "", html, flags=re.DOTALL)
    bare = re.sub(r"\s+", "", without.replace("<ins>", "").replace("</ins>", ""))
    return re.sub(r"</(em|strong|a)><\1[^>]*>", "", bare)


@settings(deadline=None, max_examples=150)
@given(MARKDOWN, MARKDOWN)
def test_the_redline_of_any_two_texts_applied_gives_exactly_the_second(first: str, second: str) -> None:
    old, new = Document(blocks(first)), Document(blocks(second))
    entries = redline(old, new, match_numbered(old, new))
    present = [html for e in entries if e.new and e.kind != "moved-away" for html in e.html()]
    assert [applied(html) for html in present] == [applied(as_html([], [b.html])[0]) for b in new.blocks]
    # And nothing of the first is left out.
    told = {place_of(old, part) for e in entries if e.kind != "moved-away" for part in e.old}
    assert told == set(range(len(old.parts)))


@settings(deadline=None, max_examples=150)
@given(SENTENCE, SENTENCE)
def test_kept_and_inserted_words_are_the_second_text_kept_and_deleted_the_first(first: str, second: str) -> None:
    old, new = tokens(blocks(first)[0].html), tokens(blocks(second)[0].html)
    found = list(steps(old, new))
    after = chain.from_iterable(s.tokens for s in found if s.op != "delete")
    before = chain.from_iterable(s.tokens for s in found if s.op != "insert")
    assert list(after) == list(new)
    assert [t.text.strip() for t in before] == [t.text for t in old]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’accès à 1,500 lieux.", ["L", "’", "accès", "à", "1,500", "lieux", "."]),
        ("مَرحَبا بكم", ["مَرحَبا", "بكم"]),
        ("我们 说话", ["我", "们", "说", "话"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("пять-шесть", ["пять", "-", "шесть"]),
        ("", []),
    ],
)
def test_words_of_many_scripts(text: str, words: list[str]) -> None:
    assert [word for word, _space in split(text)] == words
    assert "".join(word + space for word, space in split(text)).strip() == text


@pytest.mark.parametrize(("one", "other"), [("Élan VITAL", "elan vital"), ("مَرحَباً", "مرحبا"), ("Ёлка", "елка")])
def test_case_accents_and_vowel_marks_do_not_hide_a_paragraph(one: str, other: str) -> None:
    assert folded(one) == folded(other)


OPERATIONS = ("edit", "move", "split", "merge", "remove", "add")


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(list(SCRIPTS)), st.integers(), st.lists(st.sampled_from(OPERATIONS), max_size=5))
def test_any_redraft_leaves_no_paragraph_unaccounted_for(script: str, seed: int, operations: list[str]) -> None:
    """Each paragraph of both texts stands in exactly one change, and what lived on is not called removed."""
    random = Random(seed)
    old = [paragraph(script, random) for _ in range(8)]
    new = list(old)
    gone: set[str] = set()
    for operation in operations:
        place = random.randrange(len(new))
        if operation == "edit":
            middle = len(new[place]) // 2
            new[place] = new[place][:middle] + random.choice(SCRIPTS[script]) * 3 + new[place][middle + 3 :]
        elif operation == "move":
            new.insert(random.randrange(len(new)), new.pop(place))
        elif operation == "split" and new[place] in old:
            new[place : place + 1] = halves(new[place])
        elif operation == "merge" and place + 1 < len(new) and {new[place], new[place + 1]} <= set(old):
            new[place : place + 2] = [f"{new[place]} {new[place + 1]}"]
        elif operation == "remove" and len(new) > 1 and new[place] in old:
            gone.add(new.pop(place))
        elif operation == "add":
            new.insert(place, paragraph(script, random))
    changes = found(old, new)
    assert sorted(n for _kind, numbers, _new in changes for n in numbers) == list(range(1, len(old) + 1))
    assert sorted(n for _kind, _old, numbers in changes for n in numbers) == list(range(1, len(new) + 1))
    removed = {old[numbers[0] - 1] for kind, numbers, _new in changes if kind == "removed"}
    assert removed == gone
