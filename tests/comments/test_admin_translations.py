"""Translations of comments in the admin: of published comments, by those who may."""

import pytest
from django.test import Client

from comments.models import CommentTranslation
from comments.redaction import redact
from comments.submission import withdraw
from tests.campaign.admin_pages import address, page_of, typed
from tests.conftest import signed_in
from tests.factories import make_comment, make_published_comment, make_translation, make_user

pytestmark = pytest.mark.django_db
ADD = address(CommentTranslation, "add")
FIELDS = {"language": "fr", "translator": "a volunteer", "body": "Une remarque."}


def test_translation_is_entered(editor: Client) -> None:
    comment = make_published_comment(body="A <b>remark</b>.")
    url = f"{ADD}?comment={comment.pk}"
    response = editor.get(url)
    assert page_of(response).one("pre", class_="comment-text").text == "A <b>remark</b>."
    sent = typed(response, "commenttranslation_form") | FIELDS
    assert editor.post(url, sent).status_code == 302
    made = CommentTranslation.objects.get()
    assert (made.comment, made.language, made.entered_by.groups.get().name) == (comment, "fr", "Editor")
    assert editor.post(url, sent).status_code == 200
    assert CommentTranslation.objects.count() == 1


def test_only_of_what_is_published(editor: Client) -> None:
    comment = make_comment(body="Zygomorphic")
    response = editor.get(f"{ADD}?comment={comment.pk}")
    assert "Zygomorphic" not in response.content.decode()
    assert editor.post(ADD, FIELDS | {"comment": comment.pk}).status_code == 200
    assert not CommentTranslation.objects.exists()
    for wrong in ("x", "9" * 30, ""):
        assert editor.get(f"{ADD}?comment={wrong}").status_code == 200


def test_gone_with_its_comment(editor: Client) -> None:
    translation = make_translation(body="Zygomorphe")
    withdraw(translation.comment)
    assert editor.get(address(translation, "change")).status_code == 302


@pytest.mark.parametrize("role", ["Moderator", "Network coordinator", ""])
def test_others_enter_none(role: str) -> None:
    client = signed_in(make_user(role))
    comment = make_published_comment()
    assert client.post(ADD, FIELDS | {"comment": comment.pk}).status_code == 403
    assert not CommentTranslation.objects.exists()


def test_words_taken_out_meanwhile_do_not_come_back(editor: Client) -> None:
    """A translation of what was there before is refused, with all that was typed; after another look it is taken."""
    comment = make_published_comment(body="Ask Sara about it.")
    url = f"{ADD}?comment={comment.pk}"
    sent = typed(editor.get(url), "commenttranslation_form") | FIELDS | {"body": "Demandez à Sara."}
    redact(comment, by=make_user("Moderator"), typed="Ask [[Sara]] about it.", reason="endangers", destroy=True)
    response = editor.post(url, sent)
    assert response.status_code == 200 and "Words were taken out of this comment" in response.content.decode()
    assert not CommentTranslation.objects.exists()
    again = typed(response, "commenttranslation_form")
    assert again["body"] == "Demandez à Sara."
    assert editor.post(url, again | {"body": "Demandez."}).status_code == 302
