"""`manage.py load_seeds`: points, answers, the report, and what staff decided since."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from comments.erasure import erase
from comments.marks import mark
from comments.models import (
    Answer,
    Comment,
    CommentState,
    CommentTranslation,
    Consultation,
    DateChange,
    ModerationEvent,
    Point,
    Report,
    WatchedWord,
)
from comments.submission import withdraw
from tests.campaign.test_load_seeds import CONSULTATION, _media, change, load, refused, seeds, write

__all__ = ["_media", "seeds"]

pytestmark = pytest.mark.django_db
FIRST = "consultations/draft/comments/001.md"
SECOND = "consultations/draft/comments/002.md"
THIRD = "consultations/draft/comments/003.md"
WAITING = "consultations/draft/comments/101.md"
ANSWER = "consultations/draft/answers/both.en.md"
REPORT = "consultations/draft/report.en.md"
WORDS = "watched-words/adverts.md"
MORE = {
    "deliverables/note/version-2.en.md": (
        "---\ntitle: Note, version 2\nnumber: 2\nstate: final\n---\n\n"
        "## Heading\n\nOne, said better.\n\nTwo.\n\nThree.\n"
    ),
    FIRST: (
        "---\nlanguage: pt\nname_kind: none\nparagraph: 2\nreceived_at: 2026-03-03T09:00:00Z\n"
        "points:\n  - text: Muito bem.\n    kind: support\n"
        "  - text: >-\n      Peço uma frase\n      sobre isto.\n    paragraph: 1\n    kind: proposal\n"
        "translations:\n  en:\n    translator: a volunteer\n    body: |\n      Very good.\n---\n\n"
        "Muito bem.\n\nPeço uma\nfrase sobre isto.\n"
    ),
    THIRD: (
        "---\nlanguage: en\nname_kind: none\nkind: question\nchannel: letter\nconsulted_count: 4\nalike: 2\n"
        "received_at: 2026-03-06T09:00:00Z\n---\nWhy on [[redacted: endangers]] of all days?\n"
    ),
    WAITING: (
        "---\nlanguage: en\nname_kind: none\nstate: pending\nheld_for: [links]\n"
        "received_at: 2026-03-07T09:00:00Z\n---\nLook there.\n"
    ),
    ANSWER: (
        '---\npoints: "1.2, 2"\ndisposition: accepted\nchanged_version: 2\nchanged_paragraphs: [1, 3]\n'
        "published_at: 2026-10-20T09:00:00Z\n---\n\nParagraph 1 says it now.\n"
    ),
    "consultations/draft/answers/both.fr.md": "---\n---\n\nLe paragraphe 1 le dit.\n",
    "consultations/draft/answers/rest.en.md": '---\npoints: "1.1, 3"\ndisposition: noted\n---\n\nThank you.\n',
    REPORT: "---\ntitle: Report\nanswered: |\n  All of it.\nchanged: |\n  A word.\n---\n\nMuch.\n",
    WORDS: "---\nwords:\n  - word: casino\n    note: An advert.\n---\n",
}


@pytest.fixture
def more(seeds: Path) -> Path:
    """Return the small folder with what became of its comments."""
    for path, text in MORE.items():
        write(seeds, path, text)
    change(
        seeds, CONSULTATION, "deliverable: note", "timezone: Europe/Vienna\npolicy: |\n  Be kind.\ndeliverable: note"
    )
    change(seeds, CONSULTATION, "\n---\n", "\nclosings:\n  ar: 2026-06-30T09:00:00Z\n---\n")
    return seeds


def comment(number: int) -> Comment:
    """Return a published comment."""
    return Comment.objects.get(number=number)


def points() -> list[tuple[str, str, int | None, str]]:
    """Return the points: label, words, paragraph, kind."""
    return [
        (p.label, p.text, p.paragraph_key.paragraphs.first().number if p.paragraph_key else None, p.kind)  # type: ignore[union-attr]
        for p in Point.objects.order_by("comment__number", "position")
    ]


def test_comments_are_split_into_points(more: Path) -> None:
    """Their words are kept as the comment has them, wherever the file breaks its lines."""
    load(more)
    assert points() == [
        ("1.1", "Muito bem.", 2, "support"),
        ("1.2", "Peço uma\nfrase sobre isto.", 1, "proposal"),
        ("2.1", "", None, ""),
        ("3.1", "", None, "question"),
    ]


def test_answers_are_given_to_their_points(more: Path) -> None:
    """One answer to two points, in two languages, with the paragraphs that changed."""
    load(more)
    answer = Answer.objects.public().get(disposition="accepted")
    assert [point.label for point in answer.points.all()] == ["1.2", "2.1"]
    assert {text.language: text.reason for text in answer.texts.all()} == {
        "en": "Paragraph 1 says it now.",
        "fr": "Le paragraphe 1 le dit.",
    }
    numbers = answer.changed_paragraphs.filter(paragraphs__text__version__number=2)
    assert set(numbers.values_list("paragraphs__number", flat=True)) == {1, 3}
    assert (answer.changed_version, answer.answered_by.username) == (2, "seeds")
    assert answer.published_at == datetime(2026, 10, 20, 9, tzinfo=UTC)
    assert not Point.objects.open().exists()


def test_the_rest_is_loaded_too(more: Path) -> None:
    """Translations, a letter, what is alike, rules, the report, watched words."""
    load(more)
    translation = CommentTranslation.objects.get()
    assert (translation.comment.number, translation.language, translation.body) == (1, "en", "Very good.")
    third = comment(3)
    assert (third.channel, third.entered_by, third.consulted_count) == ("letter", third.decided_by, 4)
    assert third.alike == comment(2)
    consultation = Consultation.objects.get()
    assert consultation.timezone == "Europe/Vienna"
    assert consultation.texts.get().policy_html == "<p>Be kind.</p>"
    assert consultation.closing("ar") == datetime(2026, 6, 30, 9, tzinfo=UTC)
    report = Report.objects.public().get()
    assert consultation.report_at == report.published_at
    assert report.counted_at
    text = report.texts.get()
    assert (text.body_html, text.answered_html) == ("<p>Much.</p>", "<p>All of it.</p>")
    assert WatchedWord.objects.get().note == "An advert."


def test_words_that_were_taken_out_are_marked(more: Path) -> None:
    """The file holds no original; the events say so."""
    load(more)
    third = comment(3)
    assert third.body == f"Why on {mark('endangers')} of all days?"
    assert third.redacted_at == third.decided_at
    assert list(third.events.values_list("action", "reason")) == [("redact-for-good", "endangers"), ("publish", "")]


def test_a_pending_comment_waits_without_a_number(more: Path) -> None:
    """It has neither decision nor point."""
    load(more)
    waiting = Comment.objects.pending().get()
    assert (waiting.number, waiting.decided_by, waiting.published_at, waiting.held_for) == (
        None,
        None,
        None,
        ["links"],
    )
    assert not waiting.points.exists()
    assert not waiting.events.exists()


def test_a_second_run_changes_nothing(more: Path) -> None:
    """Nor does it count again."""
    load(more)
    before = Report.objects.get().counted_at, list(Point.objects.values())
    assert {line.split(": ")[1].split()[0] for line in load(more)} == {"left"}
    assert before == (Report.objects.get().counted_at, list(Point.objects.values()))


def test_says_what_it_changed(more: Path) -> None:
    """Each kind in its words."""
    load(more)
    change(more, FIRST, "kind: support", "kind: experience")
    change(more, FIRST, "Very good.", "Well done.")
    change(more, ANSWER, "[1, 3]", "[1]")
    change(more, ANSWER, '"1.2, 2"', '"1.2"')
    change(more, "consultations/draft/answers/both.fr.md", "Le paragraphe", "Paragraphe")
    change(more, CONSULTATION, "ar: 2026-06-30", "ar: 2026-07-31")
    said = load(more)
    assert "comments: changed 1 (draft 1: point 1 kind, en translation body), left 3" in said
    assert "answers: changed 1 (draft both: changed_paragraphs, fr reason), left 1" in said
    assert "consultations: changed 1 (draft: ar closes_at)" in said


def test_a_point_that_a_file_adds_gets_its_answer(more: Path) -> None:
    """The point waited without one."""
    change(more, ANSWER, '"1.2, 2"', '"1.2"')
    load(more)
    assert [point.label for point in Point.objects.open()] == ["2.1"]
    change(more, ANSWER, '"1.2"', '"1.2, 2"')
    assert "answers: changed 1 (draft both: points), left 1" in load(more)
    assert not Point.objects.open().exists()


def test_nothing_is_answered_to_a_comment_that_is_gone(more: Path) -> None:
    """Neither a withdrawn nor an erased one; an answer to none but such is not made."""
    (more / ANSWER).unlink()
    (more / "consultations/draft/answers/both.fr.md").unlink()
    (more / "consultations/draft/answers/rest.en.md").unlink()
    load(more)
    withdraw(comment(2))
    erase(comment(3))
    for path in (ANSWER, "consultations/draft/answers/rest.en.md"):
        write(more, path, MORE[path])
    change(more, "consultations/draft/answers/rest.en.md", '"1.1, 3"', "3")
    assert "answers: created 1, left 1" in load(more)
    assert [point.label for point in Point.objects.exclude(answer=None)] == ["1.2"]


def test_what_staff_answered_stands(more: Path) -> None:
    """The seeds' answer goes to the other point alone; with none left it isn't made."""
    rest = "consultations/draft/answers/rest.en.md"
    (more / rest).unlink()
    load(more)
    staff = User.objects.create(username="editor")
    theirs = Answer.objects.create(consultation=Consultation.objects.get(), disposition="noted", answered_by=staff)
    Point.objects.filter(comment=comment(3)).update(answer=theirs)
    write(more, rest, MORE[rest])
    assert "answers: created 1, left 1" in load(more)
    assert Point.objects.get(comment=comment(3)).answer == theirs
    assert Point.objects.get(comment=comment(1), position=1).answer != theirs
    Point.objects.filter(comment=comment(1), position=1).update(answer=theirs)
    assert "answers: left 2" in load(more)


def test_what_staff_decided_stands(more: Path) -> None:
    """Redacted, split, approved, extended: the files speak of none of it any more."""
    load(more)
    Comment.objects.filter(number=2).update(body="Y", redacted_at=timezone.now())
    Point.objects.create(comment=comment(1), position=3, text="Muito")
    Point.objects.filter(comment=comment(1), position=1).update(text="bem.")
    by = User.objects.get()
    Comment.objects.pending().update(
        state=CommentState.PUBLISHED, number=4, published_at=timezone.now(), decided_at=timezone.now(), decided_by=by
    )
    row = Consultation.objects.get()
    later = row.closes_at + timedelta(days=30)
    DateChange.objects.create(consultation=row, kind="extended", before=row.closes_at, after=later, note="More", by=by)
    Consultation.objects.update(closes_at=later, answered_at=later)
    row.closings.update(closes_at=later)
    assert {"comments: left 4", "consultations: left 1"} <= set(load(more))
    row.refresh_from_db()
    assert (row.closes_at, row.answered_at, row.closing("ar")) == (later, later, later)
    assert comment(2).body == "Y"
    assert [point.text for point in comment(1).points.all()] == ["bem.", "Peço uma\nfrase sobre isto.", "Muito"]
    assert comment(4).body == "Look there."
    assert ModerationEvent.objects.count() == 4


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (FIRST, "text: Muito bem.", "text: Muito mal.", f"{FIRST}:7: text: these are no words of the comment"),
        (FIRST, "text: Muito bem.\n    kind", "kind", f"{FIRST}:7: say which words of the comment it is (text)"),
        (FIRST, "paragraph: 1", "paragraph: 9", f"{FIRST}:12: paragraph: the last paragraph is 2"),
        (FIRST, "kind: support", "kind: praise", f"{FIRST}:8: kind: Value 'praise' is not a valid choice."),
        (FIRST, "kind: support", "sort: support", f"{FIRST}:8: sort: unknown key"),
        (FIRST, "  en:\n    translator", "  xx:\n    translator", f"{FIRST}:15: xx: unknown key"),
        (FIRST, "translator: a volunteer", "by: a volunteer", f"{FIRST}:16: by: unknown key"),
        (FIRST, "paragraph: 2\n", "points: 3\nparagraph: 2\n", f"{FIRST}:7: points: given twice"),
        (THIRD, "kind: question", "points: all", f"{THIRD}:4: points: write a list of points"),
        (
            THIRD,
            "kind: question",
            "translations: none",
            f"{THIRD}:4: translations: write one translation per language",
        ),
        (THIRD, "kind: question", "translations:\n  fr: non", f"{THIRD}:5: fr: write its translator and its body"),
        (THIRD, "redacted: endangers", "redacted: dull", f"{THIRD}:10: body: “dull” is no reason to take words out"),
        (THIRD, "alike: 2", "alike: 7", f"{THIRD}:7: alike: there is no earlier comment 7"),
        (ANSWER, "1.2, 2", "1.2, two", f"{ANSWER}:2: points: write the labels of points"),
        (ANSWER, "1.2, 2", "1.4", f"{ANSWER}:2: points: there is no point 1.4"),
        (ANSWER, "1.2, 2", "77", f"{ANSWER}:2: points: there is no point 77"),
        (ANSWER, "1.2, 2", "1.2, 1.2", f"{ANSWER}:2: points: point 1.2 has another answer"),
        (ANSWER, "[1, 3]", "[9]", f"{ANSWER}:5: changed_paragraphs: the last paragraph is 3"),
        (ANSWER, "[1, 3]", "all", f"{ANSWER}:5: changed_paragraphs: write a list of numbers"),
        (ANSWER, "version: 2", "version: 1", f"{ANSWER}:4: changed_version: there is no later version 1"),
        (ANSWER, "changed_version: 2\n", "", f"{ANSWER}:2: changed_version: write a whole number"),
        (ANSWER, "accepted", "granted", f"{ANSWER}:3: disposition: Value 'granted' is not a valid choice."),
        (ANSWER, "Paragraph 1 says it now.", "", f"{ANSWER}:8: reason: This field cannot be blank."),
        (CONSULTATION, "  ar: 2026-06-30T09:00:00Z", "  ar: soon", f"{CONSULTATION}:11: closes_at: write a moment"),
        (
            CONSULTATION,
            "closings:\n  ar: 2026-06-30T09:00:00Z",
            "closings: late",
            f"{CONSULTATION}:10: closings: write one",
        ),
        (CONSULTATION, "Europe/Vienna", "Europe/Nowhere", f"{CONSULTATION}:3: timezone: "),
        (REPORT, "changed: |", "charged: |", f"{REPORT}:5: charged: unknown key"),
        (WORDS, "word: casino", "wort: casino", f"{WORDS}:3: wort: unknown key"),
        (WORDS, "words:\n  - word: casino\n    note: An advert.", "words: casino", f"{WORDS}:2: words: write a list"),
    ],
)
def test_refuses_broken_files(more: Path, path: str, old: str, new: str, said: str) -> None:
    """File, line and what to do; nothing is loaded."""
    change(more, path, old, new)
    assert refused(more)[0].startswith(said)
    assert not Answer.objects.exists()


def test_no_point_has_two_answers(more: Path) -> None:
    """The second file is told which is the first."""
    path = "consultations/draft/answers/rest.en.md"
    change(more, path, "1.1, 3", "1, 3")
    assert refused(more) == [f"{path}:2: points: point 1.2 has another answer, draft both"]
