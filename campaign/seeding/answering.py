"""What became of comments: the answers to their points, the report that closes a consultation; watched words."""

import re
from typing import Any

from campaign.models import Paragraph, Version
from campaign.seeding.documents import moderator, paragraph_key
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import Entry, Rows, get
from campaign.seeding.tree import MAIN, Thing
from comments.models import Answer, AnswerText, Comment, CommentState, Consultation, Point, Report, WatchedWord
from comments.reporting import recount

# Comment 12, or its second point.
LABEL = re.compile(r"[1-9]\d*(\.[1-9]\d*)?", re.ASCII)


class Answers(Kind):
    """An answer is known again by its points. What somebody else answered meanwhile stands."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load an answer, unless none of its points is public any more or staff answered them all."""
        with rows.problems.collect():
            points = _points(thing, rows)
            theirs = [point for point in points if point.answer and point.answer.answered_by != moderator()]
            free = [point for point in points if point not in theirs]
            if not free:
                rows.entry(thing.name, Answer()).created = False
                return
            row = next((point.answer for point in free if point.answer), None) or Answer(answered_by=moderator())
            self.derive(row, thing, rows)
            entry = rows.entry(thing.name, row)
            entry.save(row, thing.main, self.columns)
            self.load_parts(row, thing, entry)
            waiting = Point.objects.filter(pk__in=[point.pk for point in free], answer=None)
            if waiting.update(answer=row) and not entry.created:
                entry.changes.append("points")

    def derive(self, row: Answer, thing: Thing, rows: Rows) -> None:
        """Name the consultation; find the paragraphs that changed, by their numbers in the new version."""
        head = thing.main
        row.consultation = rows.find(Consultation, thing.slug, head)
        numbers = head.get("changed_paragraphs", [])
        if not isinstance(numbers, list) or any(type(number) is not int for number in numbers):
            raise Broken(head.problem("write a list of numbers", "changed_paragraphs"))
        if numbers or "changed_version" in head:
            in_ = _paragraphs(row.consultation, head.whole("changed_version"), head, rows)
            keys = {paragraph_key(number, in_, head, "changed_paragraphs", rows).pk for number in numbers}
            head.add("changed_paragraphs", keys, head.lines.get("changed_paragraphs", head.line))

    def load_text(self, row: Answer, language: str, head: Head, entry: Entry) -> AnswerText:
        """Load one language's reason, which is what stands below the head."""
        head.add("reason", head["body"], head.lines["body"])
        text = get(AnswerText, answer=row, language=language)
        entry.save(text, head, ("reason",), "" if language == MAIN else language)
        return text


def _paragraphs(consultation: Consultation, number: int, head: Head, rows: Rows) -> Any:
    """Return the paragraphs of a later version of what was consulted on."""
    consulted = Version.objects.select_related("deliverable").filter(consultation=consultation).first()
    if consulted is None:
        raise rows.missing(head.problem("the consultation is about no version"), expected=True)
    found = Paragraph.objects.filter(
        text__version__deliverable=consulted.deliverable,
        text__version__number=number,
        text__version__number__gt=consulted.number,
    )
    if not found.exists():
        expected = rows.seeds.has(Version, consulted.deliverable.slug, number)
        raise rows.missing(head.problem(f"there is no later version {number}", "changed_version"), expected=expected)
    return found


def _labels(head: Head) -> list[str]:
    """Return the labels of the points that an answer is to, as “3.1, 7.2, 20”."""
    labels = [label.strip() for label in str(head.get("points", "")).split(",")]
    wrong = [label for label in labels if not LABEL.fullmatch(label)]
    if wrong:
        raise Broken(head.problem(f"write the labels of points, as “3.1, 7.2, 20”, not “{wrong[0]}”", "points"))
    return labels


def _points(thing: Thing, rows: Rows) -> list[Point]:
    """Return the points that an answer is to, but for those of comments that are not public any more."""
    points: list[Point] = []
    for label in _labels(thing.main):
        found = _labelled(label, thing, rows)
        for point in found:
            first = rows.answered.setdefault(point.pk, thing.name)
            if first != thing.name or point in points:
                raise Broken(thing.main.problem(f"point {point.label} has another answer, {first}", "points"))
        points += found
    return [point for point in points if point.comment.state == CommentState.PUBLISHED]


def _labelled(label: str, thing: Thing, rows: Rows) -> list[Point]:
    """Return the point `3.1`, or all of comment `3`."""
    number, _, position = label.partition(".")
    points = Point.objects.filter(comment__consultation__slug=thing.slug, comment__number=int(number))
    if position:
        points = points.filter(position=int(position))
    named = list(points.select_related("comment", "answer__answered_by"))
    if not named:
        problem = thing.main.problem(f"there is no point {label}", "points")
        raise rows.missing(problem, expected=rows.seeds.has(Comment, thing.slug, int(number)))
    return named


class Reports(Kind):
    """The report of the consultation in whose folder it lies."""

    def row(self, thing: Thing, rows: Rows) -> Report:
        """Return the report, as it stands or new."""
        return get(Report, consultation=rows.find(Consultation, thing.slug, thing.main))

    def load_parts(self, row: Report, thing: Thing, entry: Entry) -> None:
        """Load the texts, and count once: later, editors count again when they see fit."""
        super().load_parts(row, thing, entry)
        if row.counted_at is None:
            recount(row, by=moderator())


class WatchedWords(Kind):
    """A file lists words."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Load the words that a file lists."""
        with rows.problems.collect():
            words = thing.main.get("words")
            if not isinstance(words, list) or not all(isinstance(head, Head) for head in words):
                raise Broken(thing.main.problem("write a list of words, each as “word: …”", "words"))
            for head in words:
                with rows.problems.collect():
                    head.check_keys(("word", "note"))
                    row = get(WatchedWord, word=head.get("word", ""))
                    rows.entry(str(head.get("word")), row).save(row, head, ("word", "note"))


ANSWERS = Answers(
    Answer,
    "consultations/<slug>/answers/<name>.<language>.md",
    ("disposition", "changed_version", "changed_paragraphs"),
    text_fields=("body",),
    keys=("points",),
)
REPORTS = Reports(
    Report,
    "consultations/<slug>/report.<language>.md",
    text_fields=("title", "summary", "body", "answered", "changed"),
)
WATCHED_WORDS = WatchedWords(WatchedWord, "watched-words/<slug>.md", text_fields=(), keys=("words",))
