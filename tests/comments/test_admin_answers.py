"""Answers in the admin."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from comments.models import Answer, Consultation
from comments.submission import withdraw
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.comments.test_submission import at_once
from tests.conftest import signed_in
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_point,
    make_published_comment,
    make_user,
    make_version,
)

pytestmark = pytest.mark.django_db
FORM = "answer_form"


def new_url(**query: Any) -> str:
    """Return the address of the form of a new answer."""
    return f"{address(Answer, 'add')}?{urlencode(query)}"


def answer(client: Client, about: Consultation, points: str, **fields: Any) -> Any:
    """Send the form for a new answer."""
    url = new_url(consultation=about.pk, points=points)
    values = {"disposition": "accepted", "texts-0-reason": "We changed it."}
    return client.post(url, typed(client.get(url), FORM) | values | fields)


def edit(client: Client, found: Answer, **fields: Any) -> Any:
    """Send the form of an answer that is there."""
    url = address(found, "change")
    return client.post(url, typed(client.get(url), FORM) | fields)


def labels(found: Answer) -> list[str]:
    """Return the points of an answer."""
    return [point.label for point in found.points.order_by("comment__number", "position")]


@pytest.fixture
def consultation() -> Consultation:
    """Three comments, the second of which has two points."""
    made = make_consultation()
    for _ in range(3):
        make_published_comment(made)
    second = made.comments.get(number=2)
    second.points.update(text="A remark")
    make_point(second, "number")
    return made


def test_answer_is_signed_by_who_writes_it(consultation: Consultation) -> None:
    author, colleague = make_user("Editor"), make_user("Editor")
    response = answer(signed_in(author), consultation, "1", answered_by=colleague.pk, state="published")
    assert response.status_code == 302, errors(response)
    found = Answer.objects.get()
    assert (found.answered_by, found.state, labels(found)) == (author, "draft", ["1.1"])
    response = edit(signed_in(colleague), found, **{"texts-0-reason": "We changed half of it."})
    assert response.status_code == 302, errors(response)
    found.refresh_from_db()
    assert (found.answered_by, found.texts.get().reason) == (author, "We changed half of it.")


def test_one_answer_for_many_points(editor: Client, consultation: Consultation) -> None:
    response = answer(editor, consultation, "¶ 3; 2، 2.1")
    assert response.status_code == 302, errors(response)
    found = Answer.objects.get()
    assert labels(found) == ["2.1", "2.2", "3.1"]
    form = typed(editor.get(address(found, "change")), FORM)
    assert form["points"] == "2.1, 2.2, 3.1"
    assert edit(editor, found, points="2.2").status_code == 302
    assert labels(found) == ["2.2"]


def test_words_of_the_points_stand_below_the_form(editor: Client, consultation: Consultation) -> None:
    page = page_of(editor.get(new_url(consultation=consultation.pk, points="2.2,1")))
    below = page.one("section", class_="points-below").all("li")
    assert [item.one("a").text for item in below] == ["1.1", "2.2"]
    found = make_answer(consultation.comments.get(number=1), state="draft", published_at=None)
    response = edit(editor, found, points="2.2", disposition="")
    text = page_of(response).one("section", class_="points-below").text
    assert "saving takes it out" in text


@pytest.mark.parametrize(
    ("points", "fields", "wrong"),
    [
        ("1", {"texts-0-reason": "", "texts-0-language": "fr"}, "This field is required."),
        ("1", {"disposition": "ignored"}, "valid choice"),
        ("1", {"consultation": "999999"}, "valid choice"),
        ("1, 4, x, 2.3, 99999999999", {}, "no such point to answer in this consultation: 4, x, 2.3, 99999999999."),
        ("1", {"changed_version": "1"}, "no version 1 later"),
        ("1", {"changed_version": "3"}, "no version 3 later"),
        ("1", {"changed_paragraphs": "1"}, "in which version"),
        ("1", {"changed_version": "2", "changed_paragraphs": "1, 77, x"}, "no such paragraph: 77, x."),
        ("1", {"changed_version": "2", "disposition": "not-accepted"}, "changed nothing"),
    ],
)
def test_answer_that_is_not_right(
    editor: Client, consultation: Consultation, points: str, fields: dict[str, str], wrong: str
) -> None:
    make_version(consultation.version.deliverable, state="draft", published_at=None)
    response = answer(editor, consultation, points, **fields)
    assert response.status_code == 200
    assert wrong in errors(response)
    assert typed(response, FORM)["points"] == points
    assert not Answer.objects.exists()


def test_points_that_cannot_be_answered(editor: Client, consultation: Consultation) -> None:
    make_comment(consultation)
    taken_back, elsewhere = make_published_comment(consultation), make_published_comment()
    withdraw(taken_back)
    assert elsewhere.number == 1
    response = answer(editor, consultation, f"{taken_back.number}")
    assert f"no such point to answer in this consultation: {taken_back.number}." in errors(response)
    assert answer(editor, elsewhere.consultation, "2").status_code == 200
    assert not Answer.objects.exists()


def test_changed_paragraphs_are_typed_as_numbers(editor: Client, consultation: Consultation) -> None:
    later = make_version(consultation.version.deliverable, state="draft", published_at=None)
    response = answer(editor, consultation, "1", changed_version="2", changed_paragraphs="¶ 3, 1")
    assert response.status_code == 302, errors(response)
    found = Answer.objects.get()
    keys = later.texts.get().paragraphs.filter(number__in=[1, 3]).values_list("key", flat=True)
    assert set(found.changed_paragraphs.values_list("pk", flat=True)) == set(keys)
    assert typed(editor.get(address(found, "change")), FORM)["changed_paragraphs"] == "1, 3"
    assert edit(editor, found, changed_paragraphs="").status_code == 302
    assert not found.changed_paragraphs.exists()


def test_point_of_a_colleagues_draft_is_taken_on_purpose_alone(editor: Client, consultation: Consultation) -> None:
    theirs = make_answer(consultation.comments.get(number=1), state="draft", published_at=None)
    response = answer(editor, consultation, "1, 3")
    assert response.status_code == 200
    assert f"1.1 has an answer by decider already: accepted ({theirs.pk}, draft)." in errors(response)
    assert labels(theirs) == ["1.1"]
    response = answer(editor, consultation, "1, 3", move="on")
    assert response.status_code == 302, errors(response)
    assert labels(theirs) == []
    assert "Taken out of other drafts: 1.1." in page_of(editor.get(address(Answer, "changelist"))).text


def test_point_of_a_published_answer_stays_there(editor: Client, consultation: Consultation) -> None:
    theirs = make_answer(consultation.comments.get(number=1))
    response = answer(editor, consultation, "1, 3", move="on")
    assert "1.1 has an answer by decider already" in errors(response)
    assert labels(theirs) == ["1.1"]


def test_colleague_changed_the_points_meanwhile(editor: Client, consultation: Consultation) -> None:
    found = make_answer(consultation.comments.get(number=1), state="draft", published_at=None)
    other = signed_in(make_user("Editor"))
    url = address(found, "change")
    form = typed(other.get(url), FORM)
    assert edit(editor, found, points="1, 3").status_code == 302
    response = other.post(url, form | {"points": "1, 2.1"})
    assert response.status_code == 409
    below = page_of(response).one("section", class_="points-below")
    assert "3.1 It" not in below.text
    assert "saving takes it out" in below.text
    assert labels(found) == ["1.1", "3.1"]
    assert other.post(url, typed(response, FORM) | {"points": "1, 2.1, 3"}).status_code == 302
    assert labels(found) == ["1.1", "2.1", "3.1"]


@pytest.mark.django_db(transaction=True)
def test_two_editors_answer_the_same_point_at_the_same_moment() -> None:
    """One draft is made; the other editor reads whose it is, and has every word still in the form."""
    made = make_consultation()
    make_published_comment(made)
    editors = [signed_in(make_user(is_superuser=True)) for _ in range(3)]
    responses = at_once([partial(answer, client, made, "1", **{"texts-0-reason": "Mine."}) for client in editors])
    assert sorted(response.status_code for response in responses) == [200, 200, 302]
    for response in responses:
        if response.status_code == 200:
            assert "has an answer by" in errors(response)
            assert typed(response, FORM)["texts-0-reason"] == "Mine."
    assert labels(Answer.objects.get()) == ["1.1"]


def test_draft_is_reviewed_published_and_withdrawn(editor: Client, consultation: Consultation) -> None:
    assert answer(editor, consultation, "1", _review="x").status_code == 302
    found = Answer.objects.get()
    assert found.state == "review"
    for button, state in (("_publish", "published"), ("_withdraw", "withdrawn"), ("_publish", "published")):
        assert f'name="{button}"' in editor.get(address(found, "change")).content.decode()
        assert edit(editor, found, **{button: "x"}).status_code == 302
        found.refresh_from_db()
        assert found.state == state


def test_answer_that_lacks_something_is_saved_and_not_published(editor: Client, consultation: Consultation) -> None:
    response = answer(editor, consultation, "", _publish="x")
    assert response.status_code == 302, errors(response)
    assert Answer.objects.get().state == "draft"
    page = page_of(editor.get(address(Answer, "changelist")))
    assert "It answers no point of a published comment yet." in page.text


def test_published_answer_keeps_a_point_and_stays(editor: Client, consultation: Consultation) -> None:
    found = make_answer(consultation.comments.get(number=1))
    assert "at least one point" in errors(edit(editor, found, points=""))
    assert editor.post(address(found, "delete"), {"post": "yes"}).status_code == 403
    draft = make_answer(consultation.comments.get(number=3), state="draft", published_at=None)
    assert edit(editor, draft, points="").status_code == 302
    assert editor.post(address(draft, "delete"), {"post": "yes"}).status_code == 302
    assert list(Answer.objects.all()) == [found]


def test_history_publishes_nothing(editor: Client, consultation: Consultation) -> None:
    found = make_answer(consultation.comments.get(number=1))
    assert edit(editor, found, _withdraw="x").status_code == 302
    record = found.history.order_by("history_id").first()
    url = address(found, "restore", "answer", record.history_id)
    assert editor.post(url).status_code == 409
    found.refresh_from_db()
    assert found.state == "withdrawn"


def test_many_are_published_once_that_is_confirmed(editor: Client, consultation: Consultation) -> None:
    drafts = [make_answer(c, state="draft", published_at=None) for c in consultation.comments.order_by("number")]
    drafts[2].texts.update(ready=False)
    chosen = {"action": "publish_all", "_selected_action": [draft.pk for draft in drafts]}
    url = address(Answer, "changelist")
    response = editor.post(url, chosen)
    assert response.status_code == 200
    assert not Answer.objects.public().exists()
    response = editor.post(url, typed(response, "publish_form") | chosen, follow=True)
    assert set(Answer.objects.public()) == set(drafts[:2])
    text = page_of(response).text
    assert "Done with 2 answers." in text
    assert "It has no text that is ready." in text


def test_many_are_sent_to_review(editor: Client, consultation: Consultation) -> None:
    drafts = [make_answer(c, state="draft", published_at=None) for c in consultation.comments.all()]
    chosen = {"action": "ask_for_review", "_selected_action": [draft.pk for draft in drafts]}
    editor.post(address(Answer, "changelist"), chosen)
    assert set(Answer.objects.values_list("state", flat=True)) == {"review"}


def test_writers_without_the_right_publish_nothing(consultation: Consultation) -> None:
    writer = make_user("Editor")
    writer.groups.clear()
    names = ["view_answer", "add_answer", "change_answer", "add_answertext", "change_answertext", "view_consultation"]
    writer.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = signed_in(writer)
    response = answer(client, consultation, "1")
    assert response.status_code == 302, errors(response)
    draft = Answer.objects.get()
    assert "_publish" not in client.get(address(draft, "change")).content.decode()
    assert edit(client, draft, _publish="x").status_code == 403
    chosen = {"action": "publish_all", "_selected_action": [draft.pk], "confirmed": "yes"}
    client.post(address(Answer, "changelist"), chosen)
    assert not Answer.objects.public().exists()
    published = make_answer(consultation.comments.get(number=3))
    assert client.get(address(published, "change")).status_code == 200
    assert client.post(address(published, "change"), {"texts-0-reason": "Said otherwise."}).status_code == 403


def test_others_answer_nothing(moderator: Client, coordinator: Client) -> None:
    found = make_answer(make_published_comment())
    assert moderator.get(address(found, "change")).status_code == 200
    assert moderator.post(address(found, "change"), {"disposition": "noted"}).status_code == 403
    assert moderator.get(address(Answer, "add")).status_code == 403
    for url in (address(Answer, "add"), address(found, "change"), address(Answer, "changelist")):
        assert coordinator.get(url).status_code == 403


def test_withdrawn_comment_leaves_the_form_of_its_answer(editor: Client) -> None:
    """Its words are shown to nobody, and its number does not keep the answer from being saved."""
    consultation = make_consultation()
    answer = make_answer(make_published_comment(consultation))
    gone = make_published_comment(consultation, body="Zygomorphic")
    gone.points.update(answer=answer)
    withdraw(gone)
    response = editor.get(address(answer, "change"))
    assert response.context["adminform"].form["points"].value() == "1.1"
    assert "Zygomorphic" not in response.content.decode()


@pytest.mark.parametrize("consultation", ["9" * 30, "9" * 5000])
def test_new_answer_to_no_consultation(editor: Client, consultation: str) -> None:
    """The page's address may name one that cannot be."""
    assert editor.get(address(Answer, "add"), {"consultation": consultation, "points": "1"}).status_code == 200
