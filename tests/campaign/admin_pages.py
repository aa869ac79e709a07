"""What the tests of the admin share: a row of every registered model, addresses, and forms as a browser sends them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse

from advocacy.models import (
    Application,
    Erasure,
    Event,
    EventDocument,
    Invitation,
    Issue,
    News,
    Organisation,
    Practice,
    PracticeQuestion,
    PracticeUse,
    Proposal,
)
from campaign.models import (
    Action,
    AdvisoryMember,
    Campaign,
    Deliverable,
    Drafter,
    Endorsement,
    EndorsementEvent,
    GoodPractice,
    Page,
    PracticalStep,
    Version,
)
from comments.models import (
    Answer,
    Comment,
    CommentTranslation,
    Consultation,
    ModerationEvent,
    Point,
    Report,
    WatchedWord,
)
from factsheets.models import Case, Factsheet, Figure, KeyPopulation, PolicyInstrument, Section, Source
from publishing.models import Mail, Picture
from tests import factories
from tests.advocacy.joining_rows import make_application, make_invitation
from tests.campaign import asks_rows
from tests.campaign.endorsement_rows import make_endorsement, make_endorsement_event
from tests.publishing.html import Element, fragment


def make_instrument(**fields: Any) -> PolicyInstrument:
    """Return a policy instrument whose population has a factsheet to show it on."""
    return factories.make_instrument(factories.make_factsheet().population, **fields)


# One row of each registered model.
MADE: dict[type[Model], Callable[[], Any]] = {
    Campaign: lambda: factories.make_campaign(state="draft"),
    AdvisoryMember: factories.make_advisory_member,
    Page: factories.make_page,
    Deliverable: factories.make_deliverable,
    Version: factories.make_version,
    Endorsement: make_endorsement,
    EndorsementEvent: make_endorsement_event,
    PracticalStep: asks_rows.make_step,
    Drafter: asks_rows.make_drafter,
    GoodPractice: asks_rows.make_good_practice,
    Action: asks_rows.make_action,
    Consultation: factories.make_consultation,
    Comment: factories.make_comment,
    CommentTranslation: factories.make_translation,
    Answer: lambda: factories.make_answer(factories.make_published_comment()),
    Point: lambda: factories.make_published_comment().points.get(),
    Report: factories.make_report,
    ModerationEvent: factories.make_moderation_event,
    WatchedWord: lambda: WatchedWord.objects.create(word=factories.slug("word")),
    KeyPopulation: factories.make_population,
    Factsheet: factories.make_factsheet,
    Section: lambda: factories.make_factsheet().sections.first(),
    Case: lambda: factories.make_case(factories.make_factsheet()),
    Figure: lambda: factories.make_figure(population=factories.make_population()),
    Source: factories.make_source,
    PolicyInstrument: make_instrument,
    Organisation: factories.make_organisation,
    Application: make_application,
    Invitation: make_invitation,
    Erasure: lambda: Erasure.objects.create(part="lead"),
    Issue: factories.make_issue,
    Practice: factories.make_practice,
    PracticeUse: lambda: factories.make_practice_use(state="pending"),
    PracticeQuestion: factories.make_practice_question,
    Proposal: factories.make_proposal,
    Event: factories.make_event,
    EventDocument: factories.make_event_document,
    News: lambda: factories.make_news(event=factories.make_event()),
    Picture: factories.make_picture,
    Mail: lambda: Mail.objects.create(kind="news"),
}

# Those that staff can look at before anybody else can.
PREVIEWED = [
    model for model in MADE if hasattr(model, "public_states") and model not in (Comment, Endorsement, PracticeUse)
]


def address(model: type[Model] | Model, page: str, *args: Any) -> str:
    """Return the address of one of the admin's pages about a model, or about a row."""
    if isinstance(model, Model):
        args = (model.pk, *args)
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def page_of(response: Any) -> Element:
    """Return what an answer's page holds."""
    _head, _start, rest = response.content.decode().partition("<!-- Container -->")
    return fragment(rest.partition("<!-- END Container -->")[0])


def typed(response: Any, form_id: str) -> dict[str, Any]:
    """Return what stands in a form's fields, as a browser would send it."""
    form = page_of(response).one("form", id=form_id)
    values: dict[str, Any] = {}
    for field in form:
        name = field.get("name")
        ticked = field.get("type") not in ("checkbox", "radio") or "checked" in field.attributes
        if not name or "disabled" in field.attributes or "__prefix__" in name:
            continue
        if field.tag == "input" and ticked and field.get("type") not in ("submit", "file"):
            values[name] = field.attributes.get("value", "on" if field.get("type") == "checkbox" else "")
        elif field.tag == "textarea":
            values[name] = "".join(child for child in field.children if isinstance(child, str)).strip()
        elif field.tag == "select":
            chosen = [option.get("value") for option in field.all("option") if "selected" in option.attributes]
            values[name] = chosen if "multiple" in field.attributes else (chosen or [""])[0]
    return values


def errors(response: Any) -> str:
    """Return all that an answer says is wrong."""
    return " ".join(found.text for found in page_of(response).all("ul", class_="errorlist"))
