"""`manage.py check_links`, against servers that run on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from factsheets.links import ask, ask_all, is_offline, record
from factsheets.models import PolicyInstrument, Source
from tests.factories import make_instrument, make_population, make_source

# A port on which nothing listens: it is for no service.
NOBODY = "http://127.0.0.1:1/"


class Handler(BaseHTTPRequestHandler):
    """Answers what the path says; notes what it was asked."""

    def do_HEAD(self) -> None:
        """Answer `/404`, `/head-405` (to HEAD alone), or lead on with `/to/…`."""
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))  # type: ignore[attr-defined]
        name = self.path.strip("/").partition("?")[0]
        if name.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", name.removeprefix("to/").replace("again", "/to/again"))
        elif name == "hang-up":
            self.close_connection = True
            return
        elif name.startswith("head-"):
            self.send_response(int(name[5:]) if self.command == "HEAD" else 200)
        else:
            self.send_response(int(name or 200))
        self.end_headers()

    def do_GET(self) -> None:
        """Answer the same."""
        self.do_HEAD()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Serve; give the address, and the list of what was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/", ""),
        ("/200?q=a b#part", ""),
        ("/404", "404"),
        ("/410", "410"),
        ("/500", "500"),
        ("/503", "503"),
        ("/403", ""),
        ("/429", ""),
        ("/head-405", ""),
        ("/head-404", ""),
        ("/head-501", ""),
        ("/to//200", ""),
        ("/to//404", "404"),
        ("/to/again", "elsewhere"),
        ("/to/ftp://example.org/", "elsewhere"),
        ("/hang-up", "no-answer"),
    ],
)
def test_what_an_address_answers(path: str, wrong: str) -> None:
    with serving() as (server, asked):
        assert ask(server + path, private=True) == wrong
    assert len(asked) <= 7
    assert all(agent.startswith("link-check (+http") for _method, _path, agent in asked)


def test_headers_alone_where_they_do() -> None:
    with serving() as (server, asked):
        ask(f"{server}/200", private=True)
        ask(f"{server}/head-405", private=True)
    assert [method for method, _path, _agent in asked] == ["HEAD", "HEAD", "GET"]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "https://x:port/",
        "//",
        "http://[",
        "http://10.0.0.1/",
        "http://169.254.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
        "http://[2001:0:a00:1::]/",
    ],
)
def test_addresses_that_lead_nowhere(address: str) -> None:
    assert ask(address) == "elsewhere"


def test_nobody_is_led_into_this_network() -> None:
    with serving() as (server, asked):
        assert ask(f"{server}/200") == "elsewhere"
        assert ask(server.replace("127.0.0.1", "localhost")) == "elsewhere"
    assert asked == []


def test_nobody_listens() -> None:
    assert ask(NOBODY, private=True) == "no-answer"


def asked_and_recorded(*things: Source | PolicyInstrument) -> None:
    """Ask, write down, and read again."""
    found = list(ask_all(things, private=True, pause=0))
    assert not is_offline(found)
    record(found, at=timezone.now())
    for thing in things:
        thing.refresh_from_db()


@pytest.mark.django_db
class TestRecord:
    """What staff see afterwards."""

    def test_each_in_its_way(self) -> None:
        with serving() as (server, _asked):
            good = make_source(address=f"{server}/200", archived=f"{server}/200")
            gone = make_source(address=f"{server}/200", archived=f"{server}/404")
            instrument = make_instrument(make_population(), address=f"{server}/410")
            asked_and_recorded(good, gone, instrument)
        assert (good.trouble, gone.trouble, instrument.trouble) == ("", "archived:404", "address:410")
        assert good.answered_at == good.tried_at is not None
        assert gone.tried_at is not None
        assert gone.answered_at is None
        assert gone.display_trouble == "archived copy: answers “404”"
        assert set(Source.objects.troubled()) == {gone}
        assert gone.history.count() == 1, "nobody wrote anything"

    def test_silence_is_trouble_the_second_time(self) -> None:
        with serving() as (server, _asked):
            silent, other = make_source(address=NOBODY), make_source(address=f"{server}/200")
            asked_and_recorded(silent, other)
            assert silent.trouble == ""
            asked_and_recorded(silent, other)
            assert silent.display_trouble == "address: does not answer"
            Source.objects.filter(pk=silent.pk).update(address=f"{server}/200")
            silent.refresh_from_db()
            asked_and_recorded(silent, other)
            assert silent.trouble == ""

    def test_an_address_changed_meanwhile_is_left(self) -> None:
        with serving() as (server, _asked):
            source = make_source(address=f"{server}/404")
            found = list(ask_all([source], private=True, pause=0))
            Source.objects.update(address="https://example.org/")
            record(found, at=timezone.now())
        source.refresh_from_db()
        assert (source.trouble, source.tried_at) == ("", None)


def columns(model: type[models.Model]) -> list[dict[str, Any]]:
    """Return all rows."""
    return list(model._default_manager.order_by("pk").values())


@pytest.mark.django_db
def test_command_without_a_network_changes_nothing() -> None:
    """Names under `.invalid` are nobody's, with a network or without one."""
    for number in range(3):
        make_source(address=f"https://{number}.invalid/", trouble="address:404", tried_at=timezone.now())
    before = columns(Source)
    out = StringIO()
    call_command("check_links", stdout=out)
    assert columns(Source) == before
    lines = out.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == ["1 of 3", "2 of 3", "3 of 3"]
    assert lines[3] == "Nothing answers: this machine seems to have no network. Nothing was changed."


@pytest.mark.django_db
def test_command_with_nothing_to_ask() -> None:
    out = StringIO()
    call_command("check_links", stdout=out)
    assert out.getvalue() == "asked: 0\n"


@pytest.mark.django_db
def test_command_writes_down_what_it_found() -> None:
    """What leads into one's own network is no page for readers."""
    with serving() as (server, asked):
        source = make_source(address=server)
        out = StringIO()
        call_command("check_links", stdout=out)
    source.refresh_from_db()
    assert (source.trouble, asked) == ("address:elsewhere", [])
    assert "1 of 1: address elsewhere" in out.getvalue()
