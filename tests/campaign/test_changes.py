"""What became of each paragraph is stored when a version is saved, and no comment loses what it was about."""

from itertools import pairwise
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.models import Change, ChangeEnd, Deliverable, Paragraph, Version, VersionText
from campaign.paragraphs import base_of, number_paragraphs
from campaign.tracing import trace
from publishing.models import ParagraphKey
from tests.factories import (
    make_comment,
    make_consultation,
    make_deliverable,
    make_published_comment,
    make_version,
    paragraph_of,
)

pytestmark = pytest.mark.django_db
DRAFT: dict[str, Any] = {"state": "draft", "published_at": None}
FIRST = (
    "The first paragraph speaks of testing.\n\nThe second one is about treatment and care.\n\nThe last says thanks.\n"
)


def redraft(deliverable: Deliverable, body: str, **fields: Any) -> Version:
    """Return the next version, a draft unless told otherwise."""
    return make_version(deliverable, body=body, **DRAFT | fields)


def text_of(version: Version, language: str = "en") -> VersionText:
    return VersionText.objects.get(version=version, language=language)


def told(version: Version) -> list[tuple[str, list[int], list[int]]]:
    """Return the stored changes with the numbers of their paragraphs."""
    base = base_of(version)
    numbers = {
        ChangeEnd.Side.OLD: dict(Paragraph.objects.filter(text=base).values_list("key", "number")),
        ChangeEnd.Side.NEW: dict(Paragraph.objects.filter(text=text_of(version)).values_list("key", "number")),
    }
    found = []
    for change in version.changes.order_by("pk").prefetch_related("ends"):
        ends = [(end.side, numbers[ChangeEnd.Side(end.side)][end.key_id] or 0) for end in change.ends.all()]
        found.append(
            (
                change.kind,
                sorted(n for side, n in ends if side == "old"),
                sorted(n for side, n in ends if side == "new"),
            )
        )
    return found


def say(version: Version, body: str) -> None:
    """Write the English text anew."""
    text = text_of(version)
    text.body = body
    text.save()


def test_the_first_version_changed_nothing() -> None:
    assert told(make_version(body=FIRST)) == []


def test_a_redraft_tells_what_became_of_each_paragraph() -> None:
    first = make_version(state="superseded", body=FIRST)
    second = redraft(
        first.deliverable,
        "The last says thanks.\n\nSomething new.\n\nThe first paragraph speaks of tests.\n\n"
        "The second one is about treatment.\n",
    )
    assert told(second) == [
        ("moved", [3], [1]),
        ("added", [], [2]),
        ("edited", [1], [3]),
        ("edited", [2], [4]),
    ]


def test_an_edited_paragraph_keeps_its_key_and_a_new_one_gets_its_own() -> None:
    first = make_version(state="superseded", body=FIRST)
    old = list(text_of(first).paragraphs.values_list("key", flat=True))
    second = redraft(first.deliverable, "New words.\n\n" + FIRST.replace("speaks", "tells"))
    new = list(text_of(second).paragraphs.values_list("key", flat=True))
    assert new[1:] == old
    assert new[0] not in old


def test_split_and_merged_paragraphs_keep_one_key_and_the_other_is_told() -> None:
    first = make_version(
        state="superseded",
        body="A longer sentence about tests. Short on care.\n\nTail one here.\n\nTail two there now.\n",
    )
    old = list(text_of(first).paragraphs.values_list("key", flat=True))
    second = redraft(
        first.deliverable, "A longer sentence about tests.\n\nShort on care.\n\nTail one here. Tail two there now.\n"
    )
    new = list(text_of(second).paragraphs.values_list("key", flat=True))
    assert told(second) == [("split", [1], [1, 2]), ("merged", [2, 3], [3])]
    assert new[0] == old[0]
    assert new[1] not in old
    assert new[2] == old[2]


def test_saving_a_draft_again_is_matched_with_the_version_before_not_with_the_draft() -> None:
    first = make_version(state="superseded", body=FIRST)
    second = redraft(first.deliverable, "Nothing of it is left here.\n")
    assert [kind for kind, _old, _new in told(second)] == ["removed", "removed", "removed", "added"]
    say(second, FIRST)
    assert [kind for kind, _old, _new in told(second)] == ["kept", "kept", "kept"]
    keys = [list(text_of(v).paragraphs.values_list("key", flat=True)) for v in (first, second)]
    assert keys[0] == keys[1]


