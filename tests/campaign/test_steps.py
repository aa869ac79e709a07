"""The campaign's page: what it asks of whom, the paragraphs that ground it, the video, and who advises."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from campaign.models import Paragraph, StepGround, Version, VersionText
from tests.campaign.asks_rows import ground, make_step
from tests.campaign.crawl import get
from tests.campaign.test_constraints import assert_refused
from tests.factories import (
    add_text,
    make_advisory_member,
    make_campaign,
    make_consultation,
    make_deliverable,
    make_picture,
    make_version,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
THREE = "One.\n\nTwo.\n\nThree."


def page(client: Client, language: str = "en") -> Element:
    response = client.get(f"/{language}/campaign/")
    assert response.status_code == 200
    return parse(response.content.decode())


def grounds_of(root: Element, slug: str) -> list[tuple[str, str]]:
    """Return words and address of each ground of a step."""
    step = root.one("li", id=f"step-{slug}")
    return [(a.text, a.get("href")) for p in step.all("p", class_="meta") for a in p.all("a")]


def second_version(first: Version, body: str, **fields: Any) -> Version:
    """Return the version after a first one, which it supersedes."""
    Version.objects.filter(pk=first.pk).update(state="superseded")
    return make_version(first.deliverable, body=body, **fields)


def test_steps_stand_under_their_audience_in_order(visitor: Client) -> None:
    campaign = make_campaign()
    make_step(campaign, slug="last", audience="researchers")
    make_step(campaign, slug="second", audience="law-enforcement", position=2)
    make_step(campaign, slug="first", audience="law-enforcement", position=1)
    root = page(visitor)
    section = root.one("h2", id="steps").block
    assert section is not None
    ids = [e.get("id") for e in root if e.get("id").startswith(("for-", "step-"))]
    assert ids == ["for-law-enforcement", "step-first", "step-second", "for-researchers", "step-last"]
    targets = [a.get("href") for a in root.all("a") if a.get("href").startswith("#for-")]
    assert targets == ["#for-law-enforcement", "#for-researchers"]
    assert root.one("h3", id="for-law-enforcement").text == "Law enforcement"


def test_no_steps_no_section(visitor: Client) -> None:
    make_campaign()
    root = page(visitor)
    assert [e for e in root if e.get("id") in ("steps", "video", "members")] == []


def test_a_step_names_its_paragraphs_by_their_present_numbers(visitor: Client) -> None:
    first = make_version(make_deliverable(slug="note"), body=THREE)
    make_step(None, (first, 3), (first, 1), slug="step")
    address = "/en/deliverables/note/versions"
    assert grounds_of(page(visitor), "step") == [
        ("Guidance note, ¶ 1", f"{address}/1/#p1"),
        ("Guidance note, ¶ 3", f"{address}/1/#p3"),
    ]
    second_version(first, "One.\n\nNew.\n\nTwo.\n\nThree.")
    assert grounds_of(page(visitor), "step") == [
        ("Guidance note, ¶ 1", f"{address}/2/#p1"),
        ("Guidance note, ¶ 4", f"{address}/2/#p4"),
    ]
    assert visitor.get(f"{address}/2/").status_code == 200


def test_a_paragraph_that_is_gone_is_read_in_the_last_version_that_had_it(visitor: Client) -> None:
    first = make_version(make_deliverable(slug="note"), body=THREE)
    make_step(None, (first, 2), slug="step")
    second_version(first, "One.\n\nThree.")
    words = "Guidance note, version 1, ¶ 2"
    assert grounds_of(page(visitor), "step") == [(words, "/en/deliverables/note/versions/1/#p2")]


@pytest.mark.parametrize(
    "hidden",
    [{"state": "draft", "published_at": None}, {"published_at": timezone.now() + timedelta(days=1)}],
    ids=["draft", "scheduled"],
)
def test_a_version_that_is_not_public_moves_nothing(visitor: Client, hidden: dict[str, Any]) -> None:
    first = make_version(make_deliverable(slug="note"), body=THREE)
    make_step(None, (first, 2), slug="step")
    make_version(first.deliverable, body="New.\n\nOne.\n\nTwo.", **({"state": "superseded"} | hidden))
    assert grounds_of(page(visitor), "step") == [("Guidance note, ¶ 2", "/en/deliverables/note/versions/1/#p2")]


def test_a_ground_that_nobody_can_read_is_left_out(visitor: Client) -> None:
    version = make_version(body=THREE)
    make_step(None, (version, 2), slug="step")
    Version.objects.update(state="draft")
    assert grounds_of(page(visitor), "step") == []
    Version.objects.update(state="final")
    version.deliverable.state = "withdrawn"
    version.deliverable.save()
    assert grounds_of(page(visitor), "step") == []


def test_two_deliverables_of_a_kind_are_told_apart_by_title(visitor: Client) -> None:
    first, second = make_version(make_deliverable(slug="note")), make_version(make_deliverable(slug="other-note"))
    make_step(None, (first, 1), (second, 2), slug="step")
    words = [text for text, _ in grounds_of(page(visitor), "step")]
    assert words == ["Title of note, ¶ 1", "Title of other-note, ¶ 2"]


def test_the_number_is_the_same_in_each_language(visitor: Client) -> None:
    version = make_version(make_deliverable(slug="note"), body=THREE)
    VersionText.objects.create(version=version, language="fr", title="Note", body="Un.\n\nDeux.\n\nTrois.")
    step = make_step(None, (version, 2), slug="step")
    add_text(step, "fr", title="Une demande")
    root = page(visitor, "fr")
    assert root.one("h4", lang="fr").text == "Une demande"
    ((words, url),) = grounds_of(root, "step")
    assert words.endswith("¶ 2")
    assert url == "/fr/deliverables/note/versions/1/#p2"


def test_steps_of_another_campaign_are_not_shown(visitor: Client) -> None:
    make_campaign()
    make_step(make_campaign(state="withdrawn"), slug="old")
    assert "step-old" not in visitor.get("/en/campaign/").content.decode()


def test_a_step_rests_on_a_paragraph_once() -> None:
    version = make_version(body=THREE)
    step = make_step(None, (version, 2))
    with pytest.raises(IntegrityError, match="stepground_once"), transaction.atomic():
        ground(step, version, 2)


def test_nothing_takes_a_paragraph_from_under_a_step() -> None:
    version = make_version(body=THREE, state="draft", published_at=None)
    make_step(None, (version, 2))
    version.delete()
    assert not Paragraph.objects.exists()
    assert StepGround.objects.get().key is not None


def test_steps_are_found(visitor: Client) -> None:
    step = make_step(slug="step")
    step.texts.update(title="Zygomorphic flowers")
    root = parse(visitor.get("/en/search/?q=zygomorphic").content.decode())
    assert root.one("ol", class_="results").one("a").get("href") == "/en/campaign/#step-step"


def test_video_is_a_link_with_a_picture_of_the_portals_own(
    visitor: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    still = make_picture()
    campaign = make_campaign(video_url="https://www.video.example/watch?v=1&t=2", video_still=still)
    campaign.texts.update(video_title="Come and join")
    root = page(visitor)
    link = root.one("a", href="https://www.video.example/watch?v=1&t=2")
    assert link.get("rel") == "nofollow noreferrer"
    assert link.text.strip() == "Come and join"
    assert link.one("img").get("src") == still.get_absolute_url()
    assert link.one("img").get("alt") == "A red wall"
    assert get(still.get_absolute_url()).status_code == 200
    assert "on another site, video.example" in root.text
    outside = [e for e in root for name in ("src", "srcset", "data") if "video.example" in e.get(name)]
    assert outside == root.all("iframe") == []
    assert [e for e in root.all("link") if "video.example" in e.get("href")] == []


def test_video_without_picture_or_title(visitor: Client) -> None:
    make_campaign(video_url="https://video.example/")
    root = page(visitor)
    assert root.one("a", href="https://video.example/").text == "Watch the video"


@pytest.mark.parametrize("address", ["http://video.example/", "javascript:alert(1)", "//video.example/"])
def test_video_is_named_by_a_secure_address(address: str) -> None:
    campaign = make_campaign()
    campaign.video_url = address
    assert_refused(campaign, "campaign_video_https", "https://")


def test_still_picture_of_no_video(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    campaign = make_campaign()
    campaign.video_still = make_picture()
    assert_refused(campaign, "campaign_still_of_a_video", "Give the address")


def test_the_first_four_members_and_the_way_to_all(visitor: Client) -> None:
    campaign = make_campaign()
    for number in range(5):
        make_advisory_member(campaign, slug=f"member-{number}", position=number)
    root = page(visitor)
    links = [a.get("href") for a in root.one("ul", class_="is-few").all("a")]
    assert links == [f"/en/campaign/advisory-group/#member-{number}" for number in range(4)]
    assert root.all("a", href="/en/campaign/advisory-group/")


def test_deliverables_name_their_open_consultations(visitor: Client) -> None:
    make_campaign()
    closes = timezone.now() + timedelta(days=20)
    first = make_consultation(make_version(make_deliverable(slug="note")), slug="first", closes_at=closes)
    for address in ("/en/deliverables/", "/en/campaign/", "/en/"):
        root = parse(visitor.get(address).content.decode())
        texts = [a.text for a in root.all("a", href="/en/consultations/first/")]
        assert any(text.startswith("Open for comments until ") for text in texts)
    # A newer version is out while the older one still takes comments.
    make_version(first.version.deliverable)
    assert "Version 1 is open for comments until" in visitor.get("/en/deliverables/").content.decode()
    first.state = "withdrawn"
    first.save()
    assert "open for comments" not in visitor.get("/en/deliverables/").content.decode()
