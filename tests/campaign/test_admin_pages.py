"""Every model's pages in the admin: they open, list without a query per row, and are found by their search."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from advocacy.models import (
    Application,
    ApplicationEvent,
    DigestMail,
    Erasure,
    FormerSlug,
    MemberComment,
    PracticeQuestion,
    PracticeUse,
    Proposal,
    Subscription,
)
from campaign.models import Change, ChangeEnd, Endorsement, EndorsementEvent, Paragraph
from comments.models import DateChange, MailAddress, ModerationEvent, Point, SealedOriginal
from publishing.models import Download, ImportJob, Mail, ParagraphKey, PreviewLink
from tests import factories
from tests.campaign.admin_pages import MADE, address, page_of

OURS = ("publishing", "comments", "factsheets", "advocacy", "campaign")
NEVER_ADDED = {Application, Erasure, Endorsement, EndorsementEvent, Mail, ModerationEvent, Point, Proposal}
NEVER_ADDED |= {PracticeQuestion, PracticeUse}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pictures(settings: Any, tmp_path: Path) -> None:
    """Keep pictures out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path


each_model = pytest.mark.parametrize("model", MADE, ids=lambda model: model.__name__)


def is_history(model: type[Model]) -> bool:
    """Whether rows of a model only tell what happened to another's."""
    return hasattr(model, "history_type")


def test_every_model_has_its_place() -> None:
    site = admin.site
    ours = {model for app in OURS for model in apps.get_app_config(app).get_models() if not is_history(model)}
    inlines = {inline.model for registered in site._registry.values() for inline in registered.inlines}
    assert {model for model in site._registry if model in ours} == set(MADE)
    # What is neither registered nor an inline is made by the portal alone.
    assert ours - set(MADE) - inlines == {
        ApplicationEvent,
        Change,
        ChangeEnd,
        DateChange,
        DigestMail,
        Download,
        FormerSlug,
        ImportJob,
        MemberComment,
        Paragraph,
        ParagraphKey,
        MailAddress,
        PreviewLink,
        SealedOriginal,
        Subscription,
    }


@each_model
def test_changelist_opens_and_searches(administrator: Client, model: type[Model]) -> None:
    MADE[model]()
    assert administrator.get(address(model, "changelist")).status_code == 200
    assert administrator.get(address(model, "changelist"), {"q": "12 words"}).status_code == 200


@each_model
def test_changelist_asks_as_often_for_twelve_rows_as_for_two(administrator: Client, model: type[Model]) -> None:
    counts = []
    for more in (2, 10):
        for _ in range(more):
            MADE[model]()
        with CaptureQueriesContext(connection) as queries:
            response = administrator.get(address(model, "changelist"))
        counts.append(len(queries))
    assert response.context["cl"].result_count >= 12
    assert counts[0] == counts[1]


@each_model
def test_add_form_opens(administrator: Client, model: type[Model]) -> None:
    response = administrator.get(address(model, "add"))
    assert response.status_code == (403 if model in NEVER_ADDED else 200)


@each_model
def test_change_form_opens(administrator: Client, model: type[Model]) -> None:
    row = MADE[model]()
    assert administrator.get(address(model, "change", row.pk)).status_code == 200


@each_model
def test_staff_without_role_see_nothing(model: type[Model]) -> None:
    row = MADE[model]()
    client = Client()
    client.force_login(factories.make_user())
    for response in (
        client.get(address(model, "changelist")),
        client.get(address(model, "change", row.pk)),
        client.get(address(model, "add")),
    ):
        assert response.status_code == 403


@each_model
def test_visitors_are_led_to_the_login(visitor: Client, model: type[Model]) -> None:
    row = MADE[model]()
    for page, *args in (("changelist",), ("add",), ("change", row.pk)):
        response = visitor.get(address(model, page, *args))
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


@each_model
def test_forms_are_well_formed(administrator: Client, model: type[Model]) -> None:
    page_of(administrator.get(address(MADE[model](), "change")))