def test_reasons_and_comments_stay_with_their_paragraph_when_the_draft_is_saved_again() -> None:
    consultation = make_consultation(make_version(body=FIRST))
    comment = make_published_comment(consultation)
    second = redraft(consultation.version.deliverable, FIRST.replace("speaks", "tells"))
    change = second.changes.get(kind="edited")
    change.reason, change.language = "Plainer.", "fr"
    change.save()
    change.comments.add(comment)
    say(second, "Fresh.\n\n" + FIRST.replace("speaks", "talks"))
    again = second.changes.get(kind="edited")
    assert (again.reason, again.language, list(again.comments.all())) == ("Plainer.", "fr", [comment])


def test_what_was_corrected_by_hand_stays_as_long_as_its_paragraphs_do() -> None:
    first = make_version(state="superseded", body=FIRST)
    second = redraft(first.deliverable, "Entirely other words stand here.\n\n" + FIRST.split("\n\n", 1)[1])
    assert told(second)[0][0] == "removed"
    keys = [
        text_of(v).paragraphs.filter(number=1).values_list("key", flat=True)[0] or uuid4() for v in (first, second)
    ]
    second.changes.filter(ends__key__in=keys).delete()
    change = Change.objects.create(version=second, base=first, kind="edited", by_hand=True)
    for side, key in zip(("old", "new"), keys, strict=True):
        ChangeEnd.objects.create(change=change, version=second, side=side, key_id=key)
    number_paragraphs(text_of(second))
    assert told(second)[0] == ("edited", [1], [1])
    assert text_of(second).paragraphs.get(number=1).key_id == keys[0]
    say(second, "Before it.\n\nEntirely other words stand here.\n\n" + FIRST.split("\n\n", 1)[1])
    assert ("edited", [1], [2]) in told(second)
    say(second, FIRST.split("\n\n", 1)[1])
    assert told(second)[0] == ("removed", [1], [])
    assert not second.changes.filter(by_hand=True).exists()


def test_a_draft_is_matched_anew_when_the_draft_before_it_changes() -> None:
    first = make_version(body=FIRST, **DRAFT)
    second = redraft(first.deliverable, FIRST)
    say(first, "Another beginning.\n\n" + FIRST)
    assert told(second) == [("removed", [1], []), ("kept", [2], [1]), ("kept", [3], [2]), ("kept", [4], [3])]


def test_the_version_that_another_was_redrafted_from_is_not_deleted() -> None:
    first = make_version(body=FIRST, **DRAFT)
    redraft(first.deliverable, FIRST)
    with pytest.raises(ProtectedError):
        first.delete()


def test_no_paragraph_has_two_fates() -> None:
    first = make_version(state="superseded", body=FIRST)
    second = redraft(first.deliverable, FIRST)
    end = ChangeEnd.objects.filter(version=second, side="old")[0]
    change = Change.objects.create(version=second, base=first, kind="removed")
    with pytest.raises(IntegrityError, match="changeend_one_fate"), transaction.atomic():
        ChangeEnd.objects.create(change=change, version=second, side="old", key=end.key)


def test_nothing_deletes_what_a_comment_is_about() -> None:
    consultation = make_consultation(make_version(body=FIRST))
    comment = make_published_comment(consultation, paragraph_key=paragraph_of(consultation).key)
    assert comment.paragraph_key is not None
    with pytest.raises(ProtectedError):
        comment.paragraph_key.delete()


@pytest.mark.parametrize("field", ["title", "summary", "body", "language", "ready"])
def test_the_text_of_a_published_version_is_frozen_by_the_database(field: str) -> None:
    text = text_of(make_version(body=FIRST))
    values: dict[str, Any] = {"language": "fr", "ready": False}
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        VersionText.objects.filter(pk=text.pk).update(**{field: values.get(field, "Other.")})
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        text.delete()


def test_a_version_taken_back_is_frozen_once_it_drew_a_comment() -> None:
    consultation = make_consultation(make_version(body=FIRST))
    version = consultation.version
    Version.objects.filter(pk=version.pk).update(**DRAFT)
    say(version, FIRST.replace("last", "third"))
    make_comment(consultation)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        say(version, FIRST)


def test_a_translation_shares_keys_and_numbers() -> None:
    version = make_version(body=FIRST)
    VersionText.objects.create(
        version=version, language="fr", title="Note", body="Un.\n\n## Titre\n\nDeux.\n\nTrois.\n"
    )
    rows = [
        list(text_of(version, code).paragraphs.exclude(number=None).values_list("number", "key"))
        for code in ("en", "fr")
    ]
    assert rows[0] == rows[1]


