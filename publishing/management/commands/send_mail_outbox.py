"""`manage.py send_mail_outbox`: delivers the mails that wait in the outbox."""

import logging
import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from publishing.outbox import deliver_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Runs once, or with `--every` until it is stopped. Any number may run at once: no mail goes out twice."""

    help = "Delivers the mails that wait in the outbox, and wipes what they held."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to wait before the next round."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until SIGTERM or SIGINT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many went out; what goes on in the background says nothing."""
        if not options["every"]:
            self.stdout.write(f"sent: {deliver_due()}")
            return
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.wait(options["every"]):
            try:
                deliver_due()
            except DatabaseError as error:
                logger.warning("The database could not be asked: %s", type(error).__name__)
            close_old_connections()
