"""A mail server of the tests' own, and what it got."""

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from pytest_django import Settings

from publishing.models import Mail
from publishing.outbox import deliver_due


class Postbox:
    """What came, and what the server answers instead of taking mail."""

    def __init__(self) -> None:
        # What is answered to any mail, and to some recipients.
        self.answer = ""
        self.unknown: dict[str, str] = {}
        self.came: list[tuple[list[str], EmailMessage]] = []
        # What the server does instead of going on, at which point: "connect", "MAIL", "RCPT", "DATA" (in the middle of
        # it) or "taken" (the mail is kept, but the client is not told).
        self.trouble: tuple[str, str] = ("", "")
        # Whose mails only it makes trouble about.
        self.victim = ""

    def wants_trouble(self, point: str, *addresses: str) -> bool:
        """Whether the server is to make trouble here."""
        return self.trouble[0] == point and (not self.victim or self.victim in addresses)

    @property
    def mails(self) -> list[tuple[list[str], EmailMessage]]:
        """What came, once everything that waits in the outbox was sent."""
        send_all()
        return self.came

    @property
    def links(self) -> list[str]:
        """The addresses in the mails."""
        return [link for _, mail in self.mails for link in re.findall(r"http\S+", mail.get_content())]


class _Handler:
    """Puts mail into a box. It is no box itself: the server looks at all that a handler has."""

    def __init__(self, box: Postbox) -> None:
        self.box = box

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender, or not."""
        if self.box.wants_trouble("MAIL"):
            return self.box.trouble[1]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        await _trouble(server, self.box, "RCPT", address)
        if address not in self.box.unknown:
            envelope.rcpt_tos.append(address)
        return self.box.unknown.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep a mail."""
        if self.box.answer:
            return self.box.answer
        message: Any = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type] # bytes
        self.box.came.append((envelope.rcpt_tos, message))
        await _trouble(server, self.box, "taken", *envelope.rcpt_tos)
        return "250 OK"


async def _trouble(server: SMTP, box: Postbox, point: str, *addresses: str) -> None:
    """Make trouble, if this is where the box wants some."""
    if not box.wants_trouble(point, *addresses):
        return
    assert isinstance(server.transport, asyncio.Transport)
    what = box.trouble[1]
    if what == "pause":
        waited = asyncio.Event()
        asyncio.get_running_loop().call_later(0.05, waited.set)
        await waited.wait()
        return
    if what not in ("hang", "drop"):
        await server.push(what)
    if what != "drop":
        await server._reader.read()  # until the client has had enough
    server.transport.abort()
    await asyncio.Event().wait()  # which the end of the connection ends


class _Server(SMTP):
    """A server that can make trouble where no handler is asked."""

    event_handler: _Handler

    async def _handle_client(self) -> None:
        await _trouble(self, self.event_handler.box, "connect")
        await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's
        """Begin to take a mail."""
        box = self.event_handler.box
        if self.envelope and box.wants_trouble("DATA", *self.envelope.rcpt_tos):
            await self.push("354 Go on")
            await self._reader.readuntil()
            await _trouble(self, box, "DATA", *self.envelope.rcpt_tos)
        await super().smtp_DATA(arg)


class _Controller(Controller):
    """Runs it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.lines: list[SMTP] = []
        super().__init__(*args, **kwargs)

    def factory(self) -> SMTP:
        """Return a server for one connection."""
        self.lines.append(_Server(self.handler, **self.SMTP_kwargs))
        return self.lines[-1]

    async def hang_up(self) -> None:
        """Leave no connection open."""
        for line in self.lines:
            if isinstance(line.transport, asyncio.Transport):
                line.transport.abort()
        for _turn in range(3):
            await asyncio.sleep(0)


def send_all() -> int:
    """Send what waits in the outbox, whether its time has come or not; return how many went out."""
    Mail.objects.waiting().update(due_at=timezone.now())
    return deliver_due()


@contextmanager
def delivering_to(box: Postbox) -> Iterator[int]:
    """Run a mail server that puts what comes into a box, and yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = _Controller(_Handler(box), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(controller.hang_up(), controller.loop).result(5)
        controller.stop()


@contextmanager
def mail_server(settings: Settings) -> Iterator[Postbox]:
    """Run a mail server, and have the portal use it."""
    box = Postbox()
    with delivering_to(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield box
