"""What this app hands to publishing, at start-up."""

from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from advocacy import exchange
from advocacy.models import (
    Event,
    EventText,
    Issue,
    IssueText,
    News,
    NewsText,
    Organisation,
    OrganisationText,
    Practice,
    PracticeText,
)
from publishing.importing import Kind
from publishing.models import PictureQuerySet
from publishing.search import Source
from publishing.search import register as register_search

FOUND = [
    ("organisation", _("Organisation"), Organisation, OrganisationText),
    ("issue", _("Shared issue"), Issue, IssueText),
    ("practice", _("Practice"), Practice, PracticeText),
    ("news", _("News"), News, NewsText),
    ("event", _("Event"), Event, EventText),
]


def _public_texts(model: type[Any], text: type[Any]) -> QuerySet[Model]:
    rows: QuerySet[Model] = text.objects.ready().filter(**{f"{text.parent_field}__in": model.objects.public()})
    return rows


def register() -> None:
    """Say what shows pictures and what can be searched."""
    PictureQuerySet.shown_by.append((News, "picture"))
    Kind.known["organisations"] = Kind(exchange.OrganisationResource, exchange.MOST_ROWS, exchange.LARGEST)
    register_search(
        *(
            Source(kind, label, partial(_public_texts, model, text), kind, {"slug": f"{text.parent_field}__slug"})
            for kind, label, model, text in FOUND
        )
    )
