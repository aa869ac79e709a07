"""Gives a new portal its first login."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

NAME = "editor"


class Command(BaseCommand):
    """Make the first editor, who may do everything, where no staff exists yet; the password is shown this once."""

    help = "Make the first editor's login and print it, unless staff exists already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print name and password, or nothing."""
        if User.objects.filter(is_staff=True).exists():
            return
        password = "-".join(secrets.token_hex(2) for _ in range(5))
        User.objects.create_superuser(NAME, password=password)
        self.stdout.write(f"The editor's login for /admin/ (shown once): {NAME} / {password}")
