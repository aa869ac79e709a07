"""What a report counts, and that nobody can work out from it what it withholds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from comments import reporting, subjects
from comments.models import Answer, Consultation, Point
from comments.reporting import FEW, Table, count, withhold
from publishing.models import ParagraphKey
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_point,
    make_published_comment,
    make_report,
    make_user,
    paragraph_of,
)

KEYS = "abcd"


def tables(total: int, keys: int) -> Iterator[dict[str, int]]:
    """Yield every table of four keys with this total, or of fewer."""
    if keys == 1:
        yield {KEYS[-1]: total}
        return
    for first in range(total + 1):
        yield from ({KEYS[-keys]: first} | rest for rest in tables(total - first, keys - 1))


def worked_out(counts: dict[str, int], size: int | None) -> dict[str, int]:
    """Return the small counts that a reader who knows the rule, the total and the keys can be sure of."""
    seen = withhold(counts, size)
    total = sum(counts.values())
    possible = [table for table in tables(total, len(KEYS)) if withhold(table, size) == seen]
    small = {key: n for key, n in counts.items() if 0 < n < FEW}
    return {key: n for key, n in small.items() if {table[key] for table in possible} == {n}}


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
@example([4, 4, 4, 5])
@example([4, 4, 4, 4])
@example([1, 1, 1, 30])
@example([1, 9, 9, 9])
@example([2, 2, 0, 9])
@example([1, 0, 0, 0])
def test_nothing_withheld_can_be_worked_out(counts: list[int]) -> None:
    """Whoever tries all tables that would look the same finds two counts or more for each that is small."""
    assert worked_out(dict(zip(KEYS, counts, strict=True)), len(KEYS)) == {}


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 60), max_size=9))
def test_small_counts_stand_nowhere(counts: dict[str, int]) -> None:
    """Neither alone nor together; what is told is right, and the total stays."""
    table = withhold(counts)
    if table is None:
        return
    assert all(counts[key] == n >= FEW for key, n in table["rows"])
    assert table["others"] == 0 or table["others"] >= FEW
    assert sum(n for _key, n in table["rows"]) + table["others"] == sum(counts.values())


@pytest.mark.parametrize(
    ("counts", "keys", "shown"),
    [
        ({}, None, {"rows": [], "others": 0}),
        ({"en": 4}, None, None),
        ({"en": 9, "fr": 5}, None, {"rows": [("en", 9), ("fr", 5)], "others": 0}),
        ({"en": 30, "fr": 9, "ar": 1}, None, {"rows": [("en", 30)], "others": 10}),
        ({"en": 30, "fr": 3, "ar": 3}, None, {"rows": [("en", 30)], "others": 6}),
        ({"a": 30, "b": 9, "c": 3, "d": 3}, 4, {"rows": [("a", 30)], "others": 15}),
        ({"a": 30, "b": 9, "c": 9, "d": 3}, 4, {"rows": [("a", 30)], "others": 21}),
    ],
)
def test_withheld(counts: dict[str, int], keys: int | None, shown: Table | None) -> None:
    """Small counts stand together, with the smallest of the others where they would be told alone."""
    assert withhold(counts, keys) == shown


@pytest.fixture
def consultation(db: None) -> Consultation:
    """A consultation that closed ten days ago."""
    now = timezone.now()
    return make_consultation(opens_at=now - timedelta(days=40), closes_at=now - timedelta(days=10))


def publish(consultation: Consultation, times: int, **fields: Any) -> list[Any]:
    """Publish comments that are alike."""
    return [make_published_comment(consultation, **fields) for _ in range(times)]


def test_counts(consultation: Consultation) -> None:
    """Comments, replies, points, paragraphs, kinds, languages, names, channels, dispositions."""
    key = paragraph_of(consultation).key
    first = publish(consultation, 6, paragraph_key=key, place="KE")[0]
    publish(consultation, 5, language="fr", name_kind="organisation", organisation="An organisation", place="ZM")
    publish(consultation, 1, reply_to=first, consulted_count=30, place="ZM")
    make_point(first, "A second point.", kind="question")
    answer = make_answer(first, disposition="in-part", published_at=timezone.now() - timedelta(days=4))
    Point.objects.filter(answer=answer).update(verdict="answers", verdict_at=timezone.now())
    figures = count(consultation)
    assert (figures["comments"], figures["replies"], figures["points"], figures["open"]) == (11, 1, 13, 12)
    assert figures["paragraphs"] == [
        {"number": 1, "comments": 6, "points": 7},
        {"number": None, "comments": 6, "points": 6},
    ]
    assert figures["kinds"] == [("question", 1)]
    assert figures["languages"] == {"rows": [("en", 7), ("fr", 5)], "others": 0}
    assert figures["names"] == {"rows": [("none", 7), ("organisation", 5)], "others": 0}
    assert figures["channels"] == {"rows": [("web", 12)], "others": 0}
    countries = {"rows": [("KE", 6), ("ZM", 6)], "others": 0}
    assert figures["places"] == {"rows": [{"key": "002", "count": 12, "countries": countries}], "others": 0}
    assert figures["dispositions"] == [("in-part", 1)]
    assert figures["verdicts"] is None
    assert figures["consulted"] == 30
    assert figures["days_to_answer"] == 6.0
    assert figures["changed"] == {"answers": 0, "paragraphs": 0}


def test_countries_with_few_comments_stand_with_others(consultation: Consultation) -> None:
    """So does a region with few; none told is no region."""
    publish(consultation, 7, place="KE")
    publish(consultation, 2, place="ZM")
    publish(consultation, 3, place="011")
    publish(consultation, 2, place="FR")
    publish(consultation, 8)
    africa = {"key": "002", "count": 12, "countries": {"rows": [("KE", 7)], "others": 5}}
    places = count(consultation)["places"]
    # Two from Europe would be told alone, so the smallest of the others stands with them.
    assert places == {"rows": [africa], "others": 10}


def test_what_is_not_public_is_not_counted(consultation: Consultation) -> None:
    """Refused, withdrawn and erased ones are told as one number, unless they are few."""
    decided = {"decided_at": timezone.now(), "decided_by": make_user()}
    make_comment(consultation)
    for _ in range(4):
        make_comment(consultation, state="refused", refusal_reason="hate", **decided)
    assert count(consultation)["unpublished"] is None
    make_comment(consultation, state="withdrawn", number=70, **decided)
    make_answer(make_published_comment(consultation), state="draft", published_at=None)
    figures = count(consultation)
    assert (figures["comments"], figures["unpublished"], figures["open"], figures["dispositions"]) == (1, 5, 1, [])


def test_what_changed_is_counted_as_readers_see_it(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two answers that changed one paragraph changed one."""
    answers = [make_answer(make_published_comment(consultation), changed_version=2) for _ in range(2)]
    make_answer(make_published_comment(consultation), changed_version=2, state="draft", published_at=None)
    changed = subjects.Changed(2, "/changes/", [(3, "/changes/#p3")])
    monkeypatch.setattr(subjects, "changes_provider", lambda rows: {row.pk: changed for row in rows})
    assert count(consultation)["changed"] == {"answers": 2, "paragraphs": 1}
    assert len(answers) == Answer.objects.public().count()


def test_counting_asks_a_fixed_number_of_questions(consultation: Consultation, django_assert_num_queries: Any) -> None:
    for times in (2, 20):
        for comment in publish(consultation, times, paragraph_key=paragraph_of(consultation).key):
            make_answer(comment)
        with django_assert_num_queries(10):
            count(consultation)


def test_a_paragraph_that_the_text_lost_counts_for_the_whole(consultation: Consultation) -> None:
    publish(consultation, 1, paragraph_key=ParagraphKey.objects.create())
    assert count(consultation)["paragraphs"] == [{"number": None, "comments": 1, "points": 1}]


def test_recount_stands_until_the_next(consultation: Consultation) -> None:
    """What happens later changes nothing that was counted."""
    publish(consultation, 5)
    report = make_report(consultation)
    publish(consultation, 1)
    report.refresh_from_db()
    assert report.figures["comments"] == 5
    assert reporting.recount(report, by=make_user("Editor")).figures["comments"] == 6
