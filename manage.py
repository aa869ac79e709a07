#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
    if sys.argv[1:2] == ["compare_texts"]:
        # It runs without secret and database, beside whatever editor somebody writes in.
        os.environ.setdefault("SECRET_KEY", "unused")
        os.environ.setdefault("DATABASE_URL", "postgres://unused")
    execute_from_command_line(sys.argv)
