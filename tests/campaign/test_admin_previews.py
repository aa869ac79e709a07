"""Previews: staff who may see a thing see it as its page will be; nobody else does, by any address."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from advocacy.models import Event, EventDocument, Issue, News, Organisation, Practice
from campaign.models import AdvisoryMember, Version, VersionText
from comments.models import Answer, Consultation
from factsheets.models import Figure, FigureText, PolicyInstrument
from tests.campaign.admin_pages import MADE, PREVIEWED, address
from tests.conftest import signed_in
from tests.factories import (
    add_text,
    make_answer,
    make_campaign,
    make_comment,
    make_consultation,
    make_deliverable,
    make_event,
    make_factsheet,
    make_figure,
    make_instrument,
    make_news,
    make_picture,
    make_population,
    make_practice,
    make_published_comment,
    make_user,
    make_version,
)
from tests.publishing.html import Element, parse

SEEN_BY: dict[str, set[type[Model]]] = {
    "Editor": set(PREVIEWED) - {Organisation, Issue, Practice},
    "Moderator": {Consultation, Answer},
    "Network coordinator": {Organisation, Issue, Practice, News, Event, EventDocument, Figure},
    "": set(),
}

pytestmark = pytest.mark.django_db
each_model = pytest.mark.parametrize("model", PREVIEWED, ids=lambda model: model.__name__)


@pytest.fixture(autouse=True)
def pictures(settings: Any, tmp_path: Path) -> None:
    """Keep pictures out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path


def make_draft(model: Any) -> Any:
    """Return a row that is not public."""
    row = MADE[model]()
    model.objects.filter(pk=row.pk).update(state="draft", published_at=None)
    row.refresh_from_db()
    return row


def add_french(thing: Any) -> str:
    """Give a thing a French text that is not ready, and return what can be seen of it."""
    words = "Un titre en français"
    if isinstance(thing, Figure):
        FigureText.objects.create(figure=thing, language="fr", label=words, ready=False)
    elif isinstance(thing, Version):
        VersionText.objects.create(version=thing, language="fr", title=words, body="Un paragraphe.", ready=False)
    else:
        add_text(thing, "fr", title=words, ready=False)
    return words


def words_of(thing: Any) -> str:
    """Return words that the page must show."""
    if isinstance(thing, Answer):
        return thing.texts.get().reason
    text = thing.texts.get(language="en")
    return str(getattr(text, "title", None) or text.label)


def page_of(response: Any) -> Element:
    """Return the page, which must be well formed."""
    assert response.status_code == 200
    return parse(response.content.decode())


@each_model
def test_staff_see_the_public_page_of_a_draft(administrator: Client, model: Any) -> None:
    draft = make_draft(model)
    response = administrator.get(address(draft, "preview"))
    page = page_of(response)
    assert words_of(draft) in page.text
    assert page.one("title").text.startswith("Preview: ")
    assert page.all("a", href=address(draft, "change"))
    assert "no-store" in response["Cache-Control"]
    assert "'unsafe" not in response["Content-Security-Policy"]


@each_model
def test_no_public_address_shows_a_draft(administrator: Client, visitor: Client, model: Any) -> None:
    draft = make_draft(model)
    words = words_of(draft)
    administrator.get(address(draft, "preview"))
    pages = ["/en/", "/en/figures/", "/en/campaign/", "/en/campaign/advisory-group/", "/en/search/?q=title"]
    if hasattr(draft, "get_absolute_url"):
        pages.append(draft.get_absolute_url())
    for client in (visitor, administrator):
        for url in pages:
            assert words not in client.get(url).content.decode()


@each_model
def test_form_links_the_preview(administrator: Client, model: Any) -> None:
    draft = make_draft(model)
    content = administrator.get(address(draft, "change")).content.decode()
    assert f'href="{address(draft, "preview")}"' in content
    assert "View on site" not in content


@pytest.mark.parametrize("model", [m for m in PREVIEWED if m is not Answer], ids=lambda model: model.__name__)
def test_language_is_chosen_by_the_address(administrator: Client, model: Any) -> None:
    draft = make_draft(model)
    french = add_french(draft)
    response = administrator.get(address(draft, "preview"), {"language": "fr"})
    page = page_of(response)
    assert french in page.text
    # An organisation tells its English name too.
    assert words_of(draft) not in page.one("h1").text
    assert page.one("html").get("lang") == response["Content-Language"] == "fr"
    links = {link.get("hreflang"): link.get("href") for link in page.one("nav", class_="languages").all("a")}
    assert links["ar"] == "?language=ar"
    # Where there is no Russian, the English stands in.
    assert words_of(draft) in page_of(administrator.get(address(draft, "preview"), {"language": "ru"})).text


@each_model
@pytest.mark.parametrize("role", SEEN_BY)
def test_each_role_previews_what_it_may_see(model: Any, role: str) -> None:
    draft = make_draft(model)
    expected = 200 if model in SEEN_BY[role] else 403
    assert signed_in(make_user(role)).get(address(draft, "preview")).status_code == expected


