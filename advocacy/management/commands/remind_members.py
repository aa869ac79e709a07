"""`manage.py remind_members`: reminds members of their yearly look at their profile; meant to run once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from advocacy.checking import remind_due


class Command(BaseCommand):
    """Puts the mails into the outbox."""

    help = "Reminds members that nobody has checked their profile for a year."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many organisations were reminded."""
        self.stdout.write(f"reminded: {remind_due()}")
