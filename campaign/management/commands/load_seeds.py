"""`manage.py load_seeds`: loads the portal's first content from files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campaign.seeding.loading import load
from campaign.seeding.reading import Broken


class Command(BaseCommand):
    """Prints what was created, changed and left, or which files are broken."""

    help = "Loads seed files: creates and changes what they speak of, and leaves the rest. A broken file stops it all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a folder and --if-empty."""
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BASE_DIR / "seeds", metavar="DIR")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is a campaign already")

    def handle(self, *, folder: Path, if_empty: bool, verbosity: int, **options: Any) -> None:
        """Load the folder."""
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        try:
            done = load(folder, if_empty=if_empty)
        except Broken as error:
            problems = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was changed. These files in {folder} are broken:\n{problems}") from error
        if verbosity:
            self.stdout.write("Nothing to load: there is a campaign already." if done is None else "\n".join(done))
