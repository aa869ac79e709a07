"""A consultation about the figures: its pages, its files, its filters, and what becomes of a figure meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Consultation
from factsheets.models import Figure
from tests.comments.loop import code_of, comment_url, comments_on, filled, form_url, page_of, page_url, send
from tests.factories import (
    make_answer,
    make_comment,
    make_consultation,
    make_figure,
    make_population,
    make_published_comment,
    make_version,
)

pytestmark = pytest.mark.django_db
CANARY = "77.7"
NOW_HIDDEN: dict[str, Any] = {
    "withdrawn": {"state": "withdrawn"},
    "draft again": {"state": "draft"},
    "scheduled": {"published_at": timezone.now() + timedelta(days=3)},
}


@pytest.fixture
def figure() -> Figure:
    """A public figure."""
    return make_figure(code="share", value=CANARY, population=make_population(), year=None)


@pytest.fixture
def consultation(figure: Figure) -> Consultation:
    """Three questions on two figures and on all of them, the first answered, with a reply."""
    made = make_consultation(about="figures", slug="questions")
    first = make_published_comment(made, paragraph_key=figure.key, body="Which year?")
    make_answer(first, reason="We do not know.", disposition="noted")
    make_published_comment(made, paragraph_key=make_figure(value="3").key)
    make_published_comment(made)
    make_published_comment(made, reply_to=first, paragraph_key=figure.key)
    return made


def pages(consultation: Consultation, figure: Figure) -> list[str]:
    """Return the addresses at which something of the consultation is read."""
    base = page_url(consultation)
    files = [f"{base}comments.{form}" for form in ("csv", "json", "atom", "xlsx")]
    return [
        *("/en/", "/en/consultations/", "/en/deliverables/", "/en/search/?q=year", "/sitemap.xml"),
        *(base, f"{base}policy/", f"{base}?paragraph={figure.pk}", f"{base}?order=paragraph", f"{base}?q=year"),
        *(f"{base}comments/{number}/" for number in range(1, 5)),
        *(form_url(consultation), form_url(consultation, reply_to=1)),
        *files,
    ]


def test_every_page_answers(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    """Without a version: it is public on its own."""
    make_consultation()
    for address in pages(consultation, figure):
        assert visitor.get(address).status_code == 200, address
    assert "questions" in visitor.get("/en/consultations/").content.decode()


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"published_at": timezone.now() + timedelta(days=1)}])
def test_unpublished_one_is_nowhere(visitor: Client, consultation: Consultation, fields: dict[str, Any]) -> None:
    Consultation.objects.filter(pk=consultation.pk).update(**fields)
    assert not Comment.objects.public().exists()
    for address in (page_url(consultation), form_url(consultation), f"{page_url(consultation)}comments/1/"):
        assert visitor.get(address).status_code == 404
    assert "questions" not in visitor.get("/en/consultations/").content.decode()


def test_page_says_figures(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    """Nowhere a paragraph, nowhere a text."""
    page = page_of(visitor.get(page_url(consultation, order="paragraph"))).one("main")
    assert f"on Figure {figure.pk}" in page.text
    assert "See the figures" in page.text
    headings = [heading.text for heading in page.all("h3")]
    assert headings[0] == "On the figures as a whole"
    assert f"On Figure {figure.pk}" in headings
    assert "¶" not in page.text
    assert "y paragraph" not in page.text
    assert "the text" not in page.text
    assert page.all("a", href="/en/figures/share/")


def test_figure_is_found_by_what_it_says(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    """Among all public figures, before the first comment too."""
    empty = make_consultation(about="figures")
    options = page_of(visitor.get(page_url(empty))).one("select", id="id_paragraph").all("option")
    (found,) = [option for option in options if option.get("value") == str(figure.pk)]
    assert CANARY in found.text
    assert "Prevalence of HIV" in found.text
    assert "undated" in found.text
    assert comments_on(visitor, page_url(consultation, paragraph=figure.pk)) == [1, 4]
    page = page_of(visitor.get(page_url(empty, paragraph=figure.pk)))
    assert CANARY in page.one("blockquote").text
    assert page.all("a", href=form_url(empty, paragraph=figure.pk))


def test_question_is_sent(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    page = page_of(visitor.get(form_url(consultation, paragraph=figure.pk)))
    assert page.one("h1").text == f"Comment on Figure {figure.pk}"
    assert CANARY in page.one("blockquote").text
    shown = visitor.post(form_url(consultation, paragraph=figure.pk), filled(preview="1"))
    assert f"on Figure {figure.pk}" in page_of(shown).text
    assert code_of(send(visitor, consultation, query={"paragraph": figure.pk}))
    assert Comment.objects.get(state="pending").paragraph_key == figure.key


@pytest.mark.parametrize("number", ["0", "999999999", "x", "-1"])
def test_no_such_figure(visitor: Client, consultation: Consultation, number: str) -> None:
    for address in (page_url(consultation, paragraph=number), form_url(consultation, paragraph=number)):
        assert visitor.get(address).status_code == 404
    assert send(visitor, consultation, query={"paragraph": number}, body="Kept.").status_code == 404


def test_files_name_the_figure(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    told = visitor.get(f"{page_url(consultation)}comments.json").json()["comments"][0]
    assert (told["paragraph"], told["about"]) == (figure.pk, f"Figure {figure.pk}")
    assert told["about_url"] == "http://testserver/en/figures/share/"


@pytest.mark.parametrize("how", NOW_HIDDEN)
def test_hidden_figure_leaves_its_questions(
    visitor: Client, consultation: Consultation, figure: Figure, how: str
) -> None:
    """They say that it is withdrawn, and nothing of what it said; nobody can ask about it any more."""
    Figure.objects.filter(pk=figure.pk).update(**NOW_HIDDEN[how])
    for address in pages(consultation, figure):
        response = visitor.get(address)
        assert response.status_code == 200, address
        assert CANARY not in response.content.decode(errors="replace"), address
        assert "/figures/share/" not in response.content.decode(errors="replace"), address
    page = page_of(visitor.get(comment_url(consultation.comments.get(number=1))))
    assert "(figure withdrawn)" in page.one("blockquote").text
    assert "We do not know." in page.text
    assert visitor.get(form_url(consultation, paragraph=figure.pk)).status_code == 404
    assert send(visitor, consultation, query={"paragraph": figure.pk}).status_code == 404


def test_hidden_figure_nobody_asked_about_does_not_exist(visitor: Client, consultation: Consultation) -> None:
    """Nor one that only a comment which waits is about."""
    waiting = make_figure(state="withdrawn")
    make_comment(consultation, paragraph_key=waiting.key)
    for hidden in (make_figure(state="draft"), waiting):
        assert visitor.get(page_url(consultation, paragraph=hidden.pk)).status_code == 404


def test_superseded_figure_leads_to_the_newer(visitor: Client, consultation: Consultation, figure: Figure) -> None:
    newer = make_figure(code="newer")
    Figure.objects.filter(pk=figure.pk).update(superseded_by=newer)
    page = page_of(visitor.get(page_url(consultation, paragraph=figure.pk)))
    assert CANARY in page.one("blockquote").text
    assert page.one("a", href="/en/figures/newer/").text == f"Figure {figure.pk}: there is a newer figure"
    Figure.objects.filter(pk=newer.pk).update(state="draft")
    assert not page_of(visitor.get(page_url(consultation, paragraph=figure.pk))).all("a", href="/en/figures/newer/")


def test_draft_comes_first_on_the_front_page(visitor: Client, consultation: Consultation) -> None:
    """The questions stand there only while nothing else is open."""
    assert page_url(consultation) in visitor.get("/en/").content.decode()
    draft = make_consultation(closes_at=consultation.closes_at + timedelta(days=9))
    shown = visitor.get("/en/").content.decode()
    assert page_url(draft) in shown
    assert page_url(consultation) not in shown


def test_database_keeps_them_apart(consultation: Consultation) -> None:
    """No version stands behind questions about figures, and what a consultation is about does not change."""
    for change in (
        lambda: make_version(consultation=consultation),
        lambda: Consultation.objects.filter(pk=consultation.pk).update(about="version"),
        lambda: Consultation.objects.filter(pk=make_consultation().pk).update(about="figures"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("address", ["", "?paragraph={}", "comments/1/", "comments/new/", "comments.csv"])
def test_queries(
    visitor: Client, django_assert_max_num_queries: Any, consultation: Consultation, address: str
) -> None:
    """However many figures there are, and however many of them were asked about or withdrawn."""
    figures = [make_figure(population=make_population()) for _ in range(12)]
    for figure in figures:
        make_answer(make_published_comment(consultation, paragraph_key=figure.key))
    Figure.objects.filter(pk__in=[figure.pk for figure in figures[::2]]).update(state="withdrawn")
    with django_assert_max_num_queries(24):
        assert visitor.get(page_url(consultation) + address.format(figures[1].pk)).status_code == 200
