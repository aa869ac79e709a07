"""`manage.py make_downloads`: makes every file that readers can download, before one of them must wait for it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from campaign.changes_download import documents as redlines
from campaign.downloads import documents as versions
from comments.report_download import documents as reports
from factsheets.views import documents as factsheets
from publishing.downloads import FORMS, forget, is_kept, keep
from publishing.pdf.document import Document
from publishing.pdf.make import NoFont


class Command(BaseCommand):
    """Makes what is missing or shows an older text, and removes what is public no more."""

    help = "Makes the PDFs and other files of all public texts, where they are missing or out of date."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        """Say of each file that is made how large it is."""
        names = []
        for document, form in _files():
            names.append(f"{document.name}.{form}")
            if is_kept(document, form):
                continue
            try:
                made = f"made, {filesizeformat(keep(document, form).size)}"
            except NoFont:
                made = "not made: there is no Chinese typeface here (see FONT_PATHS in .env.example)"
            if verbosity:
                self.stdout.write(f"{names[-1]}: {made}")
        with transaction.atomic():
            removed = forget(names)
        if removed and verbosity:
            self.stdout.write(f"{removed} removed, no longer public")


def _files() -> Iterator[tuple[Document, str]]:
    for document in chain(versions(), factsheets(), reports()):
        for form in FORMS:
            yield document, form
    for document in redlines():
        yield document, "pdf"
