"""Members speak in consultations in the name of their organisation."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from advocacy.models import MemberComment, Organisation
from comments import moderation, speaking
from comments.erasure import erase
from comments.models import Comment, Consultation
from comments.submission import withdraw
from tests.comments.loop import code_of, comment_url, errors_on_top, form_url, page_of, page_url, send, typed
from tests.conftest import signed_in
from tests.factories import make_comment, make_consultation, make_member_user, make_organisation, make_user

pytestmark = pytest.mark.django_db


def spoken(organisation: Organisation | None = None, **changes: Any) -> Comment:
    """Return a comment that a member sent, and that waits."""
    organisation = organisation or make_organisation()
    client = signed_in(make_member_user(organisation))
    code_of(send(client, make_consultation(), speaker=organisation.slug, **changes))
    return Comment.objects.get()


def decider() -> User:
    """Return a moderator."""
    return make_user("Moderator")


def test_a_member_speaks(visitor: Client, moderator: Client) -> None:
    """Name and place come from the profile; the comment waits, and once it is out it leads to the profile."""
    organisation = make_organisation(slug="zambia")
    client = signed_in(make_member_user(organisation))
    consultation = make_consultation()
    form = typed(page_of(client.get(form_url(consultation))))
    assert form["speaker"] == ""
    preview = page_of(
        client.post(form_url(consultation), form | {"body": "We say", "speaker": "zambia", "preview": 1})
    )
    assert preview.one("article").all("a", href="/en/network/zambia/")
    assert typed(preview)["speaker"] == "zambia"
    values = {"body": "We say", "speaker": "zambia", "name": "Zoe", "name_kind": "own-name", "place": "FR"}
    code_of(client.post(form_url(consultation), form | values))
    comment = Comment.objects.get()
    assert (comment.state, comment.name_kind, comment.name) == ("pending", "organisation", "")
    assert (comment.organisation, comment.place) == ("Title of zambia", "ZM")
    desk = moderator.get(reverse("admin:comments_comment_change", args=[comment.pk]))
    assert "signed in for this member of the network" in page_of(desk).text
    moderation.approve(comment, by=decider())
    comment.refresh_from_db()
    for page in (page_url(consultation), comment_url(comment)):
        (link,) = page_of(visitor.get(page)).one("article").all("a", href="/en/network/zambia/")
        assert link.text == "member of the network"
    Organisation.objects.update(state="draft")
    assert not page_of(visitor.get(comment_url(comment))).all("a", href="/en/network/zambia/")


@pytest.mark.parametrize(
    ("listing", "state", "told"),
    [("region", "published", ("Ours", "014")), ("unlisted", "draft", ("", "")), ("", "", ("", ""))],
)
def test_a_member_that_hides_while_it_speaks(listing: str, state: str, told: tuple[str, str]) -> None:
    """What was read of it before is taken off again; also where it was erased meanwhile."""
    organisation = make_organisation(slug="ours")
    comment = make_comment(name_kind="organisation", organisation="Ours", place="ZM")
    if listing:
        Organisation.objects.update(listing=listing, state=state)
    else:
        organisation.delete()
    with transaction.atomic():
        speaking.note(comment, speaking.Speaker("ours", "Ours", "ZM", "/en/network/ours/"))
    comment.refresh_from_db()
    assert (comment.organisation, comment.place) == told


def test_twice_is_once() -> None:
    """The same form sent again is the same comment, of the same member."""
    organisation = make_organisation()
    client = signed_in(make_member_user(organisation))
    consultation = make_consultation()
    key: dict[str, Any] = {"form_key": "5b0c58f9-0b0a-4d44-9df4-2d7cf1a7f6a0", "speaker": organisation.slug}
    assert code_of(send(client, consultation, **key)) == code_of(send(client, consultation, **key))
    assert MemberComment.objects.get().organisation == organisation


def test_a_member_at_risk_tells_no_country() -> None:
    """Its region is all that it says."""
    organisation = make_organisation(listing="region", country="ZM")
    assert spoken(organisation).place == organisation.region


def test_a_member_that_hides_is_followed_by_what_it_said() -> None:
    """Whoever changes its listing: first its country goes, then all that names it."""
    organisation = make_organisation(country="ZM")
    comment = spoken(organisation)
    assert comment.place == "ZM"
    organisation.listing = "region"
    organisation.save()
    comment.refresh_from_db()
    assert (comment.place, comment.organisation != "") == (organisation.region, True)
    organisation.listing, organisation.state = "unlisted", "draft"
    organisation.save()
    comment.refresh_from_db()
    assert (comment.name_kind, comment.organisation, comment.place) == ("none", "", "")
    assert not MemberComment.objects.exists()


def test_a_member_may_speak_for_themselves() -> None:
    """Then nothing tells that they are one."""
    client = signed_in(make_member_user())
    code_of(send(client, make_consultation(), speaker="", name_kind="pseudonym", name="Heron"))
    assert Comment.objects.get().shown_name == "Heron"
    assert not MemberComment.objects.exists()


@pytest.mark.parametrize("who", ["visitor", "stranger", "reader", "unlisted", "draft", "left"])
def test_nobody_else_speaks_for_a_member(visitor: Client, who: str) -> None:
    """Nobody who only reads, and nobody for whom the public does not know."""
    fields: dict[str, dict[str, Any]] = {
        "unlisted": {"state": "draft", "listing": "unlisted"},
        "draft": {"state": "draft"},
        "left": {"state": "draft", "left": "2026-01-01"},
    }
    organisation = make_organisation(**fields.get(who, {}))
    inside = signed_in(make_member_user(organisation, "reader" if who == "reader" else "lead"))
    client = {"visitor": visitor, "stranger": signed_in(make_member_user())}.get(who, inside)
    consultation = make_consultation()
    offered = [e.get("value") for e in page_of(client.get(form_url(consultation))).all("input", name="speaker")]
    assert organisation.slug not in offered
    assert bool(offered) == (who == "stranger")
    response = send(client, consultation, speaker=organisation.slug)
    assert response.status_code == 400
    assert errors_on_top(page_of(response))
    assert not Comment.objects.exists()


def test_a_session_that_ended_meanwhile(visitor: Client) -> None:
    """Nothing typed is lost, and nothing is sent without the name it was meant to bear."""
    response = send(visitor, make_consultation(), speaker="zambia", body="Long thought")
    assert "not signed in any more" in errors_on_top(page_of(response))
    assert typed(page_of(response))["body"] == "Long thought"


def taken_back(comment: Comment) -> None:
    """Withdraw it."""
    withdraw(comment)


def refused(comment: Comment) -> None:
    """Refuse it."""
    moderation.refuse(comment, by=decider(), reason="advert")


def taken_down(comment: Comment) -> None:
    """Refuse it once it is out."""
    moderation.take_down(moderation.approve(comment, by=decider()), by=decider(), reason="advert")


@pytest.mark.parametrize("end", [taken_back, refused, taken_down, erase])
def test_what_is_not_said_any_more(end: Any) -> None:
    """It is forgotten who said it."""
    comment = spoken()
    assert MemberComment.objects.get().comment == comment
    end(comment)
    assert not MemberComment.objects.exists()


def test_spam_keeps_its_member_until_it_is_decided() -> None:
    """It can be put back."""
    comment = moderation.set_aside(spoken(), by=decider())
    moderation.put_back(comment, by=decider())
    assert MemberComment.objects.get().comment == comment


def test_an_organisation_that_goes_leaves_its_words(visitor: Client) -> None:
    """They stand under its name, without a link."""
    comment = moderation.approve(spoken(), by=decider())
    Organisation.objects.all().delete()
    assert "member of the network" not in page_of(visitor.get(comment_url(comment))).one("article").text


def test_visitors_form(visitor: Client) -> None:
    """It is as it was: no question more, one cookie."""
    response = visitor.get(form_url(make_consultation()))
    assert set(response.cookies) == {"csrftoken"}
    assert "speaker" not in response.content.decode()


def publish(consultation: Consultation, count: int) -> None:
    """Publish comments, each of another member."""
    for number in range(count):
        organisation = make_organisation()
        client = signed_in(make_member_user(organisation))
        send(client, consultation, speaker=organisation.slug, body=f"Remark {number}")
    for comment in consultation.comments.filter(state="pending"):
        moderation.approve(comment, by=decider())


def test_queries(visitor: Client) -> None:
    """However many comments of members a page shows, it asks once for all."""
    consultation = make_consultation()
    counts = []
    for count in (2, 4):
        publish(consultation, count)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(page_url(consultation))
        counts.append(len(queries))
    assert counts[0] == counts[1]
