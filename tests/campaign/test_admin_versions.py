"""A version's form: drafts are written, what readers see is frozen."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from campaign.models import Deliverable, Version, VersionText
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import make_comment, make_consultation, make_deliverable, make_version

FORM = "version_form"

pytestmark = pytest.mark.django_db


def change(client: Client, version: Version, **changes: Any) -> Any:
    """Open a version's form, change these fields and send it; `__` stands for `-`."""
    url = address(version, "change")
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(url, {**typed(client.get(url), FORM), **named})


def text_of(version: Version) -> VersionText:
    """Return the English text as it is stored now."""
    return VersionText.objects.get(version=version, language="en")


def test_editor_writes_a_version(editor: Client) -> None:
    deliverable = make_deliverable()
    fields = typed(editor.get(address(Version, "add")), FORM)
    fields |= {"deliverable": deliverable.pk, "number": 1, "texts-0-title": "A draft"}
    response = editor.post(address(Version, "add"), {**fields, "texts-0-body": "## Part\n\nOne.\n\n- two"})
    assert response.status_code == 302, errors(response)
    version = Version.objects.get()
    assert version.state == "draft"
    assert [p.number for p in text_of(version).paragraphs.all()] == [None, 1, 2]


def test_draft_can_be_rewritten(editor: Client) -> None:
    version = make_version(state="draft", published_at=None)
    response = change(editor, version, texts__0__body="Rewritten.")
    assert response.status_code == 302, errors(response)
    assert text_of(version).body_html == "<p>Rewritten.</p>"


def test_text_that_readers_see_is_frozen(editor: Client) -> None:
    version = make_version()
    before = text_of(version)
    paragraphs = list(before.paragraphs.values())
    response = change(
        editor,
        version,
        texts__0__body="Rewritten.",
        texts__0__title="Renamed",
        texts__0__DELETE="on",
        deliverable=make_deliverable().pk,
        number=7,
    )
    assert response.status_code == 302, errors(response)
    after = text_of(version)
    version.refresh_from_db()
    assert (after.title, after.body, version.number) == (before.title, before.body, 1)
    assert list(after.paragraphs.values()) == paragraphs
    page = page_of(editor.get(address(version, "change")))
    assert "disabled" in page.one("textarea", name="texts-0-body").attributes
    assert "it is frozen" in page.text


def test_state_of_a_public_version_can_change(editor: Client) -> None:
    version = make_version()
    response = change(editor, version, state="superseded", texts__0__body="Rewritten.")
    assert response.status_code == 302, errors(response)
    version.refresh_from_db()
    assert version.state == "superseded"
    assert "Rewritten" not in text_of(version).body


def test_taking_a_version_back_and_rewriting_it_are_two_steps(editor: Client) -> None:
    version = make_version()
    change(editor, version, state="draft", texts__0__body="Rewritten.")
    assert "Rewritten" not in text_of(version).body
    change(editor, version, texts__0__body="Rewritten.")
    assert text_of(version).body == "Rewritten."


def test_translations_of_a_public_version_are_written_until_they_are_ready(editor: Client) -> None:
    version = make_version(body="A paragraph.")
    french = {"language": "fr", "title": "Version 1", "body": "Un paragraphe."}
    added = {f"texts__1__{name}": value for name, value in french.items()}
    response = change(editor, version, texts__TOTAL_FORMS="2", texts__1__version=version.pk, texts__1__id="", **added)
    assert response.status_code == 302, errors(response)
    text = VersionText.objects.get(version=version, language="fr")
    assert not text.ready
    change(editor, version, texts__1__body="Un autre.", texts__1__ready="on")
    text.refresh_from_db()
    assert (text.body, text.ready) == ("Un autre.", True)
    change(editor, version, texts__1__body="Trop tard.")
    text.refresh_from_db()
    assert text.body == "Un autre."


def test_original_and_translation_are_held_to_each_other_as_they_are_sent(editor: Client) -> None:
    version = make_version(body="One.", state="draft", published_at=None)
    VersionText.objects.create(version=version, language="fr", title="Version 1", body="Un.")
    ready = {"texts__0__ready": "on", "texts__1__ready": "on"}
    response = change(editor, version, texts__0__body="One.\n\nTwo.", texts__1__body="Un.\n\nDeux.", **ready)
    assert response.status_code == 302, errors(response)
    response = change(editor, version, texts__0__body="One.\n\nTwo.\n\nThree is longer than these.", **ready)
    assert "Paragraph 3 of the original is missing here: “Three is" in errors(response)
    assert text_of(version).body == "One.\n\nTwo."


