"""Marking figures and sources as checked."""

from datetime import date

import pytest
from django.test import Client

from factsheets.checking import mark_checked
from factsheets.models import Figure, Source
from tests.campaign.admin_pages import address
from tests.factories import make_figure, make_source, make_user

TODAY = date(2026, 3, 4)

pytestmark = pytest.mark.django_db


def test_each_keeps_its_history() -> None:
    by = make_user("Editor")
    first, second = make_figure(), make_figure(checked=TODAY)
    assert mark_checked(Figure.objects.all(), by=by, on=TODAY) == 1
    first.refresh_from_db()
    assert first.checked == TODAY
    record = first.history.first()
    assert (record.checked, record.history_user) == (TODAY, by)
    assert second.history.count() == 1, "it was marked already"


def test_sources_too() -> None:
    source = make_source()
    assert mark_checked(Source.objects.all(), by=make_user(), on=TODAY) == 1
    source.refresh_from_db()
    assert source.checked == TODAY
    assert source.history.count() == 2


@pytest.mark.parametrize("model", [Figure, Source])
def test_from_the_list(editor: Client, model: type[Figure | Source]) -> None:
    rows = [make_figure() if model is Figure else make_source() for _ in range(2)]
    data = {"action": "check_today", "_selected_action": [row.pk for row in rows]}
    page = editor.post(address(model, "changelist"), data, follow=True).content.decode()
    assert "2 marked as checked today." in page
    assert not model._default_manager.filter(checked=None).exists()


def test_nobody_else_is_offered_it(moderator: Client) -> None:
    figure = make_figure()
    data = {"action": "check_today", "_selected_action": [figure.pk]}
    assert moderator.post(address(Figure, "changelist"), data).status_code == 403
    figure.refresh_from_db()
    assert figure.checked is None
