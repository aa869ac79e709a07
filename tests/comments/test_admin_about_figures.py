"""The desk, the answers, the report and the files of a consultation about the figures."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Version
from comments.models import Answer, Comment, Consultation, Point, Report
from comments.report_text import draft_texts
from factsheets.models import Figure
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.comments.loop import page_url
from tests.comments.test_admin_answers import answer, new_url
from tests.comments.test_admin_entering import ADD, letter
from tests.comments.test_admin_points import divide
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_figure,
    make_published_comment,
    make_report,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure() -> Figure:
    """A public figure."""
    return make_figure(code="share", value="51.5")


@pytest.fixture
def consultation(figure: Figure) -> Consultation:
    """One question about the figure, and one about all of them."""
    made = make_consultation(about="figures", slug="questions")
    make_published_comment(made, paragraph_key=figure.key, body="Which year?").points.update(paragraph_key=figure.key)
    make_published_comment(made)
    return made


def test_queue_and_desk_name_the_figure(moderator: Client, consultation: Consultation, figure: Figure) -> None:
    waiting = make_comment(consultation, paragraph_key=figure.key)
    assert f"Figure {figure.pk}" in page_of(moderator.get(address(Comment, "changelist"))).text
    desk = page_of(moderator.get(address(waiting, "change"))).text
    assert f"Figure {figure.pk}" in desk
    assert "51.5%" in desk


def test_points_are_listed_and_filtered_by_figure(editor: Client, consultation: Consultation, figure: Figure) -> None:
    listed = address(Point, "changelist")
    query = f"{listed}?comment__consultation__id__exact={consultation.pk}"
    page = page_of(editor.get(query))
    assert page.text.count(f"Figure {figure.pk}") == 2  # in the row, and among the filters
    narrowed = page_of(editor.get(f"{query}&paragraph={figure.pk}"))
    assert len(narrowed.one("table", id="result_list").one("tbody").all("tr")) == 1


def test_point_is_about_another_figure(editor: Client, consultation: Consultation) -> None:
    """Chosen by what it says."""
    other, comment = make_figure(value="3"), consultation.comments.get(number=1)
    page = page_of(editor.get(address(comment, "points")))
    options = page.one("select", id="id_points-0-paragraph").all("option")
    assert any("51.5% · Prevalence of HIV" in option.text for option in options)
    response = divide(editor, comment, "Which", **{"points-0-paragraph": str(other.pk)})
    assert response.status_code == 302, errors(response)
    assert comment.points.get().paragraph_key == other.key
    response = divide(editor, comment, "Which", **{"points-0-paragraph": "999999"})
    assert "There is no figure" in errors(response)


def test_answer_asks_for_no_version(editor: Client, consultation: Consultation) -> None:
    page = page_of(editor.get(new_url(consultation=consultation.pk, points="1")))
    assert not page.all("input", id="id_changed_version")
    assert not page.all("input", id="id_changed_paragraphs")
    assert page_of(editor.get(new_url())).all("input", id="id_changed_version")
    response = answer(editor, consultation, "1", changed_version="2", changed_paragraphs="7")
    assert response.status_code == 302, errors(response)
    found = Answer.objects.get()
    assert found.changed_version is None
    page = page_of(editor.get(address(found, "change")))
    assert not page.all("input", id="id_changed_version")


@pytest.mark.parametrize("query", ["x", "99999999999999999999", "-1", ""])
def test_answer_to_no_consultation(editor: Client, query: str) -> None:
    assert editor.get(new_url(consultation=query)).status_code == 200


def test_version_named_for_questions_is_refused(editor: Client, consultation: Consultation) -> None:
    """Where the form asks for one, since the consultation was not chosen when it was opened."""
    values = typed(editor.get(new_url()), "answer_form")
    sent = {"consultation": consultation.pk, "points": "1", "disposition": "accepted", "changed_version": "2"}
    response = editor.post(new_url(), values | sent | {"texts-0-reason": "Corrected."})
    assert "no version 2 later" in errors(response)


def test_progress(editor: Client, consultation: Consultation, figure: Figure) -> None:
    page = page_of(editor.get(address(consultation, "progress"))).text
    assert "Open points by figure" in page
    assert f"Figure {figure.pk}" in page
    assert "the figures as a whole" in page


def test_letter_about_a_figure(moderator: Client, consultation: Consultation, figure: Figure) -> None:
    response = moderator.post(ADD, letter(consultation=consultation, paragraph=str(figure.pk)))
    assert response.status_code == 201, errors(response)
    assert Comment.objects.get(channel="letter").paragraph_key == figure.key
    response = moderator.post(ADD, letter(consultation=consultation, paragraph="999999"))
    assert "There is no figure of this number." in errors(response)


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_staff_files(administrator: Client, consultation: Consultation, form: str) -> None:
    response = administrator.get(f"/admin/comments/comment/files/?consultation={consultation.pk}&format={form}")
    assert response.status_code == 200


def test_report(visitor: Client, editor: Client, consultation: Consultation, figure: Figure) -> None:
    """It counts by figure, and speaks of no paragraph."""
    Consultation.objects.filter(pk=consultation.pk).update(closes_at=timezone.now() - timedelta(days=1))
    consultation.refresh_from_db()
    make_answer(consultation.comments.get(number=1), disposition="accepted")
    report = make_report(consultation)
    base = page_url(consultation)
    page = visitor.get(f"{base}report/")
    assert page.status_code == 200
    shown = page.content.decode()
    assert f"Figure {figure.pk}" in shown
    assert "/en/figures/share/" in shown
    assert "By figure" in shown
    assert "By paragraph" not in shown
    assert "No paragraph was changed." not in shown
    for kind in ("md", "html", "pdf"):
        response: Any = visitor.get(f"{base}report.{kind}")
        assert response.status_code == 200
        assert b"".join(response.streaming_content)
    assert editor.get(address(report, "preview")).status_code == 200
    assert draft_texts(report, languages=["en", "fr"], by=None, overwrite=["en"])
    assert editor.get(address(Report, "changelist")).status_code == 200


def test_what_it_is_about_is_chosen_once(administrator: Client, consultation: Consultation) -> None:
    values = typed(administrator.get(address(Consultation, "add")), "consultation_form")
    assert values["about"] == "version"
    shown = page_of(administrator.get(address(consultation, "change")))
    assert not shown.all("select", id="id_about")
    values = typed(administrator.get(address(consultation, "change")), "consultation_form")
    administrator.post(address(consultation, "change"), values | {"about": "version"})
    consultation.refresh_from_db()
    assert consultation.about == "figures"


def test_version_takes_no_questions(administrator: Client, consultation: Consultation) -> None:
    """Beside the field, not as an error of the database."""
    version: Any = make_version(state="draft", published_at=None)
    url = address(version, "change")
    response = administrator.post(
        url, typed(administrator.get(url), "version_form") | {"consultation": consultation.pk}
    )
    assert response.status_code == 200
    assert errors(response)
    assert Version.objects.get(pk=version.pk).consultation is None


def test_preview_before_it_is_public(administrator: Client, consultation: Consultation) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(state="draft")
    assert administrator.get(address(consultation, "preview")).status_code == 200