def test_a_version_taken_back_stays_frozen_once_it_drew_comments(editor: Client) -> None:
    consultation = make_consultation()
    make_comment(consultation)
    version = consultation.version
    change(editor, version, state="draft")
    response = change(editor, version, texts__0__body="Rewritten.")
    assert response.status_code == 302, errors(response)
    assert "Rewritten" not in text_of(version).body


def test_version_whose_time_has_not_come_is_not_frozen(editor: Client) -> None:
    version = make_version(published_at=timezone.now() + timedelta(days=1))
    change(editor, version, texts__0__body="Rewritten.")
    assert text_of(version).body == "Rewritten."


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"state": "consultation"}, "Name the consultation"),
        ({"state": "final", "published_at_0": "", "published_at_1": ""}, "Say from when it is public."),
        ({"number": "0"}, "violated"),
        ({"number": ""}, "This field is required."),
        ({"number": "70000"}, "less than or equal to 32767"),
        ({"deliverable": "999"}, "valid choice"),
        ({"texts__0__title": ""}, "This field is required."),
        ({"texts__0__title": "x" * 201}, "at most 200 characters"),
        ({"texts__0__language": "xx"}, "valid choice"),
        ({"texts__0__body": "a\0b"}, "Null characters"),
        ({"published_at_0": "soon", "published_at_1": "now"}, "Enter a valid date."),
    ],
)
def test_what_is_not_right_is_said_and_kept(editor: Client, changes: dict[str, str], wrong: str) -> None:
    version = make_version(state="draft", published_at=None)
    response = change(editor, version, texts__0__summary="Kept as typed", **changes)
    assert response.status_code == 200
    assert wrong in errors(response)
    assert page_of(response).one("input", name="texts-0-summary").get("value") == "Kept as typed"
    version.refresh_from_db()
    assert version.state == "draft"


def test_one_final_version(editor: Client) -> None:
    deliverable = make_deliverable()
    make_version(deliverable)
    # Public, so that its deliverable is fixed: the rule must hold all the same.
    second = make_version(deliverable, state="superseded")
    assert "Another version is final" in errors(change(editor, second, state="final"))


def test_consultation_of_a_public_version_stays(editor: Client) -> None:
    consultation = make_consultation()
    version = consultation.version
    response = change(editor, version, consultation="")
    assert response.status_code == 302, errors(response)
    version.refresh_from_db()
    assert version.consultation == consultation


def test_two_texts_in_one_language(editor: Client) -> None:
    version = make_version(state="draft", published_at=None)
    again = {f"texts__1__{name}": value for name, value in {"language": "en", "title": "Again", "id": ""}.items()}
    response = change(editor, version, texts__TOTAL_FORMS="2", texts__1__version=version.pk, **again)
    assert response.status_code == 200
    assert "language" in errors(response)


def test_public_versions_are_not_deleted(administrator: Client) -> None:
    public, draft = make_version(), make_version(state="draft", published_at=None)
    assert administrator.post(address(public, "delete"), {"post": "yes"}).status_code == 403
    selected = {"action": "delete_selected", "_selected_action": [public.pk, draft.pk], "post": "yes"}
    assert administrator.post(address(Version, "changelist"), selected).status_code == 403
    assert Version.objects.count() == 2
    assert administrator.post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert list(Version.objects.all()) == [public]


def test_log_tells_which_fields_and_no_text(editor: Client) -> None:
    version = make_version(state="draft", published_at=None)
    change(editor, version, texts__0__body="Words that no log holds.")
    message = LogEntry.objects.get().change_message
    assert "Text" in message
    assert "Words" not in message


@pytest.mark.parametrize("who", ["moderator", "coordinator"])
def test_others_write_no_versions(who: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    version = make_version(state="draft", published_at=None)
    for url in (address(version, "change"), address(Version, "add"), address(Deliverable, "add")):
        assert client.post(url, {"state": "final"}).status_code == 403
