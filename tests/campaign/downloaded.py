"""Files as readers get them."""

from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from campaign.models import Version
from publishing.pdf.make import make_pdf
from tests.publishing.html import parse
from tests.publishing.test_pdf import document


def get(address: str, **options: Any) -> tuple[Any, bytes]:
    """Return the answer to a visitor and all of its body."""
    response: Any = Client().get(address, **options)
    return response, b"".join(response.streaming_content) if response.streaming else response.content


def address_of(version: Version, form: str = "pdf", language: str = "en") -> str:
    """Return the address of a version's file."""
    return f"/{language}/deliverables/{version.deliverable.slug}/download/{version.number}.{form}"


def redraft(version: Version, body: str) -> None:
    """Take a version back, write it anew, and publish it again: what is public is frozen."""
    Version.objects.filter(pk=version.pk).update(state="draft")
    text = version.texts.get()
    text.body = body
    text.save()
    Version.objects.filter(pk=version.pk).update(state="final")


def lines(address: str) -> list[Any]:
    """Return the lines of the part that lists downloads."""
    root = parse(get(address)[1].decode())
    (section,) = [s for s in root.all("section") if s.all("h2", id="downloads")]
    found: list[Any] = section.all("li")
    return found


def attach(text: Any) -> bytes:
    """Attach a designed PDF to a text, and return its bytes."""
    designed = make_pdf(document("Designed words."))
    text.designed_pdf.save("x.pdf", ContentFile(designed))
    return designed
