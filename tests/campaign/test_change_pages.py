"""Visitors read what changed between two versions, and the history of one paragraph."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from campaign.models import Change, Version, VersionText
from comments.models import Answer, Comment
from tests.factories import make_answer, make_consultation, make_deliverable, make_published_comment, make_version
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
SAID = ("The first paragraph speaks of testing.", "The second one is about treatment.", "The third thanks.")
FIRST = "\n\n".join(["## Care", *SAID, "An end."])
SECOND = "\n\n".join(["## Care", SAID[2], SAID[0].replace("testing", "tests"), SAID[1], "Fresh words."])
FRENCH = ("Un sur les essais.\n\nDeux.\n\nMerci.\n\nFin.\n", "Merci.\n\nUn sur les tests.\n\nDeux.\n\nDu neuf.\n")


@pytest.fixture
def versions() -> tuple[Version, Version]:
    """A first version that drew a comment, and the second, which did what the comment asked for."""
    consultation = make_consultation(make_version(make_deliverable(slug="note"), body=FIRST))
    comment = make_published_comment(
        consultation, paragraph_key=consultation.version.texts.get().paragraphs.get(number=1).key
    )
    make_answer(comment)
    first = consultation.version
    second = make_version(first.deliverable, body=SECOND)
    change = second.changes.get(kind=Change.Kind.EDITED)
    change.reason = "Plainer words."
    change.save()
    change.comments.add(comment)
    return first, second


def read(client: Client, address: str, status: int = 200) -> Element:
    response = client.get(address)
    assert response.status_code == status
    return parse(response.content.decode())


def redline(client: Client, language: str = "en") -> Element:
    return read(client, f"/{language}/deliverables/note/changes/1/2/")


def test_the_redline_tells_what_became_of_each_paragraph(visitor: Client, versions: Any) -> None:
    root = redline(visitor)
    found = [(p.get("id"), [s.text for s in p.all("span", class_="state")]) for p in root.all("div", class_="para")]
    assert found == [
        ("p1", ["moved"]),
        ("p2", ["edited"]),
        ("p3", []),
        ("was3", ["moved"]),
        ("was4", ["removed"]),
        ("p4", ["added"]),
    ]
    assert [a.get("href") for a in root.one("div", id="p1").one("div", class_="margin").all("a")] == [
        "/en/deliverables/note/versions/2/#p1",
        "/en/deliverables/note/versions/1/#p3",
        "/en/deliverables/note/versions/2/paragraphs/1/",
    ]
    assert root.one("div", id="was3").one("p").text == "Moved to ¶ 1"


def test_the_summary_counts_paragraphs(visitor: Client, versions: Any) -> None:
    meta = redline(visitor).one("header", class_="head").one("p", class_="meta")
    assert [s.text for s in meta.all("span", class_="state")] == ["edited", "moved", "removed", "added"]


def test_words_are_marked_for_eye_and_ear(visitor: Client, versions: Any) -> None:
    edited = redline(visitor).one("div", id="p2").one("div", class_="body")
    assert edited.one("del").text == "deleted: testing"
    assert edited.one("ins").text == "inserted: tests"


def test_what_was_kept_is_folded(visitor: Client, versions: Any) -> None:
    [folded] = redline(visitor).all("details", class_="kept")
    assert folded.one("summary").text == "1 paragraph unchanged ¶ 3"
    assert "about treatment" in folded.text


def test_a_change_names_its_reason_and_who_asked_for_it(visitor: Client, versions: Any) -> None:
    why = redline(visitor).one("aside", class_="why")
    assert "Plainer words." in why.text
    [link] = why.all("a")
    comment = Comment.objects.get()
    assert (link.text, link.get("href")) == ("comment 1 (Anonymous)", comment.get_absolute_url())
    assert why.one("span", class_="state").text == "accepted"


def test_comments_and_answers_that_are_not_public_are_not_named(visitor: Client, versions: Any) -> None:
    Answer.objects.update(state="draft", published_at=None)
    assert redline(visitor).one("aside", class_="why").all("span", class_="state") == []
    Comment.objects.update(state="withdrawn")
    assert redline(visitor).one("aside", class_="why").all("a") == []


def test_a_translation_is_compared_with_the_translation(visitor: Client, versions: Any) -> None:
    for version, body in zip(versions, FRENCH, strict=True):
        VersionText.objects.create(version=version, language="fr", title="Note", body=body)
    text = redline(visitor, "fr").one("div", class_="redline")
    assert text.get("lang") == "fr"
    assert text.one("div", id="p2").one("del").text.endswith("essais")


def test_only_languages_that_both_have_are_compared(visitor: Client, versions: Any) -> None:
    VersionText.objects.create(version=versions[1], language="fr", title="Note", body=FRENCH[1])
    root = redline(visitor, "fr")
    assert root.one("div", class_="redline").get("lang") == "en"


def test_versions_without_a_common_language_say_so(visitor: Client) -> None:
    first = make_version(make_deliverable(slug="note"), body="One.", state="draft", published_at=None)
    first.texts.update(language="fr")
    Version.objects.update(state="superseded", published_at=timezone.now())
    make_version(first.deliverable, body="One.")
    assert "no language in common" in redline(visitor).text


def test_corrections_by_hand_are_shown(visitor: Client, versions: Any) -> None:
    """The redline is what is stored, not what the words say."""
    _first, second = versions
    ends = [second.changes.get(kind=kind).ends.get() for kind in ("removed", "added")]
    second.changes.filter(kind="added").delete()
    change = second.changes.get(kind="removed")
    change.ends.create(version=second, side="new", key=ends[1].key)
    root = redline(visitor)
    assert root.one("div", id="p4").one("span", class_="state").text == "edited"


def test_across_several_versions_paragraphs_are_followed(visitor: Client, versions: Any) -> None:
    _first, second = versions
    Version.objects.filter(pk=second.pk).update(state="superseded")
    body = SECOND.replace("speaks of tests", "speaks of many tests")
    make_version(second.deliverable, body=body)
    root = read(visitor, "/en/deliverables/note/changes/1/3/")
    assert root.one("div", id="p2").one("span", class_="state").text == "edited"
    assert "Plainer words." in root.text
    assert read(visitor, "/en/deliverables/note/changes/2/3/").one("div", id="p2").one("ins")


def test_versions_of_which_neither_was_redrafted_from_the_other_are_compared_by_their_words(visitor: Client) -> None:
    first = make_version(make_deliverable(slug="note"), body=FIRST, state="superseded")
    second = make_version(first.deliverable, body=SECOND)
    second.changes.all().delete()
    assert redline(visitor).one("div", id="p2").one("span", class_="state").text == "edited"


def test_the_older_version_comes_first(visitor: Client, versions: Any) -> None:
    response = visitor.get("/en/deliverables/note/changes/2/1/")
    assert (response.status_code, response["Location"]) == (302, "/en/deliverables/note/changes/1/2/")


@pytest.mark.parametrize("address", ["1/1/", "1/3/", "0/1/", "1/99999999999999999999/"])
def test_versions_that_there_are_not(visitor: Client, versions: Any, address: str) -> None:
    read(visitor, f"/en/deliverables/note/changes/{address}", 404)


@pytest.mark.parametrize("hidden", ["old", "new", "deliverable"])
def test_drafts_are_compared_for_nobody(visitor: Client, versions: Any, hidden: str) -> None:
    first, second = versions
    if hidden == "deliverable":
        type(first.deliverable).objects.update(state="draft")
    else:
        Version.objects.filter(pk=(first if hidden == "old" else second).pk).update(state="draft", published_at=None)
    read(visitor, "/en/deliverables/note/changes/1/2/", 404)
    read(visitor, "/en/deliverables/note/versions/2/paragraphs/1/", 404 if hidden != "old" else 200)


def test_pages_are_only_read(visitor: Client, versions: Any) -> None:
    assert visitor.post("/en/deliverables/note/changes/1/2/").status_code == 405
    assert visitor.post("/en/deliverables/note/versions/1/paragraphs/1/").status_code == 405


def test_the_history_of_a_paragraph(visitor: Client, versions: Any) -> None:
    root = read(visitor, "/en/deliverables/note/versions/1/paragraphs/1/")
    first, second = root.all("section", class_="part")
    assert "speaks of testing" in first.text
    assert "1 comment on ¶ 1" in first.text
    assert second.one("div", class_="para").get("id") == "v2-p2"
    assert second.one("ins").text == "inserted: tests"
    assert "Plainer words." in second.text
    same = read(visitor, "/en/deliverables/note/versions/2/paragraphs/2/")
    assert (
        same.one("main").text.replace("¶ 2", "¶ 1").split("What this")[1]
        == root.one("main").text.split("What this")[1]
    )


def test_the_history_of_a_removed_paragraph_ends_with_its_removal(visitor: Client, versions: Any) -> None:
    _first, second = read(visitor, "/en/deliverables/note/versions/1/paragraphs/4/").all("section", class_="part")
    assert second.one("span", class_="is-removed").text == "removed"
    assert second.one("del").text == "deleted: An end."


@pytest.mark.parametrize("number", ["0", "5", "99999999999999999999"])
def test_paragraphs_that_there_are_not_have_no_history(visitor: Client, versions: Any, number: str) -> None:
    read(visitor, f"/en/deliverables/note/versions/1/paragraphs/{number}/", 404)


def test_the_reading_page_leads_to_the_history(visitor: Client, versions: Any) -> None:
    old = read(visitor, "/en/deliverables/note/versions/1/")
    links = {
        p.get("id"): [a.text for a in p.all("a") if "/paragraphs/" in a.get("href")]
        for p in old.all("div", class_="para")
    }
    assert links == {
        "p1": ["edited in version 2"],
        "p2": [],
        "p3": ["moved in version 2"],
        "p4": ["removed in version 2"],
    }
    new = read(visitor, "/en/deliverables/note/")
    assert "What changed since version 1" in new.text


def test_a_comment_on_an_older_version_tells_what_became_of_its_paragraph(visitor: Client, versions: Any) -> None:
    comment = Comment.objects.get()
    link = next(a for a in read(visitor, comment.get_absolute_url()).all("a") if "/paragraphs/" in a.get("href"))
    assert link.text == "¶ 1: edited in version 2"


def compared(tmp_path: Path, *options: str) -> str:
    for name, body in (("old.md", FIRST), ("new.md", f"---\ntitle: Head\n---\n{SECOND}")):
        (tmp_path / name).write_text(body)
    out = StringIO()
    call_command("compare_texts", str(tmp_path / "old.md"), str(tmp_path / "new.md"), *options, stdout=out)
    return out.getvalue()


def test_texts_outside_the_portal_are_compared_the_same(tmp_path: Path) -> None:
    told = compared(tmp_path)
    assert told.startswith("Paragraphs: 1 kept, 1 edited, 1 moved, 1 removed, 1 added\n")
    assert "¶ 2 (before: ¶ 1) edited\nThe first paragraph speaks of [-testing-]{+tests+}.\n" in told.replace(
        "-] {+", "-]{+"
    )


def test_and_as_a_list(tmp_path: Path) -> None:
    assert json.loads(compared(tmp_path, "--json")) == [
        {"kind": "moved", "old": [3], "new": [1]},
        {"kind": "edited", "old": [1], "new": [2]},
        {"kind": "kept", "old": [2], "new": [3]},
        {"kind": "removed", "old": [4], "new": []},
        {"kind": "added", "old": [], "new": [4]},
    ]


@pytest.mark.parametrize(("data", "told"), [(None, "cannot be read"), (b"\xff\xfe", "is not UTF-8")])
def test_files_that_cannot_be_compared(tmp_path: Path, data: bytes | None, told: str) -> None:
    if data:
        (tmp_path / "old.md").write_bytes(data)
    (tmp_path / "new.md").write_text("One.")
    with pytest.raises(CommandError, match=told):
        call_command("compare_texts", str(tmp_path / "old.md"), str(tmp_path / "new.md"))
