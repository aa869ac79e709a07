"""Editors see what became of each paragraph before a version is published, correct it, and say why."""

from typing import Any

import pytest
from django.test import Client

from campaign.models import Version, VersionText
from tests.campaign.admin_pages import address
from tests.campaign.test_changes import told
from tests.factories import make_consultation, make_deliverable, make_published_comment, make_version
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
FIRST = (
    "The first paragraph speaks of testing.\n\nThe second one is about treatment and care.\n\nThe last says thanks.\n"
)
SECOND = "Entirely other words.\n\nThe second one is about treatment and home care.\n\nThe last says thanks.\n"


@pytest.fixture
def draft() -> Version:
    """A draft redrafted from a version that drew comment 1."""
    consultation = make_consultation(make_version(body=FIRST))
    make_published_comment(consultation)
    return make_version(consultation.version.deliverable, body=SECOND, state="draft", published_at=None)


def page(client: Client, version: Version) -> Element:
    response = client.get(address(version, "changes"))
    assert response.status_code == 200
    return parse(response.content.decode())


def send(client: Client, version: Version, **fields: Any) -> Any:
    """Send the form as it stands, but for these fields; `__` stands for `-`."""
    form = next(f for f in page(client, version).all("form"))
    values: dict[str, Any] = {}
    for field in form:
        if (name := field.get("name")) and "disabled" not in field.attributes:
            if field.tag == "select":
                values[name] = next(o.get("value") for o in field.all("option") if "selected" in o.attributes)
            else:
                values[name] = field.get("value") if field.tag == "input" else field.text
    return client.post(address(version, "changes"), values | {k.replace("__", "-"): v for k, v in fields.items()})


def test_the_page_shows_what_was_found(editor: Client, draft: Version) -> None:
    found = page(editor, draft)
    assert [state.text for state in found.one("header", class_="head").all("span", class_="state")] == [
        *("edited", "removed", "added")
    ]
    assert found.one("input", name="from-2").get("value") == "2"
    assert found.one("input", name="from-1").get("value") == ""
    assert "inserted: home" in [ins.text for ins in found.all("ins")]


def test_a_match_is_corrected_by_hand_and_explained(editor: Client, draft: Version) -> None:
    assert told(draft) == [("removed", [1], []), ("added", [], [1]), ("edited", [2], [2]), ("kept", [3], [3])]
    response = send(editor, draft, from__1="1", reason__p2="Care at home was asked for.", comments__p2="1")
    assert response.status_code == 302
    assert told(draft) == [("edited", [1], [1]), ("edited", [2], [2]), ("kept", [3], [3])]
    changes = draft.changes.order_by("pk")
    assert [change.by_hand for change in changes] == [True, False, False]
    assert (changes[1].reason, [c.number for c in changes[1].comments.all()]) == ("Care at home was asked for.", [1])
    assert page(editor, draft).one("input", name="comments-p2").get("value") == "1"


def test_a_correction_can_split_and_merge(editor: Client, draft: Version) -> None:
    assert send(editor, draft, from__1="2", from__2="2", from__3="1, 3").status_code == 302
    assert told(draft) == [("split", [2], [1, 2]), ("merged", [1, 3], [3])]


def test_a_correction_can_take_a_match_back(editor: Client, draft: Version) -> None:
    assert send(editor, draft, from__2="").status_code == 302
    kinds = [kind for kind, _old, _new in told(draft)]
    assert sorted(kinds) == ["added", "added", "kept", "removed", "removed"]
    keys = set(VersionText.objects.get(version=draft).paragraphs.values_list("key", flat=True))
    assert len(keys) == 3


def test_translations_follow_a_correction(editor: Client, draft: Version) -> None:
    VersionText.objects.create(version=draft, language="fr", title="Note", body="Un.\n\nDeux.\n\nTrois.\n")
    send(editor, draft, from__1="1")
    keys = [list(text.paragraphs.values_list("key", flat=True)) for text in draft.texts.all()]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"from__1": "9"}, "The version before has paragraphs 1 to 3."),
        ({"from__1": "0"}, "The version before has paragraphs 1 to 3."),
        ({"from__1": "first"}, "Write numbers, separated by commas."),
        ({"from__1": "2, 3"}, "what is merged cannot be split"),
        ({"comments__p2": "7"}, "There is no comment 7."),
        ({"comments__p2": "one"}, "Write numbers, separated by commas."),
        ({"reason__p2": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_mistakes_are_named_and_nothing_is_lost(
    editor: Client, draft: Version, fields: dict[str, str], error: str
) -> None:
    before = told(draft)
    response = send(editor, draft, **{"reason__was1": "Kept words."} | fields)
    assert response.status_code == 400
    root = parse(response.content.decode())
    assert any(error in found.text for found in root.all("ul", class_="errorlist"))
    assert root.one("textarea", name="reason-was1").text.strip() == "Kept words."
    assert told(draft) == before


def test_of_a_published_version_only_the_reasons_are_written(editor: Client, draft: Version) -> None:
    Version.objects.filter(pk=draft.pk).update(state="superseded", published_at="2026-01-01T00:00:00Z")
    before = told(draft)
    assert send(editor, draft, from__1="1", reason__p1="New.").status_code == 302
    assert told(draft) == before
    assert draft.changes.get(kind="added").reason == "New."


def test_a_first_version_has_nothing_to_compare_with(editor: Client) -> None:
    version = make_version(make_deliverable(), state="draft", published_at=None)
    assert "no version before this one" in page(editor, version).text


def test_saving_a_draft_tells_what_became_of_its_paragraphs(editor: Client, draft: Version) -> None:
    url = address(draft, "change")
    from tests.campaign.admin_pages import typed

    values = typed(editor.get(url), "version_form")
    response = editor.post(url, {**values, "texts-0-body": FIRST.replace("last", "third")}, follow=True)
    assert f'<a href="{address(draft, "changes")}">What changed</a> (edited: 1)' in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("moderator", 403), ("coordinator", 403), ("visitor", 302)])
def test_others_correct_nothing(who: str, status: int, draft: Version, request: pytest.FixtureRequest) -> None:
    client = request.getfixturevalue(who)
    assert client.get(address(draft, "changes")).status_code == status
    assert client.post(address(draft, "changes"), {"from-1": "1"}).status_code == status


def test_bad_ids_and_methods(editor: Client, draft: Version) -> None:
    assert editor.get(address(draft, "changes").replace(str(draft.pk), "999999")).status_code == 404
    assert editor.put(address(draft, "changes")).status_code == 405
