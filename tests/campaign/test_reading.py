"""Deliverables, and the page on which a version is read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Version, VersionText
from comments.models import Consultation
from tests.factories import (
    add_text,
    make_closed_consultation,
    make_comment,
    make_consultation,
    make_deliverable,
    make_published_comment,
    make_version,
    paragraph_of,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
BODY = (
    "## First part\n\nOne.\n\n1. step\n2. next\n\n"
    "Between.\n\n1. again\n\n### Deeper\n\n- item\n\n#### Deepest\n\nLast.\n"
)


def read(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    return parse(response.content.decode())


def address_of(version: Version) -> str:
    return f"/en/deliverables/{version.deliverable.slug}/versions/{version.number}/"


def paragraphs(root: Element) -> dict[str, Element]:
    """Return the numbered paragraphs by their anchors."""
    return {div.get("id"): div for div in root.all("div", class_="para")}


def test_every_paragraph_has_its_number_as_a_permanent_link(visitor: Client) -> None:
    root = read(visitor, address_of(make_version(body=BODY)))
    found = paragraphs(root)
    assert list(found) == [f"p{n}" for n in range(1, 8)]
    for number, paragraph in enumerate(found.values(), start=1):
        link = paragraph.one("a", class_="pilcrow")
        assert link.get("href") == f"#p{number}"
        assert link.text == f"¶Paragraph {number}"
    assert [p.one("div", class_="body").text for p in found.values()] == [
        *("One.", "step", "next", "Between.", "again", "item", "Last.")
    ]


def test_numbered_lists_count_on_and_begin_anew(visitor: Client) -> None:
    root = read(visitor, address_of(make_version(body=BODY)))
    assert [ol.get("start") for ol in root.one("div", class_="text").all("ol")] == ["1", "2", "1"]


def test_headings_have_no_number_but_a_place_in_the_contents(visitor: Client) -> None:
    root = read(visitor, address_of(make_version(body=BODY)))
    links = root.one("nav", class_="contents").all("a")
    assert [link.text for link in links] == ["First part", "Deeper"]
    for link in links:
        (heading,) = [e for e in root if e.get("id") == link.get("href")[1:]]
        assert heading.text == link.text
    assert [h.text for h in root.one("div", class_="text").all("h4")] == ["Deepest"]


def test_a_text_without_headings_has_no_contents(visitor: Client) -> None:
    root = read(visitor, address_of(make_version(body="One.\n")))
    assert root.all("nav", class_="contents") == []


def test_footnotes_stand_after_the_text(visitor: Client) -> None:
    root = read(visitor, address_of(make_version(body="One.[^1]\n\n[^1]: By UNAIDS.\n")))
    assert list(paragraphs(root)) == ["p1"]
    assert root.one("div", class_="footnote").text.startswith("By UNAIDS.")


def test_tables_can_be_scrolled(visitor: Client) -> None:
    root = read(visitor, address_of(make_version(body="| a | b |\n|---|---|\n| c | d |\n")))
    table = root.one("table")
    around = next(e for e in table.ancestors if e.get("role") == "region")
    assert around.get("tabindex") == "0"
    assert around.get("aria-label")


def test_while_open_every_paragraph_invites_a_comment(visitor: Client) -> None:
    consultation = make_consultation()
    root = read(visitor, address_of(consultation.version))
    new = f"/en/consultations/{consultation.slug}/comments/new/"
    links = [p.one("a", class_="speak").get("href") for p in paragraphs(root).values()]
    assert links == [f"{new}?paragraph={n}" for n in range(1, len(links) + 1)]
    assert root.all("a", class_="button", href=new)
    assert len(root.one("ol", class_="stations").all("li")) == 5


def test_tallies_say_where_people_spoke(visitor: Client) -> None:
    """Published comments only, each at its paragraph; a paragraph without any has none."""
    consultation = make_consultation()
    second = paragraph_of(consultation, 2).key
    first = make_published_comment(consultation, paragraph_key=second)
    make_published_comment(consultation, paragraph_key=second, reply_to=first)
    make_published_comment(consultation)
    make_comment(consultation, paragraph_key=paragraph_of(consultation, 1).key)
    found = paragraphs(read(visitor, address_of(consultation.version)))
    tallies = {anchor: [a.text for a in p.all("a", class_="tally")] for anchor, p in found.items()}
    assert {anchor: tally for anchor, tally in tallies.items() if tally} == {"p2": ["2 comments"]}
    link = found["p2"].one("a", class_="tally").get("href")
    assert link == f"/en/consultations/{consultation.slug}/?paragraph=2#comments"


def test_tallies_follow_a_paragraph_into_its_translation(visitor: Client) -> None:
    consultation = make_consultation(make_version(body="One.\n\nTwo.\n"))
    make_published_comment(consultation, paragraph_key=paragraph_of(consultation, 2).key)
    VersionText.objects.create(version=consultation.version, language="fr", title="Note", body="Un.\n\nDeux.\n")
    found = paragraphs(read(visitor, address_of(consultation.version).replace("/en/", "/fr/")))
    assert found["p2"].one("a", class_="tally").text.startswith("1 ")


@pytest.mark.parametrize("when", ["upcoming", "closed", "not public"])
def test_otherwise_nothing_invites_a_comment(visitor: Client, when: str) -> None:
    now = timezone.now()
    if when == "upcoming":
        consultation = make_consultation(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2))
    else:
        consultation = make_closed_consultation() if when == "closed" else make_consultation()
    if when == "not public":
        Consultation.objects.update(state="draft", published_at=None)
    root = read(visitor, address_of(consultation.version))
    assert root.all("a", class_="speak") == []
    assert not [a for a in root.all("a") if "comments/new" in a.get("href")]
    assert bool(root.all("ol", class_="stations")) == (when != "not public")


def test_an_older_version_leads_to_the_newest(visitor: Client) -> None:
    deliverable = make_deliverable()
    old = make_version(deliverable, state="superseded")
    new = make_version(deliverable)
    root = read(visitor, address_of(old))
    notice = root.one("p", class_="notice")
    assert notice.text.startswith("This is an older version.")
    assert notice.one("a").get("href") == address_of(new)
    assert read(visitor, address_of(new)).all("p", class_="notice") == []


def test_all_versions_are_listed_newest_first(visitor: Client) -> None:
    deliverable = make_deliverable()
    make_version(deliverable, state="superseded")
    version = make_version(deliverable, state="superseded")
    make_version(deliverable)
    make_version(deliverable, state="draft", published_at=None)
    root = read(visitor, address_of(version))
    section = next(s for s in root.all("section") if s.all("h2", id="versions"))
    links = [link for link in section.all("a") if "/versions/" in link.get("href")]
    assert [link.text for link in links] == ["version 3", "version 2", "version 1"]
    assert [link.get("aria-current") for link in links] == ["", "true", ""]
    compared = [link.get("href").split("/changes/")[1] for link in section.all("a") if "/changes/" in link.get("href")]
    assert compared == ["2/3/", "1/2/"]
    assert [s.text for s in section.all("span", class_="state")] == ["final", "superseded", "superseded"]


def test_the_deliverables_own_address_shows_the_current_version(visitor: Client) -> None:
    deliverable = make_deliverable()
    make_version(deliverable, state="superseded", body="Old words.\n")
    make_version(deliverable, body="New words.\n")
    root = read(visitor, f"/en/deliverables/{deliverable.slug}/")
    assert "New words." in root.text
    assert "Old words." not in root.text


def test_a_deliverable_without_a_version_says_what_comes(visitor: Client) -> None:
    deliverable = make_deliverable()
    root = read(visitor, f"/en/deliverables/{deliverable.slug}/")
    assert "Its first version will be here" in root.text
    assert paragraphs(root) == {}


def test_deliverables_are_listed_with_state_and_date(visitor: Client) -> None:
    make_version(make_deliverable(position=2))
    first = make_consultation(make_version(make_deliverable(position=1))).version
    make_deliverable(position=3)
    root = read(visitor, "/en/deliverables/")
    items = [li for li in root.one("main").one("ul", class_="list").children if isinstance(li, Element)]
    assert [[s.text for s in item.all("span", class_="state")] for item in items] == [["consultation"], ["final"], []]
    assert items[0].all("time")[0].get("datetime") == f"{first.published_at:%Y-%m-%d}"
    assert first.consultation is not None
    links = [a.get("href") for a in items[0].all("a")]
    assert links == [f"/en/deliverables/{first.deliverable.slug}/", f"/en/consultations/{first.consultation.slug}/"]


def test_nothing_yet(visitor: Client) -> None:
    assert "Deliverables will be listed here." in read(visitor, "/en/deliverables/").text


@pytest.mark.parametrize(
    "address",
    [
        "/en/deliverables/none/",
        "/en/deliverables/none/versions/1/",
        "/en/deliverables/{slug}/versions/7/",
        "/en/deliverables/{slug}/versions/0/",
        "/en/deliverables/{slug}/versions/99999999999999999999/",
        "/en/deliverables/{slug}/versions/x/",
        "/en/deliverables/{slug}/versions/",
        "/en/deliverables/{slug}%00/",
        "/en/deliverables/" + "x" * 3000 + "/",
    ],
)
def test_bad_addresses(visitor: Client, address: str) -> None:
    slug = make_version().deliverable.slug
    assert visitor.get(address.format(slug=slug)).status_code == 404


@pytest.mark.parametrize(
    "address", ["/en/deliverables/", "/en/deliverables/{slug}/", "/en/deliverables/{slug}/versions/1/"]
)
def test_reading_is_all_one_can_do(visitor: Client, address: str) -> None:
    url = address.format(slug=make_version().deliverable.slug)
    assert visitor.head(url).status_code == 200
    assert visitor.head(url).content == b""
    for method in (visitor.post, visitor.put, visitor.delete, visitor.patch):
        response = method(url)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"


def test_what_the_document_is(visitor: Client) -> None:
    deliverable = make_deliverable()
    make_version(deliverable)
    add_text(deliverable, "fr", body="Ce que c'est.")
    root = read(visitor, f"/fr/deliverables/{deliverable.slug}/")
    section = next(s for s in root.all("section") if s.all("h2", id="what"))
    assert "Ce que c'est." in section.text