LONG = "\n\n".join(
    ["Short.", "A rather longer paragraph that says quite a lot about one thing.", "- item", "Last words of it."]
)


WORDY = "Un paragraphe assez long qui en dit beaucoup, et même plus."


@pytest.mark.parametrize(
    ("french", "place"),
    [
        (
            "Court.\n\n- point\n\nDerniers mots du texte.\n",
            "Paragraph 2 of the original is missing here: “A rather longer",
        ),
        (
            f"Court.\n\n{WORDY}\n\n- point\n\n- autre\n\nFin du texte ici.\n",
            "here is none of the original’s: “",
        ),
        (
            f"Court.\n\n{WORDY}\n\nPas un point\n\nDerniers mots du texte.\n",
            "Paragraph 3 is another kind of block in the original (list item): “item”",
        ),
        ("", "Paragraph 1 of the original is missing here: “Short.”"),
        ("Court.", "of the original is missing here"),
    ],
)
def test_a_translation_that_lacks_or_adds_a_paragraph_is_refused_with_the_place(french: str, place: str) -> None:
    version = make_version(body=LONG)
    text = VersionText(version=version, language="fr", title="Note", body=french)
    with pytest.raises(ValidationError) as refused:
        text.full_clean()
    assert place in refused.value.message_dict["body"][0]
    with pytest.raises(ValidationError):
        text.save()
    text.ready = False
    text.full_clean()
    text.save()


def test_a_translation_that_falls_behind_its_original_is_no_longer_ready() -> None:
    version = make_version(body="One.\n\nTwo.\n", **DRAFT)
    VersionText.objects.create(version=version, language="fr", title="Note", body="Un.\n\nDeux.\n")
    say(version, "One and.\n\nTwo.\n")
    assert text_of(version, "fr").ready
    say(version, "One.\n\nTwo.\n\nThree.\n")
    assert not text_of(version, "fr").ready


def sentence(random: Random) -> str:
    return " ".join("".join(random.choices("abcdefghijklmnop", k=random.randint(4, 8))) for _ in range(10)) + "."


def mangled(paragraphs: list[str], random: Random) -> list[str]:
    """Return a redraft: some paragraphs edited, moved, split, merged, removed, and some new ones."""
    found = list(paragraphs)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(found)) if found else 0
        match random.choice(["edit", "move", "split", "merge", "remove", "add"]) if found else "add":
            case "edit":
                found[place] = found[place].replace(random.choice(found[place].split()), "word")
            case "move":
                found.insert(random.randrange(len(found)), found.pop(place))
            case "split":
                found[place : place + 1] = [f"{half.strip('. ')}." for half in found[place].split(". ", 1)]
            case "merge":
                found[place : place + 2] = [" ".join(found[place : place + 2])]
            case "remove":
                found.pop(place)
            case "add":
                found.insert(place, f"{sentence(random)} {sentence(random)}")
    return found


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(), st.integers(min_value=1, max_value=4))
def test_no_chain_of_redrafts_loses_the_paragraph_of_a_comment_silently(seed: int, length: int) -> None:
    """From version to version each paragraph either lives on or is stored as removed, and the trace finds it."""
    random = Random(seed)
    with transaction.atomic():
        paragraphs = [f"{sentence(random)} {sentence(random)}" for _ in range(6)]
        versions = [make_version(make_deliverable(), body="\n\n".join(paragraphs), **DRAFT)]
        for _ in range(length):
            paragraphs = mangled(paragraphs, random)
            versions.append(redraft(versions[0].deliverable, "\n\n".join(paragraphs)))
        way = trace(versions[0].deliverable, versions[-1].number)
        alive = {v.number: set(text_of(v).paragraphs.values_list("key", flat=True)) for v in versions}
        for before, after in pairwise(versions):
            if not alive[before.number]:
                break
            for key in alive[before.number]:
                end = ChangeEnd.objects.select_related("change").get(version=after, side="old", key=key)
                heirs = {e.key_id for e in end.change.ends.all() if e.side == "new"}
                assert heirs <= alive[after.number]
                assert bool(heirs) == (end.change.kind != "removed")
                assert all(way.root((before.number, key)) == way.root((after.number, heir)) for heir in heirs)
                if end.change.kind in ("kept", "edited", "moved"):
                    assert heirs == {key}
        assert ParagraphKey.objects.filter(pk__in=set().union(*alive.values())).count() == len(
            set().union(*alive.values())
        )
        transaction.set_rollback(True)
