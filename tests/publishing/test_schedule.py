"""What is scheduled says so, and becomes public by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from advocacy.models import News
from campaign.models import Version
from tests.campaign.admin_pages import address, page_of
from tests.factories import make_news, make_version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_news, make_version])
def test_scheduled_thing_becomes_public_by_itself(editor: Client, visitor: Client, make: Any) -> None:
    thing = make(published_at=timezone.now() + timedelta(days=3))
    model = type(thing)
    listed = page_of(editor.get(address(model, "changelist"))).one("table", id="result_list").text
    assert "scheduled for" in listed
    assert "Scheduled: it becomes public by itself" in page_of(editor.get(address(thing, "change"))).text
    assert visitor.get(thing.get_absolute_url()).status_code == 404
    # Its time comes: nothing is saved, no job runs.
    model._default_manager.filter(pk=thing.pk).update(published_at=timezone.now() - timedelta(seconds=1))
    assert visitor.get(thing.get_absolute_url()).status_code == 200
    assert "cheduled" not in page_of(editor.get(address(thing, "change"))).text


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "withdrawn"}, {}])
def test_draft_with_a_date_is_not_scheduled(editor: Client, fields: dict[str, str]) -> None:
    later = timezone.now() + timedelta(days=3)
    news = make_news(**fields, published_at=later if fields else timezone.now() - timedelta(days=3))
    assert "cheduled" not in page_of(editor.get(address(news, "change"))).text
    assert "scheduled" not in page_of(editor.get(address(News, "changelist"))).text


def test_scheduled_version_is_not_frozen_yet(editor: Client) -> None:
    version = make_version(published_at=timezone.now() + timedelta(days=3))
    assert not Version.objects.public().filter(pk=version.pk).exists()
    assert "it is frozen" not in page_of(editor.get(address(version, "change"))).text
