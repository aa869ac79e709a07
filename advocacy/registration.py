"""What this app hands to publishing, at start-up."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.digest.subscribing import MAILING
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
from advocacy.times import when
from publishing import recent
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


def _meetings(since: datetime, until: datetime) -> Iterator[recent.Item]:
    """Yield the meetings to come, those that were announced in the span and, to call them to mind, those before it."""
    for row in Event.objects.public().for_list().filter(ends_at__gte=timezone.now()).order_by("starts_at", "slug"):
        if row.published_at and row.published_at < until:
            own = when(row, None).own
            told = gettext(", ").join(filter(None, [own.starts.words, own.zone]))
            yield recent.item_of(row, told, is_new=row.published_at >= since)


def register() -> None:
    """Say what shows pictures, what can be searched, what is new, and what goes with an address."""
    PictureQuerySet.shown_by.append((News, "picture"))
    register_search(
        *(
            Source(kind, label, partial(_public_texts, model, text), kind, {"slug": f"{text.parent_field}__slug"})
            for kind, label, model, text in FOUND
        )
    )
    recent.register(
        recent.Source(10, _("News"), recent.published(News)),
        recent.Source(20, _("Meetings to come"), _meetings),
        recent.Source(60, _("Shared practices"), recent.published(Practice)),
    )
    MAILING.connect()
