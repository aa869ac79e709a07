"""A consultation's dates: by its own clock, for each language, closed early and extended with a public note."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from comments.models import Consultation, DateChange, LanguageClosing
from comments.progress import Progress, progress_of
from comments.scheduling import close_early, extend, has_opened
from tests.campaign.admin_pages import address, errors, typed
from tests.comments.loop import page_of, page_url
from tests.conftest import signed_in
from tests.factories import (
    make_answer,
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_point,
    make_published_comment,
    make_user,
)

pytestmark = pytest.mark.django_db
NOTE = {"note": "Three organisations asked for more time.", "language": "en"}


def scheduled(**fields: Any) -> Consultation:
    """Return a consultation that opens in June 2030."""
    dates = {"opens_at": datetime(2030, 6, 1, tzinfo=UTC), "closes_at": datetime(2030, 6, 30, 21, 59, tzinfo=UTC)}
    return make_consultation(timezone="Europe/Vienna", **dates | fields)


# --- What readers see


def test_moments_by_its_own_clock(visitor: Client) -> None:
    """With the zone's name, and for machines with its distance from UTC; the days of the stations follow."""
    consultation = scheduled(closes_at=datetime(2030, 6, 30, 22, 30, tzinfo=UTC))
    LanguageClosing.objects.create(
        consultation=consultation, language="ar", closes_at=datetime(2030, 7, 14, 21, 59, tzinfo=UTC)
    )
    page = page_of(visitor.get(page_url(consultation)))
    text = page.one("dl", class_="dates").text
    assert "1 July 2030, 00:30, Europe/Vienna time" in text
    assert "Closes for comments in Arabic" in text
    assert "14 July 2030, 23:59, Europe/Vienna time" in text
    moments = [found.get("datetime") for found in page.one("dl", class_="dates").all("time")]
    assert moments == ["2030-06-01T02:00:00+02:00", "2030-07-01T00:30:00+02:00", "2030-07-14T23:59:00+02:00"]
    assert [t.get("datetime") for t in page.one("ol", class_="stations").all("time")] == ["2030-06-01", "2030-07-14"]


def test_dates_that_are_past_are_told_as_past(visitor: Client) -> None:
    """Each by itself: it may still be open in one language."""
    consultation = make_closed_consultation()
    LanguageClosing.objects.create(
        consultation=consultation, language="ar", closes_at=timezone.now() + timedelta(days=1)
    )
    dates = page_of(visitor.get(page_url(consultation))).one("dl", class_="dates")
    assert [term.text for term in dates.all("dt")][:3] == ["Opened", "Closed", "Closes for comments in Arabic"]


@pytest.mark.parametrize(("make", "words"), [(make_closed_consultation, "It took"), (scheduled, "It takes")])
def test_closed_form_tells_from_when_until_when(visitor: Client, make: Any, words: str) -> None:
    """Of what is over, and of what is still to come."""
    answer = visitor.get(f"{page_url(make())}comments/new/")
    assert answer.status_code == 409
    assert f"{words} comments from" in page_of(answer).text


@pytest.mark.parametrize(
    ("days", "words"), [(12, "(in 12 days)"), (1, "(in 1 day)"), (0, "(today)"), (-1, "(1 day late)"), (-3, "(3 days")]
)
def test_clock_of_the_answer(visitor: Client, days: int, words: str) -> None:
    """In words, until it is given."""
    now = timezone.now()
    consultation = make_consultation(
        opens_at=now - timedelta(days=30),
        closes_at=now - timedelta(days=20),
        answer_due=now.date() + timedelta(days=days),
    )
    assert words in page_of(visitor.get(page_url(consultation))).one("dl", class_="dates").text
    Consultation.objects.update(answered_at=now)
    assert words not in page_of(visitor.get(page_url(consultation))).one("dl", class_="dates").text


def test_progress(visitor: Client) -> None:
    """Points of published comments count, and answers that are public."""
    consultation = make_consultation()
    assert "points" not in page_of(visitor.get(page_url(consultation))).one("dl", class_="dates").text
    first, second = make_published_comment(consultation), make_published_comment(consultation)
    make_point(first, "More.")
    make_answer(first)
    make_answer(second, state="draft", published_at=None)
    make_answer(make_published_comment())
    make_point(make_comment(consultation))
    assert progress_of(consultation) == Progress(total=3, answered=1)
    assert "1 of 3 points" in page_of(visitor.get(page_url(consultation))).one("dl", class_="dates").text


