"""Reports in the admin: counting, drafting, publishing; each role on each page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Version
from comments.models import MailAddress, Report, ReportText
from comments.report_text import draft_texts
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.factories import (
    make_answer,
    make_closed_consultation,
    make_published_comment,
    make_report,
    make_user,
)

pytestmark = pytest.mark.django_db
PAGES = ("change", "count", "draft", "preview", "history")


@pytest.fixture
def report() -> Report:
    """A report that was not counted, on three comments with two answers; it has no text."""
    consultation = make_closed_consultation(slug="consulted")
    comments = [make_published_comment(consultation) for _ in range(3)]
    answer = make_answer(comments[0], reason="It was *right*\n\nand clear.")
    comments[1].points.update(answer=answer)
    make_answer(comments[2], disposition="not-accepted", reason="Trop tôt.", language="fr")
    return Report.objects.create(consultation=consultation)


def send(client: Client, report: Report, **fields: Any) -> Any:
    """Send the form of a report, with a text where it has none."""
    url = address(report, "change")
    values = typed(client.get(url), "report_form")
    if not report.texts.exists():
        values |= {"texts-TOTAL_FORMS": 1, "texts-0-language": "en", "texts-0-title": "What came of it"}
        values |= {"texts-0-ready": "on"}
    return client.post(url, values | fields)


def at(moment: Any) -> dict[str, str]:
    """Return the fields of a report that is published at a moment."""
    return {
        "state": "published",
        "published_at_0": f"{moment:%Y-%m-%d}",
        "published_at_1": f"{moment:%H:%M:%S}",
    }


def count(client: Client, report: Report) -> Report:
    """Count a report."""
    assert client.post(address(report, "count")).status_code == 302
    report.refresh_from_db()
    return report


def test_counting_asks_first(editor: Client, report: Report) -> None:
    page = page_of(editor.get(address(report, "count")))
    assert page.all("form", id="count_form")
    assert not Report.objects.filter(counted_at__isnull=False).exists()
    assert count(editor, report).figures["comments"] == 3
    tables = page_of(editor.get(address(report, "change"))).one("div", class_="report-figures")
    assert "comments and replies" in tables.text


def test_counting_without_a_text_consulted_on(editor: Client, report: Report) -> None:
    """It says what is missing."""
    Version.objects.update(consultation=None, state="superseded")
    response = editor.post(address(report, "count"), follow=True)
    assert "No text is consulted on yet" in response.content.decode()
    report.refresh_from_db()
    assert report.counted_at is None


def test_only_what_was_counted_is_published(editor: Client, report: Report) -> None:
    """Said beside the state; nothing typed is lost."""
    now = timezone.now()
    response = send(editor, report, **at(now), **{"texts-0-body": "What we were told."})
    assert response.status_code == 200
    state = page_of(response).one("div", class_="field-state")
    assert "Count the figures first" in state.text
    assert typed(response, "report_form")["texts-0-body"] == "What we were told."
    count(editor, report)
    response = send(editor, report, **at(now))
    assert response.status_code == 302, errors(response)
    assert Client().get("/en/consultations/consulted/report/").status_code == 200
    report.consultation.refresh_from_db()
    assert report.consultation.report_at is not None


def test_publishing_is_noted_once_for_all_who_asked(editor: Client, report: Report) -> None:
    """Not when a published report is saved again."""
    for comment in report.consultation.comments.filter(number__lt=3):
        MailAddress.objects.create(comment=comment, sealed="sealed", language="en")
    count(editor, report)
    assert send(editor, report).status_code == 302
    told = MailAddress.objects.exclude(changed_at=None)
    assert not told.exists()
    assert send(editor, report, **at(timezone.now())).status_code == 302
    assert told.count() == 2
    MailAddress.objects.update(changed_at=None)
    assert send(editor, report).status_code == 302
    assert not told.exists()


def test_drafting_asks_in_which_languages(editor: Client, report: Report) -> None:
    """New texts are not ready; reasons stand where they have the language."""
    count(editor, report)
    url = address(report, "draft")
    assert page_of(editor.get(url)).all("input", name="overwrite") == []
    response = editor.post(url, {"languages": ["en", "fr"]})
    assert response.status_code == 302
    english, french = report.texts.order_by("language")
    assert not english.ready
    assert not french.ready
    assert english.title == f"Report: {report.consultation.texts.get().title}"
    assert english.body.startswith("- **3** comments and replies\n")
    comments = "/en/consultations/consulted/comments"
    assert english.answered.splitlines() == [
        "### Accepted",
        "",
        f"- Comments [1]({comments}/1/), [2]({comments}/2/): It was \\*right\\* and clear.",
        "",
        "### Not accepted",
        "",
        f"- Comment [3]({comments}/3/)",
    ]
    assert "](/fr/consultations/consulted/comments/3/): Trop tôt." in french.answered
    assert "It was" not in french.answered
    assert english.history.get().history_user.groups.get().name == "Editor"


def test_what_somebody_wrote_stays_unless_asked_twice(editor: Client, report: Report) -> None:
    """Empty parts are filled; for the rest the language is ticked once more."""
    count(editor, report)
    ReportText.objects.create(report=report, language="en", title="Own title", body="Own words.")
    url = address(report, "draft")
    offered = [box.get("value") for box in page_of(editor.get(url)).all("input", name="overwrite")]
    assert offered == ["en"]
    editor.post(url, {"languages": ["en"]})
    text = report.texts.get()
    assert (text.title, text.body) == ("Own title", "Own words.")
    assert text.answered.startswith("### Accepted")
    response = editor.post(url, {"languages": ["fr"], "overwrite": ["en"]})
    assert response.status_code == 400
    assert "Tick the language above too." in errors(response)
    editor.post(url, {"languages": ["en"], "overwrite": ["en"]})
    text.refresh_from_db()
    assert (text.title, text.body.partition("\n")[0]) == ("Own title", "- **3** comments and replies")
    assert "Own words." in text.history.values_list("body", flat=True)


@pytest.mark.parametrize("sent", [{}, {"languages": ["xx"]}, {"languages": ["en"], "overwrite": ["en"]}])
def test_bad_input(editor: Client, report: Report, sent: dict[str, list[str]]) -> None:
    count(editor, report)
    response = editor.post(address(report, "draft"), sent)
    assert response.status_code == (400 if "xx" in str(sent) or not sent else 302)
    assert ReportText.objects.count() == (0 if response.status_code == 400 else 1)


def test_drafting_wants_figures(editor: Client, report: Report) -> None:
    response = editor.post(address(report, "draft"), {"languages": ["en"]}, follow=True)
    assert "Count the figures first" in response.content.decode()
    assert not report.texts.exists()


def test_drafts_in_all_languages(report: Report) -> None:
    """And only from answers that are public."""
    make_answer(make_published_comment(report.consultation), reason="Not said yet.", state="draft", published_at=None)
    languages = ["en", "fr", "es", "ru", "ar", "zh-hans"]
    texts = draft_texts(report, languages=languages, by=make_user("Editor"))
    assert [text.language for text in texts] == languages
    assert all("comments/3/" in text.answered for text in texts)
    assert [text.language for text in texts if "Trop tôt." in text.answered] == ["fr"]
    assert not any("Not said yet." in text.answered for text in texts)


def test_published_reports_are_kept(administrator: Client) -> None:
    """Until they are withdrawn; the consultation then stands where it stood."""
    report = make_report()
    assert administrator.post(address(report, "delete"), {"post": "yes"}).status_code == 403
    assert send(administrator, report, state="withdrawn").status_code == 302
    report.consultation.refresh_from_db()
    assert report.consultation.report_at is None
    assert administrator.post(address(report, "delete"), {"post": "yes"}).status_code == 302


def test_publication_is_not_restored(editor: Client) -> None:
    """It is decided on the form, which tells those who asked."""
    report = make_report()
    send(editor, report, state="published", **{"texts-0-title": "Another"})
    record = report.history.earliest()
    send(editor, report, state="withdrawn")
    url = address(report, "restore", "report", record.history_id)
    assert editor.post(url).status_code == 409
    report.refresh_from_db()
    assert report.state == "withdrawn"


def test_a_report_stays_with_its_consultation(editor: Client) -> None:
    report = make_report()
    other = make_closed_consultation()
    send(editor, report, consultation=other.pk)
    report.refresh_from_db()
    assert report.consultation != other


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["moderator", "coordinator", "visitor"])
def test_others_see_and_do_nothing(who: str, page: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    report = make_report()
    before = report.counted_at
    expected = 302 if who == "visitor" else 403
    assert client.get(address(report, page)).status_code == expected
    assert client.post(address(report, page), {"languages": ["en"]}).status_code in (expected, 405)
    report.refresh_from_db()
    assert (report.counted_at, report.texts.count()) == (before, 1)


@pytest.mark.parametrize("page", ["count", "draft"])
def test_no_such_report_and_wrong_method(editor: Client, page: str) -> None:
    report = make_report()
    url = address(report, page)
    for method in (editor.put, editor.delete, editor.patch):
        assert method(url).status_code == 405
    for wrong in ("999999", "x", "99999999999999999999"):
        assert editor.get(url.replace(f"/{report.pk}/", f"/{wrong}/")).status_code == 404


def test_scheduled_reports_preview(editor: Client) -> None:
    report = make_report(published_at=timezone.now() + timedelta(days=1))
    assert "What came of it" in editor.get(address(report, "preview")).content.decode()
    assert "comments and replies" in editor.get(address(report, "preview")).content.decode()
