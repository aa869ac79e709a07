"""`manage.py forget_drafts`: forgets what members began to share and never sent, and who asked whom."""

from typing import Any

from django.core.management.base import BaseCommand

from advocacy.asking import forget_questions
from advocacy.sharing import forget_drafts


class Command(BaseCommand):
    """Runs once a day."""

    help = (
        "Deletes drafts of practices that were not sent within 30 days, files that were not approved within them, "
        "and who wrote to whom about a practice 90 days ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many there were."""
        drafts, files = forget_drafts()
        self.stdout.write(f"drafts deleted: {drafts}, files: {files}, questions: {forget_questions()}")
