"""`manage.py send_mail_outbox`: delivers the mails that wait in the outbox."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from publishing.management.rounds import go_on
from publishing.outbox import deliver_due


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
        go_on(lambda: deliver_due(), options["every"])
