"""A portal of the browser tests' own: the production server, on a database of its own that holds the seeds."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_hex
from threading import Thread
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.campaign.mail import Postbox, delivering_to
from tests.databases import administration, beside, migrated, parameters

ROOT = Path(__file__).resolve().parents[2]
# All that the database needs, in one process: Django takes a second to start.
SET_UP = """
from django.core.management import call_command
call_command("load_seeds")
from tests.browser.rows import make_redraft
from tests.browser.sign_in import make_people
make_redraft()
make_people()
"""
# The second consultation and the questions about figures are open, whatever the calendar says.
OPEN_NOW = """
WITH opened AS (
    UPDATE comments_consultation
    SET opens_at = now() - interval '2 days', closes_at = now() + interval '30 days',
        answer_due = now() + interval '60 days'
    WHERE slug IN ('guidance-note-second-draft', 'figures') RETURNING id
)
UPDATE campaign_version SET published_at = now() - interval '2 days' FROM opened WHERE consultation_id = opened.id
"""


@dataclass(frozen=True)
class Portal:
    """A running portal, the site that its Exit link leads to, and what it has mailed."""

    url: str
    exit_url: str
    postbox: Postbox
    environment: dict[str, str] = field(repr=False)

    def mailed_to(self, address: str) -> str:
        """Send what waits in the outbox, and return the words of the last mail to an address."""
        _run("manage.py", "send_mail_outbox", environment=self.environment)
        mails: list[str] = [mail.get_content() for to, mail in self.postbox.came if to == [address]]
        return mails[-1]


@contextmanager
def serve() -> Iterator[Portal]:
    """Serve the seeds, and nothing else, until the tests are done."""
    with ExitStack() as stack:
        exit_url, postbox = stack.enter_context(_another_site()), Postbox()
        database = stack.enter_context(_database())
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "SECRET_KEY": token_hex(),
            "ALLOWED_HOSTS": "127.0.0.1",
            "PLAIN_HTTP": "true",
            "DEBUG": "false",
            "SAMPLE_CONTENT": "true",
            "EXIT_URL": exit_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{stack.enter_context(delivering_to(postbox))}",
        }
        _run("-m", "deploy.prepare", "static", environment=environment)
        _run("manage.py", "shell", "--verbosity=0", "--command", SET_UP, environment=environment)
        with psycopg.connect(**parameters(database)) as connection:
            connection.execute(OPEN_NOW)
        yield Portal(stack.enter_context(_server(environment)), exit_url, postbox, environment)


def _run(*arguments: str, environment: dict[str, str]) -> None:
    """Run Python to its end; what it says is shown where it fails."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _database() -> Iterator[str]:
    """Make a database beside the one that the environment names, and drop it at the end."""
    given = os.environ["DATABASE_URL"]
    name = f"{urlsplit(given).path[1:31]}_browser_{token_hex(4)}"
    template = migrated(given)
    with administration(given) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield beside(given, name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[str]:
    """Start the server that `make run` starts, on a free port, and wait until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--blocking-threads=4", "--log-level=error"]
    process = subprocess.Popen([*command, f"--port={port}", "campaign.wsgi:application"], cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 60
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
    """Tells its readers where they come from, where it was told."""

    def do_GET(self) -> None:
        """Answer with a page."""
        body = f"<!doctype html><title>Another site</title><p>Referrer: {self.headers.get('Referer', 'none')}</p>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _another_site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _AnotherSite) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