def test_policy(visitor: Client) -> None:
    """What staff wrote, and what is kept for how long; linked from the consultation."""
    consultation = make_consultation(kept_days=90)
    text = consultation.texts.get()
    text.policy = "**Everybody** may take part."
    text.save()
    url = f"{page_url(consultation)}policy/"
    page = page_of(visitor.get(url))
    assert "Everybody may take part." in page.text
    assert "is erased 90 days after closing" in page.text
    assert url in [found.get("href") for found in page_of(visitor.get(page_url(consultation))).all("a")]
    assert visitor.post(url).status_code == 405
    Consultation.objects.update(state="draft")
    assert visitor.get(url).status_code == 404


# --- What moves them


def test_close_early(visitor: Client) -> None:
    """For every language, at once, with its note."""
    consultation, by = make_consultation(), make_user()
    later = timezone.now() + timedelta(days=40)
    LanguageClosing.objects.create(consultation=consultation, language="ar", closes_at=later)
    current = close_early(consultation, by=by, **NOTE)
    assert not current.takes_comments()
    assert not current.takes_comments(language="ar")
    change = DateChange.objects.get()
    assert (change.kind, change.before, change.after, change.by) == ("early", later, current.last_closing, by)
    text = page_of(visitor.get(page_url(consultation))).one("header", class_="head").text
    assert "closed early" in text
    assert NOTE["note"] in text
    with pytest.raises(ValidationError):
        close_early(consultation, by=by, **NOTE)
    assert DateChange.objects.count() == 1


def test_extend(visitor: Client) -> None:
    """In all languages, or in one, also after closing."""
    consultation, by = make_closed_consultation(), make_user()
    until = timezone.now() + timedelta(days=9)
    current = extend(consultation, until=until, by=by, **NOTE)
    assert current.closes_at == until
    longer = until + timedelta(days=9)
    current = extend(consultation, until=longer, by=by, comments_in="ar", note="صدرت الترجمة متأخرة.", language="ar")
    assert current.last_closing == longer
    assert not current.takes_comments(until, language="en")
    head = page_of(visitor.get(page_url(consultation))).one("header", class_="head")
    assert "extended for comments in Arabic, until" in head.text
    assert head.one("span", lang="ar", dir="rtl").text == "صدرت الترجمة متأخرة."


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({}, timedelta(days=-1)),
        ({}, timedelta(days=19)),
        ({"answered_at": timezone.now()}, timedelta(days=30)),
        ({"opens_at": timezone.now() + timedelta(days=1)}, timedelta(days=30)),
        ({"answer_due": (timezone.now() + timedelta(days=25)).date()}, timedelta(days=30)),
    ],
)
@pytest.mark.parametrize("language", ["", "ar"])
def test_extension_that_makes_no_sense(fields: dict[str, Any], until: timedelta, language: str) -> None:
    """Into the past, to an earlier date, after the answer, before opening, or beyond the day of the answer."""
    consultation = make_consultation(**fields)
    with pytest.raises(ValidationError):
        extend(consultation, until=timezone.now() + until, by=make_user(), comments_in=language, **NOTE)
    assert not DateChange.objects.exists()


# --- In the admin


def test_moments_are_typed_by_its_own_clock(editor: Client) -> None:
    """Those of languages too; what comes back is what was typed, and the zone of the same form counts."""
    consultation = scheduled()
    url = address(consultation, "change")
    form = typed(editor.get(url), "consultation_form")
    assert (form["closes_at_0"], form["closes_at_1"]) == ("2030-06-30", "23:59:00")
    form |= {"timezone": "Asia/Tokyo", "closes_at_1": "18:00:00", "closings-TOTAL_FORMS": "1"}
    form |= {"closings-0-language": "ar", "closings-0-closes_at_0": "2030-07-01", "closings-0-closes_at_1": "09:00:00"}
    assert editor.post(url, form).status_code == 302
    consultation.refresh_from_db()
    assert consultation.closes_at == datetime(2030, 6, 30, 9, tzinfo=UTC)
    assert consultation.closings.get().closes_at == datetime(2030, 7, 1, 0, tzinfo=UTC)
    again = typed(editor.get(url), "consultation_form")
    assert (again["closes_at_1"], again["closings-0-closes_at_1"]) == ("18:00:00", "09:00:00")


