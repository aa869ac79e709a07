"""`manage.py check_links`: asks whether the addresses of sources and instruments still answer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from factsheets.links import ask_all, is_offline, record
from factsheets.models import PolicyInstrument, Source


class Command(BaseCommand):
    """Runs once. Staff see in the admin what it found; without a network it changes nothing."""

    help = "Asks whether the addresses of sources and policy instruments still answer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how far it is, and what is wrong."""
        things = [*Source.objects.order_by("pk"), *PolicyInstrument.objects.exclude(address="").order_by("pk")]
        found = []
        for number, (thing, answers) in enumerate(ask_all(things), 1):
            found.append((thing, answers))
            wrong = ", ".join(f"{field} {what}" for field, what in answers.items() if what) or "ok"
            self.stdout.write(f"{number} of {len(things)}: {wrong} ({thing})")
        if is_offline(found):
            self.stdout.write("Nothing answers: this machine seems to have no network. Nothing was changed.")
            return
        record(found, at=timezone.now())
        self.stdout.write(f"asked: {len(found)}")
