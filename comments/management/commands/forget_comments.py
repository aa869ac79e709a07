"""`manage.py forget_comments`: erases what has been kept for as long as the form promised."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.retention import forget


class Command(BaseCommand):
    """Runs once a day where a server has a clock for such things."""

    help = "Erases refused and withdrawn comments, sealed originals and mail addresses whose time has passed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        self.stdout.write(f"forgotten: {forget()}")
