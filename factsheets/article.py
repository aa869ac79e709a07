"""What machines read of a factsheet's page: that it is an article, when it was reviewed, and what it cites."""

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from factsheets.figure_data import cited
from factsheets.models import Factsheet
from factsheets.noting import Notes
from publishing.linked_data import linked_data
from publishing.pdf.document import full_address


def article(sheet: Factsheet, notes: Notes) -> SafeString:
    """Return a factsheet as JSON-LD; like its title, it names no population."""
    return linked_data(
        {
            "@type": "Article",
            "headline": sheet.text.title,
            "about": gettext("Health and human rights"),
            "inLanguage": sheet.text.language,
            "url": full_address("factsheet", sheet.slug),
            "author": {"@type": "Organization", "name": settings.SITE_NAME},
            "dateModified": sheet.reviewed or timezone.localdate(sheet.published_at),
            "citation": [cited(note.source) for note in notes.all if note.source],
        }
    )
