"""Campaign mail is found, in any script; what only speaks of the same things is not."""

from random import Random

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comments.alikeness import ENOUGH, MOST, SIZE, likeness, shingles
from comments.models import Comment, Consultation
from comments.submission import withdraw
from tests.comments.loop import code_of, send
from tests.factories import make_comment, make_consultation

LETTER = (
    "We ask you to keep the opening hours of the evening clinic, because people who work by day cannot come at any "
    "other time, and because nobody else in the whole district offers a test without asking for papers first."
)
OTHER = (
    "Peer workers should be paid like everybody else. They bring the trust that an office never has, and they keep "
    "coming when a project ends; paragraph nine should say who pays them, how much, and for how many years."
)
CHINESE = (
    "我们请求保留晚间门诊的开放时间，因为白天工作的人无法在其他时间前来，而且整个地区没有其他机构在不查看证件的情况下提供检测。"
    * 2
)


def alike(one: str, other: str) -> bool:
    """Whether two texts count as alike."""
    return likeness(shingles(one), shingles(other)) >= ENOUGH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LETTER, LETTER.upper()),
        (LETTER, LETTER.replace(" ", "\n").replace(",", " –")),
        (LETTER, "Dear all, " + LETTER + " Yours, Zoë"),
        (LETTER, LETTER.replace("evening clinic", "night clinic")),
        (CHINESE, CHINESE.replace("，", " ")),
        (CHINESE, "您好！" + CHINESE),
    ],
    ids=["case", "spaces", "greeting", "two words", "Chinese", "Chinese greeting"],
)
def test_alike(one: str, other: str) -> None:
    """The same letter with one's own greeting, or a word changed."""
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(LETTER, OTHER), (LETTER, CHINESE), ("I agree.", "I agree."), (LETTER, LETTER[:90] + OTHER), (LETTER, "")],
    ids=["another", "another script", "short", "one sentence in common", "nothing"],
)
def test_not_alike(one: str, other: str) -> None:
    """Another text, or too little to tell."""
    assert not alike(one, other)


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text(one: str, other: str) -> None:
    """Whatever it is: a few numbers that the database takes, the same each time; likeness runs from 0 to 1."""
    sketch = shingles(one)
    assert len(sketch) <= SIZE
    assert sketch == sorted(set(sketch)) == shingles(one)
    assert all(-(2**31) <= number < 2**31 for number in sketch)
    assert 0 <= likeness(sketch, shingles(other)) <= 1
    assert not sketch or likeness(sketch, sketch) == 1


@pytest.fixture
def consultation(db: None) -> Consultation:
    """An open one."""
    return make_consultation()


def sent(client: Client, consultation: Consultation, body: str) -> Comment:
    """Send a comment and return its row."""
    code_of(send(client, consultation, body=body))
    return Comment.objects.latest("pk")


def test_group(visitor: Client, consultation: Consultation) -> None:
    """The first heads the group and is not held for it; each later one names it, and is a comment of its own."""
    first = sent(visitor, consultation, LETTER)
    assert (first.alike, first.held_for) == (None, ["stamp"])
    for number in range(3):
        later = sent(visitor, consultation, f"{LETTER} Number {number}")
        assert (later.alike, later.held_for) == (first, ["stamp", "alike"])
    assert sent(visitor, consultation, OTHER).alike is None
    assert first.likenesses.count() == 3


def test_only_within_a_consultation(visitor: Client, consultation: Consultation) -> None:
    """The same letter to another consultation is not a repetition; nor is what its author sent and took back."""
    withdraw(sent(visitor, consultation, LETTER))
    assert sent(visitor, consultation, LETTER).alike is None
    assert sent(visitor, make_consultation(), LETTER).alike is None


def test_many_others_between(visitor: Client, consultation: Consultation) -> None:
    """A letter is found behind hundreds of newer comments that share words with it."""
    first = sent(visitor, consultation, LETTER)
    words, dice = f"{LETTER} {OTHER}".split(), Random(7)
    for _ in range(MOST + 50):
        body = " ".join(dice.choices(words, k=60))
        make_comment(consultation, body=body, shingles=shingles(body))
    assert sent(visitor, consultation, f"Hello! {LETTER}").alike == first
