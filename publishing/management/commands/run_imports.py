"""`manage.py run_imports`: works off the spreadsheets that staff sent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from publishing.importing import run_imports
from publishing.management.rounds import go_on


class Command(BaseCommand):
    """Runs once, or with `--every` until it is stopped. Any number may run at once: each takes other spreadsheets."""

    help = "Checks and brings in the spreadsheets that staff sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to wait before the next round."""
        parser.add_argument("--every", type=int, metavar="SECONDS", help="go on until SIGTERM or SIGINT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were worked off; what goes on in the background says nothing."""
        if options["every"]:
            go_on(run_imports, options["every"])
        else:
            self.stdout.write(f"worked off: {run_imports()}")
