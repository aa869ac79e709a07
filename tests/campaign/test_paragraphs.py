"""A version's text is cut into paragraphs that readers cite by number and that keep their identity."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from campaign.models import Paragraph, Version, VersionText
from campaign.paragraphs import number_paragraphs
from publishing.models import ParagraphKey
from tests.factories import make_deliverable, make_version

pytestmark = pytest.mark.django_db
DRAFT: dict[str, Any] = {"state": "draft", "published_at": None}


def text_of(version: Version, language: str = "en") -> VersionText:
    return VersionText.objects.get(version=version, language=language)


def say(version: Version, body: str) -> None:
    """Write the English text anew."""
    text = text_of(version)
    text.body = body
    text.save()


def keys(version: Version, language: str = "en") -> dict[str, Any]:
    """Return the keys of the numbered paragraphs by their words."""
    rows = Paragraph.objects.filter(text=text_of(version, language), number__isnull=False)
    return dict(rows.order_by("number").values_list("plain", "key"))


def test_numbers_go_through_the_whole_text() -> None:
    version = make_version(
        body="## Head\n\nOne.\n\n- two\n- three\n\n### Deeper\n\n> four\n\nFive.[^1]\n\n[^1]: Note.\n"
    )
    rows = list(text_of(version).paragraphs.values_list("number", "kind", "plain"))
    assert rows == [
        (None, "heading", "Head"),
        (1, "paragraph", "One."),
        (2, "bullet", "two"),
        (3, "bullet", "three"),
        (None, "heading", "Deeper"),
        (4, "quotation", "four"),
        (5, "paragraph", "Five."),
        (None, "notes", "Note."),
    ]


def test_unchanged_paragraphs_keep_their_keys_in_the_next_version() -> None:
    deliverable = make_deliverable()
    first = keys(make_version(deliverable, state="superseded", body="Kept.\n\nGoes.\n\nStays.\n"))
    second = keys(make_version(deliverable, body="New.\n\nStays.\n\nKept.\n"))
    assert second["Kept."] == first["Kept."]
    assert second["Stays."] == first["Stays."]
    assert second["New."] not in first.values()


def test_the_version_before_is_the_one_with_the_next_lower_number() -> None:
    """Numbers may leave gaps."""
    deliverable = make_deliverable()
    first = keys(make_version(deliverable, state="superseded", body="Kept.\n"))
    assert keys(make_version(deliverable, number=4, body="Kept.\n")) == first


def test_other_deliverables_are_another_matter() -> None:
    assert keys(make_version(body="Same.\n")) != keys(make_version(body="Same.\n"))


def test_a_draft_saved_again_keeps_the_keys_of_what_it_still_says() -> None:
    version = make_version(body="One.\n\nTwo.\n\nThree.\n", **DRAFT)
    before = keys(version)
    say(version, "Zero.\n\nOne.\n\nThree.\n\nTwo and more.\n")
    after = keys(version)
    assert list(after) == ["Zero.", "One.", "Three.", "Two and more."]
    assert {word: after[word] for word in ("One.", "Three.")} == {word: before[word] for word in ("One.", "Three.")}


def test_emphasis_and_footnotes_do_not_make_a_new_paragraph() -> None:
    """The words decide."""
    version = make_version(body="One plain word.\n", **DRAFT)
    before = keys(version)
    say(version, "One *plain* word.[^1]\n\n[^1]: A note.\n")
    assert keys(version) == before


def test_the_same_words_twice_are_two_paragraphs() -> None:
    deliverable = make_deliverable()
    version = make_version(deliverable, state="superseded", body="Same.\n\nOther.\n\nSame.\n")
    first = list(text_of(version).paragraphs.order_by("number").values_list("key", flat=True))
    assert len(set(first)) == 3
    second = make_version(deliverable, body="Same.\n\nSame.\n\nSame.\n", **DRAFT)
    found = list(text_of(second).paragraphs.order_by("number").values_list("key", flat=True))
    assert {first[0], first[2]} < set(found)
    assert first[1] not in found


def test_numbering_again_makes_no_new_keys() -> None:
    version = make_version()
    count = ParagraphKey.objects.count()
    number_paragraphs(text_of(version))
    assert ParagraphKey.objects.count() == count


def row(**fields: Any) -> Paragraph:
    text = text_of(make_version(body=""))
    values = {"position": 0, "number": 1, "key": ParagraphKey.objects.create(), "kind": "paragraph", "html": "x"}
    return Paragraph(text=text, plain="x", **values | fields)


@pytest.mark.parametrize(
    "fields",
    [{"number": None}, {"key": None}, {"kind": "heading"}, {"kind": "notes"}, {"kind": "heading", "key": None}],
)
def test_what_is_cited_has_number_and_key_and_nothing_else_has(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="paragraph_numbered_and_keyed"), transaction.atomic():
        row(**fields).save()


@pytest.mark.parametrize("same", ["position", "number", "key"])
def test_positions_numbers_and_keys_are_the_texts_own(same: str) -> None:
    first = row()
    first.save()
    second = Paragraph(text=first.text, kind="paragraph", html="y", plain="y")
    second.position, second.number, second.key = 1, 2, ParagraphKey.objects.create()
    setattr(second, same, getattr(first, same))
    with pytest.raises(IntegrityError, match=f"paragraph_{same}"), transaction.atomic():
        second.save()
