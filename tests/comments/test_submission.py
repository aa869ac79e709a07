"""Taking a comment in: once, in time, one level deep; and the database insists."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.test import Client
from django.utils import timezone

from comments.models import Comment, MailAddress
from comments.submission import withdraw
from tests.comments.loop import code_of, filled, form_url
from tests.factories import (
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_published_comment,
)


def at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Run the tasks in threads of their own that start together; return what each returned or raised."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return task()
        except Exception as error:  # noqa: BLE001 - what was raised is what the test looks at
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.mark.django_db
class TestSameFormTwice:
    """The same form with the same content is the same comment."""

    def test_one_row_one_receipt(self, visitor: Client) -> None:
        """Reloading the page, or pressing the button twice, changes nothing."""
        url, sent = form_url(make_consultation(), paragraph=1), filled()
        first, second = visitor.post(url, sent), visitor.post(url, sent)
        assert code_of(first) == code_of(second)
        assert Comment.objects.count() == 1

    def test_line_ends_make_no_difference(self, visitor: Client) -> None:
        """Browsers write them one way, programs another."""
        url, sent = form_url(make_consultation()), filled(body="one\r\ntwo ")
        assert code_of(visitor.post(url, sent)) == code_of(visitor.post(url, sent | {"body": "one\ntwo"}))

    @pytest.mark.parametrize(
        "change",
        [
            {"body": "Another remark."},
            {"language": "fr"},
            {"name_kind": "pseudonym", "name": "Zoë"},
            {"place": "ZM"},
            {"consulted_count": "3"},
        ],
        ids=["body", "language", "name", "place", "others"],
    )
    def test_edited_form_is_another_comment(self, visitor: Client, change: dict[str, str]) -> None:
        """Whoever goes back and writes on loses neither."""
        url, sent = form_url(make_consultation()), filled()
        assert code_of(visitor.post(url, sent)) != code_of(visitor.post(url, sent | change))
        assert Comment.objects.count() == 2

    @pytest.mark.parametrize(
        "change",
        [{"email": "zoe@example.org"}, {"homepage": "x"}, {"stamp": "x"}, {"keep": "1"}],
        ids=["address", "trap", "stamp", "unknown"],
    )
    def test_what_is_no_part_of_it_makes_no_other(self, visitor: Client, change: dict[str, str]) -> None:
        """Whatever else comes along with the form."""
        url, sent = form_url(make_consultation()), filled()
        assert code_of(visitor.post(url, sent)) == code_of(visitor.post(url, sent | change))
        assert Comment.objects.count() == 1

    def test_same_words_elsewhere_are_another_comment(self, visitor: Client) -> None:
        """On another paragraph, in reply, or in another consultation."""
        consultation, sent = make_consultation(), filled()
        make_published_comment(consultation)
        urls = [
            form_url(consultation),
            form_url(consultation, paragraph=1),
            form_url(consultation, paragraph=2),
            form_url(consultation, reply_to=1),
            form_url(make_consultation()),
        ]
        assert len({code_of(visitor.post(url, sent)) for url in urls}) == len(urls)
        assert Comment.objects.pending().count() == len(urls)

    def test_two_forms_with_the_same_words(self, visitor: Client) -> None:
        """Two people who write the same have each their own comment and receipt."""
        url = form_url(make_consultation())
        assert code_of(visitor.post(url, filled())) != code_of(visitor.post(url, filled()))

    def test_withdrawn_and_sent_again(self, visitor: Client) -> None:
        """A page reloaded after the withdrawal brings nothing back."""
        url, sent = form_url(make_consultation()), filled()
        code = code_of(visitor.post(url, sent))
        withdraw(Comment.objects.get())
        assert code_of(visitor.post(url, sent)) == code
        assert [comment.state for comment in Comment.objects.all()] == ["withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once() -> None:
    """An impatient thumb on a slow network: one row, one receipt, one address, twenty good answers."""
    url, sent = form_url(make_consultation(), paragraph=1), filled(body="Long. " * 30, email="zoe@example.org")
    codes = at_once([lambda: code_of(Client().post(url, sent))] * 20)
    assert len(set(codes)) == 1, codes
    comment = Comment.objects.get()
    assert (comment.held_for, comment.alike) == (["stamp"], None)
    assert MailAddress.objects.get().comment == comment


@pytest.mark.django_db(transaction=True)
def test_different_comments_at_once() -> None:
    """None waits in vain and none is lost."""
    url = form_url(make_consultation())
    codes = at_once([lambda: code_of(Client().post(url, filled()))] * 12)
    assert len(set(codes)) == 12, codes
    assert Comment.objects.count() == 12


@pytest.mark.django_db
class TestDatabase:
    """What holds whoever writes, be it the admin, a loader or a shell."""

    @pytest.mark.parametrize(
        "received", [timedelta(days=-11), timedelta(days=21), timedelta(days=20)], ids=["early", "late", "on closing"]
    )
    def test_out_of_time(self, received: timedelta) -> None:
        """Not before it opens, and not from the moment it closes."""
        consultation = make_consultation()
        moment = consultation.closes_at + received - timedelta(days=20)
        with pytest.raises(IntegrityError, match="not open"):
            make_comment(consultation, received_at=moment)

    def test_opening_moment(self) -> None:
        """From the first moment on."""
        consultation = make_consultation()
        assert make_comment(consultation, received_at=consultation.opens_at).pk

    def test_now_is_late_in_a_closed_consultation(self) -> None:
        """The default time of a comment is the present."""
        with pytest.raises(IntegrityError, match="not open"):
            make_comment(make_closed_consultation(), received_at=timezone.now())

    def test_moved_into_a_closed_consultation(self) -> None:
        """Nor by the back door."""
        comment = make_comment(received_at=timezone.now())
        with pytest.raises(IntegrityError, match="not open"):
            Comment.objects.filter(pk=comment.pk).update(consultation=make_closed_consultation())

    def test_reply_to_a_reply(self) -> None:
        """One level deep."""
        first = make_published_comment()
        reply = make_comment(first.consultation, reply_to=first)
        with pytest.raises(IntegrityError, match="one level deep"):
            make_comment(first.consultation, reply_to=reply)

    def test_reply_across_consultations(self) -> None:
        """Both belong to one."""
        with pytest.raises(IntegrityError, match="one level deep"):
            make_comment(make_consultation(), reply_to=make_comment())

    def test_reply_to_itself(self) -> None:
        """Not even that."""
        comment = make_comment()
        with pytest.raises(IntegrityError, match="comment_replies_to_another"):
            Comment.objects.filter(pk=comment.pk).update(reply_to=comment)
