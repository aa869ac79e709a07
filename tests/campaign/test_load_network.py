"""`manage.py load_seeds` on what waits at the secretariat, and on papers of meetings."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from advocacy import joining
from advocacy.models import Application, ApplicationState, EventDocument
from tests.campaign.test_load_seeds import load, refused, write
from tests.factories import make_paper, make_user

pytestmark = pytest.mark.django_db
APPLICATION = """---
name: Sample applicant
listing: region
country: TZ
cities: [Dodoma]
populations: [migrants]
issues: [data]
services: [release]
languages: [sw]
founded: 2016
text_language: en
summary: We walk along.
contact_person: A sample
contact_email: a@example.org
---

Who we are.
"""
MEETING = """---
title: Meeting
starts_at: 2027-03-24T09:00:00+02:00
ends_at: 2027-03-24T12:00:00+02:00
---
"""


@pytest.fixture
def seeds(tmp_path: Path, settings: Settings) -> Path:
    """Return a folder of seeds."""
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = tmp_path / "seeds"
    files: dict[str, str | bytes] = {
        "populations/migrants.en.md": "---\ntitle: Migrants\n---\n",
        "issues/data.en.md": "---\ntitle: Lack of data\n---\n",
        "applications/applicant.md": APPLICATION,
        "events/meeting.en.md": MEETING,
        "event-documents/minutes.en.md": "---\ntitle: Minutes\nevent: meeting\nfile: minutes.pdf\n---\n",
        "event-documents/minutes.pdf": make_paper(),
    }
    for path, text in files.items():
        write(folder, path, text)
    return folder


def test_an_application_waits_until_somebody_decides(seeds: Path) -> None:
    assert "applications: created 1" in load(seeds)
    application = Application.objects.pending().get()
    assert (application.name, application.body, application.populations) == (
        "Sample applicant",
        "Who we are.",
        ["migrants"],
    )
    assert joining.contact(application) == joining.Contact("A sample", "a@example.org")
    assert "a@example.org" not in str(Application.objects.values().get())
    joining.refuse(application, by=make_user("Network coordinator"), reason="other-work")
    assert "applications: left 1" in load(seeds)
    assert Application.objects.get().state == ApplicationState.REFUSED


def test_an_application_names_what_is_there(seeds: Path) -> None:
    write(seeds, "applications/applicant.md", APPLICATION.replace("[migrants]", "[nobody]"))
    assert refused(seeds) == ["applications/applicant.md:6: populations: there is no key population “nobody”"]
    assert not Application.objects.exists()


def test_a_paper_lies_beside_its_text(seeds: Path, visitor: Client) -> None:
    assert "event documents: created 1" in load(seeds)
    response = visitor.get(EventDocument.objects.get().get_absolute_url())
    assert b"".join(response).startswith(b"%PDF-")
    assert "event documents: left 1" in load(seeds)


def test_a_paper_that_is_no_pdf(seeds: Path) -> None:
    write(seeds, "event-documents/minutes.pdf", b"GIF89a")
    assert refused(seeds)[0].startswith("event-documents/minutes.en.md:4: file: ")
    assert not EventDocument.objects.exists()