@pytest.mark.parametrize(("day", "time"), [("2030-03-31", "02:30:00"), ("2030-10-27", "02:30:00")])
def test_moments_that_no_clock_shows_once(editor: Client, day: str, time: str) -> None:
    """The hour that is left out in spring, and the one that comes twice in autumn, are refused."""
    consultation = scheduled(opens_at=datetime(2030, 1, 1, tzinfo=UTC))
    form = typed(editor.get(address(consultation, "change")), "consultation_form")
    response = editor.post(address(consultation, "change"), form | {"closes_at_0": day, "closes_at_1": time})
    assert response.status_code == 200
    assert "Europe/Vienna" in errors(response)


def test_form_of_what_has_opened_moves_no_date(editor: Client) -> None:
    """Nor does a form that is sent all the same, nor the history."""
    consultation = make_consultation()
    LanguageClosing.objects.create(consultation=consultation, language="ar", closes_at=consultation.closes_at)
    assert has_opened(consultation)
    url = address(consultation, "change")
    form = typed(editor.get(url), "consultation_form")
    assert not {name for name in form if name.startswith(("opens_at", "closes_at", "timezone", "closings-0-closes"))}
    moved = {"closes_at_0": "2031-01-01", "closes_at_1": "00:00:00", "timezone": "Asia/Tokyo"}
    editor.post(url, form | moved)
    before = consultation.closes_at
    consultation.refresh_from_db()
    assert (consultation.closes_at, consultation.timezone) == (before, "UTC")
    extend(consultation, until=before + timedelta(days=9), by=make_user(), **NOTE)
    record = consultation.history.earliest()
    response = editor.post(address(Consultation, "restore", consultation.pk, "consultation", record.history_id))
    assert response.status_code == 409


def test_draft_can_be_changed() -> None:
    """Nobody has been told its dates."""
    assert not has_opened(make_consultation(state="draft", published_at=None))
    assert not has_opened(scheduled())


PAGES = {
    "extend": NOTE | {"until_0": "2040-06-30", "until_1": "23:59:00", "comments_in": ""},
    "close-early": NOTE,
}


@pytest.mark.parametrize("page", PAGES)
def test_pages_that_move_dates(editor: Client, page: str) -> None:
    """Linked from the form; they show a form first, and come back to the consultation."""
    consultation = make_consultation(timezone="Europe/Vienna")
    url = address(consultation, page)
    assert url in editor.get(address(consultation, "change")).content.decode()
    assert editor.get(url).status_code == 200
    assert not DateChange.objects.exists()
    assert editor.post(url, PAGES[page]).status_code == 302
    consultation.refresh_from_db()
    if page == "extend":
        assert consultation.closes_at == datetime(2040, 6, 30, 21, 59, tzinfo=UTC)
    assert consultation.takes_comments() == (page == "extend")


@pytest.mark.parametrize("page", PAGES)
def test_pages_that_move_dates_say_what_is_wrong(editor: Client, page: str) -> None:
    """Beside the field, and nothing happens."""
    consultation = make_closed_consultation(answered_at=timezone.now())
    url = address(consultation, page)
    for sent in ({}, PAGES[page] | {"note": " "}, PAGES[page] | {"language": "xx"}, PAGES[page]):
        response = editor.post(url, sent)
        assert response.status_code == 400
        assert errors(response)
    if page == "extend":
        for wrong in ({"until_0": "2030-02-30"}, {"until_0": "2000-01-01"}, {"comments_in": "zz"}):
            assert editor.post(url, PAGES[page] | wrong).status_code == 400
    assert not DateChange.objects.exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["Moderator", "Network coordinator", ""])
def test_others_move_no_dates(page: str, role: str) -> None:
    """Whoever may not change a consultation."""
    consultation = make_consultation()
    client = signed_in(make_user(role))
    assert client.get(address(consultation, page)).status_code == 403
    assert client.post(address(consultation, page), PAGES[page]).status_code == 403
    assert not DateChange.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_no_such_consultation(editor: Client, page: str) -> None:
    """Not found; and other methods are refused."""
    assert editor.get(address(Consultation, page, "999999")).status_code == 404
    assert editor.get(address(Consultation, page, "x")).status_code == 404
    assert editor.put(address(make_consultation(), page)).status_code == 405
