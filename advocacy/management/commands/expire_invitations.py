"""`manage.py expire_invitations`: forgets the addresses of people who never followed their invitation."""

from typing import Any

from django.core.management.base import BaseCommand

from advocacy.inviting import withdraw_late


class Command(BaseCommand):
    """Runs once a day where a server has a clock for such things."""

    help = "Withdraws invitations that ended a month ago, and deletes their addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        self.stdout.write(f"withdrawn: {withdraw_late()}")
