"""What the database itself refuses about campaigns, deliverables and versions, and how forms say it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from pytest_django import Settings

from campaign.models import AdvisoryMember, Campaign, Version, VersionText
from tests.factories import (
    make_advisory_member,
    make_campaign,
    make_consultation,
    make_deliverable,
    make_picture,
    make_published_comment,
    make_version,
)

pytestmark = pytest.mark.django_db


def assert_refused(row: models.Model, constraint: str, sentence: str = "") -> None:
    """Assert that the database refuses a row, and that a form would say why."""
    with pytest.raises(ValidationError, match=sentence or constraint):
        row.validate_constraints()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_one_campaign_is_published_at_a_time() -> None:
    first = make_campaign()
    second = make_campaign(state="draft")
    second.state = "published"
    assert_refused(second, "campaign_one_published", "Another campaign is published")
    first.state = "withdrawn"
    first.save()
    second.save()
    assert list(Campaign.objects.public()) == [second]


def test_a_deliverable_has_one_final_version() -> None:
    deliverable = make_deliverable()
    make_version(deliverable)
    second = make_version(deliverable, state="draft", published_at=None)
    second.state, second.published_at = "final", timezone.now()
    assert_refused(second, "version_one_final", "Another version is final")
    Version.objects.filter(number=1).update(state="superseded")
    second.save()


def test_another_deliverable_has_its_own_final_version() -> None:
    make_version()
    make_version()
    assert Version.objects.filter(state="final").count() == 2


def test_a_version_in_consultation_names_it() -> None:
    version = make_version(state="draft")
    version.state = "consultation"
    assert_refused(version, "version_in_consultation_has_one", "Name the consultation")


def test_a_consultation_is_about_one_version() -> None:
    consultation = make_consultation()
    other = make_version(state="draft", published_at=None)
    other.consultation = consultation
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_numbers_of_versions() -> None:
    deliverable = make_deliverable()
    make_version(deliverable)
    assert_refused(Version(deliverable=deliverable, number=1), "version_number", "already exists")
    assert_refused(Version(deliverable=deliverable, number=0), "version_number_from_one")


@pytest.mark.parametrize("state", ["consultation", "final", "superseded"])
def test_public_versions_have_their_time(state: str) -> None:
    version = make_consultation().version
    version.state, version.published_at = state, None
    assert_refused(version, "version_published_at", "from when it is public")


def test_drafts_need_no_time() -> None:
    version = make_version(state="draft", published_at=None)
    version.full_clean()


@pytest.mark.parametrize("country", ["XX", "zm", "202"])
def test_members_come_from_a_country(country: str) -> None:
    member = make_advisory_member()
    member.country = country
    with pytest.raises(ValidationError, match="is no country"):
        member.full_clean()


def test_nothing_that_others_rest_on_is_deleted(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    consultation = make_consultation()
    make_published_comment(consultation)
    member = make_advisory_member(picture=make_picture())
    rested_on: list[Any] = [consultation, consultation.version.deliverable, member.campaign, member.picture]
    for thing in rested_on:
        with pytest.raises(ProtectedError):
            thing.delete()
    assert AdvisoryMember.objects.exists()


def test_texts_go_with_their_thing() -> None:
    version = make_version(state="draft", published_at=timezone.now() + timedelta(days=1))
    version.delete()
    assert not VersionText.objects.exists()


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (make_campaign, "campaign"),
        (make_deliverable, "deliverable"),
        (make_advisory_member, "member"),
    ],
)
def test_names_in_the_admin(thing: Any, words: str) -> None:
    row = thing()
    assert str(row).startswith(words)
    assert str(row.texts.get()) == f"{row} (en)"
