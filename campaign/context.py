"""What the site adds to every page: its own about pages, in the footer."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ABOUT = {"taking-part": _("Taking part"), "privacy": _("Privacy"), "accessibility": _("Accessibility")}


def about_pages(request: HttpRequest) -> dict[str, list[dict[str, str | Promise]]]:
    """Link the pages that every reader must be able to find; they are fixed, so that no page asks the database."""
    return {"about_links": [{"title": title, "url": reverse("about", args=[slug])} for slug, title in ABOUT.items()]}
