"""A mail server of the tests' own, and what it got."""

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

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if address not in self.box.unknown:
            envelope.rcpt_tos.append(address)
        return self.box.unknown.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Keep a mail."""
        if self.box.answer:
            return self.box.answer
        message: Any = message_from_bytes(envelope.content or b"", policy=policy.default)  # type: ignore[arg-type] # bytes
        self.box.came.append((envelope.rcpt_tos, message))
        return "250 OK"


def send_all() -> int:
    """Send what waits in the outbox, whether its time has come or not; return how many went out."""
    Mail.objects.waiting().update(due_at=timezone.now())
    return deliver_due()


@contextmanager
def delivering_to(box: Postbox) -> Iterator[int]:
    """Run a mail server that puts what comes into a box, and yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(_Handler(box), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def mail_server(settings: Settings) -> Iterator[Postbox]:
    """Run a mail server, and have the portal use it."""
    box = Postbox()
    with delivering_to(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield box
