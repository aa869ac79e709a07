"""Authors take their comments back: from this moment on they are nowhere."""

import pytest
from django.test import Client

from comments.models import Comment, ModerationEvent
from comments.moderation import AlreadyDecided, approve, refuse
from comments.submission import withdraw
from tests.comments.loop import RECEIPT, form_url, page_of, page_url
from tests.comments.mine import make_mine, make_mine_public, shown
from tests.factories import make_comment, make_consultation, make_published_comment, make_user, paragraph_of


@pytest.mark.django_db
class TestWithdrawal:
    """From this moment it is nowhere."""

    def test_gone_from_every_page(self, visitor: Client) -> None:
        """Every public address, at once; a reply to it stays and stands alone."""
        consultation = make_consultation()
        key = paragraph_of(consultation).key
        mine = make_mine_public(
            consultation=consultation,
            paragraph_key=key,
            body="Unmistakable xylophone quixotry",
            name_kind="pseudonym",
            name="Zebulon",
        )
        make_published_comment(consultation, reply_to=mine, paragraph_key=key, body="I agree.")
        pages = [
            "/en/",
            "/en/consultations/",
            consultation.version.get_absolute_url(),
            page_url(consultation),
            page_url(consultation, paragraph=1),
            f"{page_url(consultation)}comments/2/",
            form_url(consultation, paragraph=1),
            "/en/search/?q=xylophone",
            "/sitemap.xml",
        ]
        traces = ("quixotry", "Zebulon", "comments/1/", 'id="c1"')
        before = {url: visitor.get(url).content.decode() for url in pages}
        assert all(any(trace in page for page in before.values()) for trace in traces)
        assert "comments/1/" in before["/en/search/?q=xylophone"]
        assert shown(visitor, withdraw="1").status_code == 200
        for url in pages:
            response = visitor.get(url)
            assert response.status_code == 200
            assert [trace for trace in traces if trace in response.content.decode()] == []
        for gone in (f"{page_url(consultation)}comments/1/", form_url(consultation, reply_to=1)):
            assert visitor.get(gone).status_code == (404 if "new" in gone else 410)
        alone = page_of(visitor.get(page_url(consultation))).one("article", class_="comment")
        assert (alone.get("id"), alone.has(class_="is-reply")) == ("c2", False)
        assert "1 comment" in page_of(visitor.get(page_url(consultation))).one("h2", id="comments").text

    def test_number_is_not_given_again(self) -> None:
        """Whoever cited comment 2 never finds another in its place."""
        consultation, moderator = make_consultation(), make_user()
        for _ in range(2):
            last = approve(make_comment(consultation), by=moderator)
        withdraw(last)
        assert approve(make_comment(consultation), by=moderator).number == 3

    def test_twice(self, visitor: Client) -> None:
        """Harmless, and recorded once."""
        make_mine_public()
        for _ in range(3):
            response = shown(visitor, withdraw="1")
            assert response.status_code == 200
            assert "You have taken it back." in page_of(response).text
        event = ModerationEvent.objects.get()
        assert (event.action, event.by, event.reason) == ("withdraw", None, "")

    def test_pending(self, visitor: Client) -> None:
        """A withdrawn comment leaves the queue and can no longer be decided on."""
        comment = make_mine()
        shown(visitor, withdraw="1")
        assert not Comment.objects.pending().exists()
        moderator = make_user()
        with pytest.raises(AlreadyDecided):
            approve(comment, by=moderator)
        with pytest.raises(AlreadyDecided):
            refuse(comment, by=moderator, reason="hate")

    def test_refused(self, visitor: Client) -> None:
        """What the moderator noted goes with it."""
        comment = refuse(make_mine(), by=make_user(), reason="hate", note="About your second line.")
        shown(visitor, withdraw="1")
        comment.refresh_from_db()
        assert (comment.state, comment.refusal_reason, comment.refusal_note) == ("withdrawn", "", "")

    def test_only_on_request(self, visitor: Client) -> None:
        """Looking changes nothing."""
        make_mine_public()
        shown(visitor)
        visitor.head(f"{RECEIPT}?withdraw=1")
        assert Comment.objects.get().state == "published"

    def test_after_the_consultation(self, visitor: Client) -> None:
        """At any time: closed, answered, or no longer public."""
        comment = make_mine_public()
        consultation = comment.consultation
        consultation.state = "withdrawn"
        consultation.save()
        assert shown(visitor).status_code == 200
        assert shown(visitor, withdraw="1").status_code == 200
        comment.refresh_from_db()
        assert comment.state == "withdrawn"
