"""What this app hands to publishing, at start-up."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import exchange, joining, leaving
from advocacy.digest.subscribing import MAILING
from advocacy.models import (
    Application,
    ApplicationState,
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
from advocacy.speaking import NETWORK, forget_comments, hide_comments
from advocacy.times import when
from comments import receipt_kinds, speaking
from factsheets.models import Figure
from factsheets.uses import CHOOSERS, Chosen
from publishing import recent
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


def _meetings(since: datetime, until: datetime) -> Iterator[recent.Item]:
    """Yield the meetings to come, those that were announced in the span and, to call them to mind, those before it."""
    for row in Event.objects.public().for_list().filter(ends_at__gte=timezone.now()).order_by("starts_at", "slug"):
        if row.published_at and row.published_at < until:
            own = when(row, None).own
            told = gettext(", ").join(filter(None, [own.starts.words, own.zone]))
            yield recent.item_of(row, told, is_new=row.published_at >= since)


def _issues_with(figure: Figure) -> Iterator[Chosen]:
    """Yield the public issues that name a figure, or one that it supersedes."""
    for issue in (
        Issue.objects.public().for_list().filter(Q(figures=figure) | Q(figures__superseded_by=figure)).distinct()
    ):
        text = issue.text
        yield Chosen(issue.get_absolute_url(), text.title, text.language, text.dir, gettext("Shared issue"))


def _application(stored: str) -> Application | None:
    return Application.objects.filter(receipt_hash=stored).first()


def _take_back(found: Application, data: QueryDict) -> dict[str, Any] | None:
    if "withdraw" not in data:
        return None
    joining.withdraw(found)
    return {}


def _application_shown(found: Application) -> dict[str, Any]:
    """Return what the receipt's page shows of an application."""
    organisations = Organisation.objects.public().for_list()
    joined = organisations.filter(pk=found.organisation_id).first() if found.organisation_id else None
    return {"application": found, "waits": found.state == ApplicationState.PENDING, "organisation": joined}


def register() -> None:
    """Say who speaks for members, what receipts are of, what shows pictures and what can be searched."""
    receipt_kinds.KINDS.append(
        receipt_kinds.ReceiptKind(_application, _take_back, "advocacy/application_receipt.html", _application_shown)
    )
    speaking.network = NETWORK
    Organisation.when_hidden.append(hide_comments)
    leaving.BEFORE_ORGANISATION.append(forget_comments)
    PictureQuerySet.shown_by += [(News, "picture"), (Organisation, "logo")]
    Kind.known["organisations"] = Kind(exchange.OrganisationResource, exchange.MOST_ROWS, exchange.LARGEST)
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
    CHOOSERS.append(_issues_with)
    MAILING.connect()
