"""The portal as its readers meet it: the production server on a database of its own, seen through a real Chromium.

These tests know addresses and what the screen shows, nothing else; no row is touched behind the portal's back.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_hex
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import environ
import psycopg
import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from psycopg import sql

from deploy.browser import NAMES

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long password for tests"
# Everything that stands in the way of the server, done in one process.
SET_UP = f"""
from django.contrib.auth.models import Group, User
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_seeds")
for role in ("Moderator", "Editor"):
    user = User.objects.create_user(role.lower(), password={PASSWORD!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
# The seeds' second consultation is open now, whatever the calendar says.
OPEN_NOW = """
WITH open_now AS (
    UPDATE comments_consultation
    SET opens_at = now() - interval '2 days', closes_at = now() + interval '30 days', answer_due = now() + interval '60 days'
    WHERE slug = 'guidance-note-second-draft' RETURNING id
)
UPDATE campaign_version SET published_at = now() - interval '2 days' FROM open_now WHERE consultation_id = open_now.id
"""


@dataclass(frozen=True)
class Portal:
    """A running portal, and the site that its Exit link leads to."""

    url: str
    exit_url: str


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """Serve the seeds as `make run` does."""
    with ExitStack() as stack:
        exit_url = stack.enter_context(_another_site())
        url = stack.enter_context(_database())
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "SECRET_KEY": token_hex(),
            "ALLOWED_HOSTS": "127.0.0.1",
            "PLAIN_HTTP": "true",
            "DEBUG": "false",
            "SAMPLE_CONTENT": "true",
            "EXIT_URL": exit_url,
        }
        _run("-m", "deploy.prepare", "static", environment=environment)
        _run("manage.py", "shell", "--verbosity=0", "--command", SET_UP, environment=environment)
        with psycopg.connect(**_connection(url)) as connection:
            connection.execute(OPEN_NOW)
        yield Portal(stack.enter_context(_server(environment)), exit_url)


def _run(*arguments: str, environment: dict[str, str]) -> None:
    """Run Python to its end; what it says is shown where it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def _connection(url: str) -> dict[str, Any]:
    """Return what psycopg needs to reach a DATABASE_URL, in whichever of its ways it is written."""
    given: dict[str, Any] = environ.Env.db_url_config(url)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: given[key] for name, key in names.items() if given[key]} | given.get("OPTIONS", {})


@contextmanager
def _database() -> Iterator[str]:
    """Make a database beside the one that the environment names, and drop it at the end."""
    beside = os.environ["DATABASE_URL"]
    name = f"{urlsplit(beside).path[1:31]}_browser_{token_hex(4)}"
    with psycopg.connect(**_connection(beside), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(beside)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[str]:
    """Start granian on a free port, and wait until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["granian", "--interface=wsgi", "--blocking-threads=4", "--log-level=error", f"--port={port}"]
    process = subprocess.Popen([sys.executable, "-m", *command, "campaign.wsgi:application"], cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 30
        while not _answers(port):
            assert process.poll() is None, "The server ended as soon as it had started."
            assert time.monotonic() < deadline, "The server does not answer."
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except ConnectionError:
        return False
    finally:
        connection.close()


class _AnotherSite(BaseHTTPRequestHandler):
    """A site that tells where its reader comes from, if it is told."""

    def do_GET(self) -> None:
        body = f"<title>Another site</title><p>Referrer: {self.headers.get('Referer', 'none')}</p>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _another_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _AnotherSite) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Drive browsers for one module only: an event loop left running would forbid the next tests the database."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the Chromium that there is. Without one these tests fail: nobody would know what they did not try."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), playwright.chromium.executable_path]
    path = next((path for path in found if path and os.path.exists(path)), None)
    if path is None:
        pytest.fail("The browser tests need Chromium, and there is none: install it or name it in CHROMIUM.", False)
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-default-apps"]
    with playwright.chromium.launch(
        executable_path=path, args=arguments, chromium_sandbox=os.geteuid() != 0
    ) as started:
        yield started


@pytest.fixture(scope="module")
def browser_context_args(portal: Portal) -> dict[str, Any]:
    """Let every context write addresses without the host."""
    return {"base_url": portal.url, "locale": "en-GB"}


@pytest.fixture
def moderator_page(new_context: Callable[..., Any]) -> Page:
    """A moderator's browser, signed in to the admin."""
    return _signed_in(new_context(), "moderator")


@pytest.fixture
def editor_page(new_context: Callable[..., Any]) -> Page:
    """An editor's browser, signed in to the admin."""
    return _signed_in(new_context(), "editor")


def _signed_in(context: Any, user: str) -> Page:
    page: Page = context.new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").wait_for()
    return page
