"""`manage.py expire_endorsements`: forgets the organisations that did not confirm in time."""

from typing import Any

from django.core.management.base import BaseCommand

from campaign.endorsing import expire


class Command(BaseCommand):
    """Runs once a day where a server has a clock for such things; the portal does it in passing, too."""

    help = "Deletes names and addresses of endorsements that were not confirmed within seven days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        self.stdout.write(f"endorsements expired: {expire()}")