@each_model
def test_visitors_are_led_to_the_login(visitor: Client, model: Any) -> None:
    draft = make_draft(model)
    for client in (visitor, signed_in(make_user(staff=False))):
        response = client.get(address(draft, "preview"))
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")
        assert words_of(draft) not in response.content.decode()


@each_model
def test_no_such_thing(administrator: Client, model: Any) -> None:
    draft = make_draft(model)
    url = address(draft, "preview")
    for number in ("999999", "abc", "9" * 40):
        assert administrator.get(url.replace(f"/{draft.pk}/", f"/{number}/")).status_code == 404
    for language in ("xx", "", "../en", "en-gb"):
        assert administrator.get(url, {"language": language}).status_code == 404
    assert administrator.post(url).status_code == 405


@pytest.mark.parametrize(
    "model", [m for m in PREVIEWED if m not in (Answer, PolicyInstrument)], ids=lambda model: model.__name__
)
def test_thing_without_text_leads_back_to_its_form(administrator: Client, model: Any) -> None:
    draft = make_draft(model)
    draft.texts.all().delete()
    response = administrator.get(address(draft, "preview"), follow=True)
    assert response.redirect_chain == [(address(draft, "change"), 302)]
    assert "write a text first" in response.content.decode()


def test_version_of_an_unpublished_deliverable(administrator: Client) -> None:
    version = make_version(make_deliverable(state="draft"), state="draft", body="## Part\n\nWords of the draft.")
    page = page_of(administrator.get(address(version, "preview")))
    assert "Words of the draft." in page.text


def test_deliverable_is_previewed_with_its_published_version(administrator: Client) -> None:
    deliverable = make_deliverable(state="draft")
    preview = address(deliverable, "preview")
    assert "Its first version will be here" in page_of(administrator.get(preview)).text
    make_version(deliverable, body="Published words.", state="superseded")
    make_version(deliverable, body="Draft words.", state="draft")
    text = page_of(administrator.get(preview)).text
    assert "Published words." in text
    assert "Draft words." not in text


def test_factsheet_shows_sections_of_a_text_that_is_not_ready(administrator: Client) -> None:
    factsheet = make_factsheet(state="draft")
    factsheet.texts.update(ready=False)
    make_figure(population=factsheet.population)
    page = page_of(administrator.get(address(factsheet, "preview")))
    assert "About epidemiology" in page.text
    assert "Prevalence of HIV" in page.text


def test_instrument_needs_a_factsheet_to_stand_on(administrator: Client) -> None:
    instrument = make_instrument(make_population())
    response = administrator.get(address(instrument, "preview"), follow=True)
    assert response.redirect_chain == [(address(instrument, "change"), 302)]
    assert "has no factsheet yet" in response.content.decode()


def test_consultation_needs_a_version(administrator: Client) -> None:
    consultation = make_consultation()
    version = consultation.version
    version.state, version.consultation = "final", None
    version.save()
    response = administrator.get(address(consultation, "preview"), follow=True)
    assert response.redirect_chain == [(address(consultation, "change"), 302)]


def test_consultation_shows_published_comments_only(administrator: Client) -> None:
    consultation = make_consultation()
    make_published_comment(consultation, body="Read by a moderator")
    make_comment(consultation, body="Not read yet")
    text = page_of(administrator.get(address(consultation, "preview"))).text
    assert "Read by a moderator" in text
    assert "Not read yet" not in text


def test_answer_stands_alone_below_its_comment(administrator: Client) -> None:
    comment = make_published_comment(body="What was asked")
    make_answer(comment, reason="Said before")
    draft = make_answer(comment, reason="To be said", state="draft", published_at=None)
    text = page_of(administrator.get(address(draft, "preview"))).text
    assert "What was asked" in text
    assert "To be said" in text
    assert "Said before" not in text
    comment.state = "withdrawn"
    comment.save()
    assert administrator.get(address(draft, "preview")).status_code == 302


def test_unpublished_pictures_show_in_previews_alone(administrator: Client, visitor: Client) -> None:
    picture = make_picture()
    news = make_news(picture=picture, state="draft", event=make_event())
    member = MADE[AdvisoryMember]()
    member.picture, member.state = picture, "draft"
    member.save()
    for row in (news, member):
        page = page_of(administrator.get(address(row, "preview")))
        assert [image.get("src") for image in page.all("img")] == [address(picture, "image")]
        assert not page.all("source") and not page.one("img").get("srcset")
    response = administrator.get(address(picture, "image"))
    assert response.content.startswith(b"RIFF")
    for client in (visitor, administrator):
        assert client.get(picture.get_absolute_url()).status_code == 404


def test_published_things_are_linked_on_the_site(administrator: Client) -> None:
    practice = make_practice()
    assert f'href="{practice.get_absolute_url()}"' in administrator.get(address(practice, "change")).content.decode()


def test_previews_carry_no_form(administrator: Client) -> None:
    """So nothing in them needs a token, and their referrer policy stays the strict one."""
    response = administrator.get(address(make_campaign(), "preview"))
    assert response["Referrer-Policy"] == "no-referrer"
