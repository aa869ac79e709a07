"""The preview shows what will be seen, keeps all that was typed, and writes nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Comment, LanguageClosing, MailAddress
from tests.comments.loop import code_of, errors_on_top, filled, form_url, kept, page_of, send, typed
from tests.factories import make_closed_consultation, make_consultation, make_published_comment, paragraph_of

pytestmark = pytest.mark.django_db
SENT: dict[str, Any] = {
    "body": "First <b>line\nwith https://example.org/\n\n> quoted",
    "language": "ar",
    "name_kind": "pseudonym",
    "name": "Zoë <1>",
    "organisation": "Société",
    "place": "011",
    "consulted_count": "12",
    "consulted_how": "By telephone",
    "consulted_language": "sw",
    "email": "zoe@example.org",
}


def previewed(client: Client, url: str, sent: dict[str, Any]) -> Any:
    """Press the button, and assert that nothing is written."""
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, sent | {"preview": "1"})
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []
    assert not any("FOR UPDATE" in q["sql"] for q in queries)
    return response


def test_looks_as_it_will(visitor: Client) -> None:
    """It is the same block that the page will show, but for the number and the link to reply."""
    consultation = make_consultation()
    url, sent = form_url(consultation, paragraph=2), filled(**SENT | {"place": "ZM"})
    response = previewed(visitor, url, sent)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    page = page_of(response)
    preview = page.one("section", class_="preview").one("article", class_="comment")
    assert "Zoë <1>" in preview.all("p", class_="comment-head")[0].text
    assert "on ¶ 2" in preview.text
    assert "zoe@" not in preview.text
    assert preview.get("id") == ""
    body = preview.one("div", class_="comment-body")
    assert (body.get("lang"), body.get("dir")) == ("ar", "rtl")
    values = {k: v for k, v in sent.items() if k not in ("form_key", "email", "homepage") and v}
    del values["consulted_count"], values["consulted_how"], values["consulted_language"]
    made = make_published_comment(consultation, paragraph_key=paragraph_of(consultation, 2).key, **values)
    public = page_of(visitor.get(made.get_absolute_url())).one("div", class_="comment-body")
    assert str(public) == str(body) or public.text == body.text


def test_keeps_everything(visitor: Client) -> None:
    """And sent from there it is the comment that was previewed."""
    url, sent = form_url(make_consultation()), filled(**SENT)
    again = typed(page_of(previewed(visitor, url, sent)))
    assert {name: again[name] for name in sent} == {name: value.replace("\r", "") for name, value in sent.items()}
    assert not Comment.objects.exists()
    assert code_of(visitor.post(url, again)) == code_of(visitor.post(url, sent | {"stamp": again["stamp"]}))
    assert Comment.objects.count() == MailAddress.objects.count() == 1


def test_groups_that_are_used_stand_open(visitor: Client) -> None:
    """What was filled in is not hidden; what was not stays folded."""
    url = form_url(make_consultation())
    for sent, expected in (({}, 0), (SENT, 2), ({"consulted_how": "By telephone"}, 1), ({"email": "x"}, 1)):
        page = page_of(visitor.post(url, filled(**sent, preview="1")))
        assert len([e for e in page.one("form", class_="form").all("details") if "open" in e.attributes]) == expected


def test_reply(visitor: Client) -> None:
    """A reply is shown without the paragraph, below the comment it replies to."""
    consultation = make_consultation()
    make_published_comment(consultation, paragraph_key=paragraph_of(consultation).key)
    page = page_of(previewed(visitor, form_url(consultation, reply_to=1), filled()))
    assert "on ¶" not in page.one("section", class_="preview").text
    assert page.all("article", id="c1")


def test_error_comes_first(visitor: Client) -> None:
    """There is no preview of what cannot be sent."""
    response = previewed(visitor, form_url(make_consultation()), filled(body=""))
    assert response.status_code == 400
    assert page_of(response).all("section", class_="preview") == []


def test_closed(visitor: Client) -> None:
    """Nobody polishes in vain: the preview says that it is too late, and gives the text back."""
    response = previewed(visitor, form_url(make_closed_consultation()), filled(body="Too late"))
    assert response.status_code == 409
    assert kept(page_of(response)) == "Too late"


@pytest.mark.parametrize("button", [{}, {"preview": "1"}], ids=["send", "preview"])
def test_one_language_closed(visitor: Client, button: dict[str, Any]) -> None:
    """The page says for which languages there is time left, by the consultation's clock."""
    consultation = make_consultation(timezone="Asia/Tokyo")
    LanguageClosing.objects.create(
        consultation=consultation, language="fr", closes_at=consultation.opens_at.replace(microsecond=1, second=1)
    )
    late = LanguageClosing.objects.create(
        consultation=consultation, language="ar", closes_at=consultation.closes_at.replace(hour=22, minute=30)
    )
    response = send(visitor, consultation, body="Trop tard", language="fr", **button)
    assert response.status_code == 409
    page = page_of(response)
    assert kept(page) == "Trop tard"
    assert "Asia/Tokyo" in page.one("main").text
    assert "Arabic: until" in page.one("main").text
    assert "07:30" in page.one("main").text  # next day, in Tokyo
    assert "French: until" not in page.one("main").text
    assert "other languages: until" in page.one("main").text
    assert send(visitor, consultation, language="ar", **button).status_code in (200, 201)
    assert late.closes_at.hour == 22


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"consulted_how": "By telephone"}, "Say how many people were consulted."),
        ({"consulted_language": "sw"}, "Say how many people were consulted."),
        ({"consulted_count": "0"}, "greater than or equal to 1"),
        ({"consulted_count": "-3"}, "greater than or equal to 1"),
        ({"consulted_count": "many"}, "whole number"),
        ({"consulted_count": "9" * 30}, "less than or equal to"),
        ({"consulted_count": "3", "consulted_how": "x" * 301}, "300 characters"),
        ({"consulted_count": "3", "consulted_language": "xx"}, "valid choice"),
    ],
    ids=range(8),
)
def test_others_consulted_badly(visitor: Client, fields: dict[str, Any], message: str) -> None:
    """It is said beside the field, in a group that stands open, with all that was typed."""
    response = send(visitor, make_consultation(), **fields)
    assert response.status_code == 400
    page = page_of(response)
    assert message in errors_on_top(page)
    values = typed(page)
    assert all(values.get(name) == value for name, value in fields.items() if value != "xx")
    assert [e for e in page.one("form", class_="form").all("details") if "open" in e.attributes]


def test_others_consulted(visitor: Client) -> None:
    """How many, how, in which language; digits of any script."""
    code_of(send(visitor, make_consultation(), **SENT | {"consulted_count": "١٢"}))
    comment = Comment.objects.get()
    assert (comment.consulted_count, comment.consulted_how, comment.consulted_language) == (12, "By telephone", "sw")
