"""`manage.py send_digest`: writes the digest of last month to those who asked for it."""

from typing import Any

from django.core.management.base import BaseCommand

from advocacy.digest.sending import last_month, send
from advocacy.digest.subscribing import expire


class Command(BaseCommand):
    """Runs once a day where a server has a clock for such things: nobody gets a month's digest twice."""

    help = "Writes last month's digest to those who did not get it; deletes addresses that nobody confirmed in time."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        expired = expire()
        self.stdout.write(f"digests written: {send(last_month())}, addresses expired: {expired}")
