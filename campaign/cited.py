"""Paragraphs of deliverables as the network's shared issues cite them, and as staff name them."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from advocacy.paragraphs import Passage
from campaign.grounds import PLACE, Place, ground_at, in_order, paragraph_in, standing
from campaign.models import Deliverable, Paragraph, Version

# How many letters of a paragraph are shown.
EXCERPT = 220
# `guidance-note 12`, or `guidance-note 12 v1` for a version that need not be the current one.
NAMED = re.compile(r"(?P<slug>[-\w]+) (?:¶ ?)?(?P<number>[1-9]\d{0,3})(?: v(?P<version>[1-9]\d{0,3}))?", re.ASCII)


def cited(keys: Iterable[UUID]) -> list[Passage]:
    """Return the paragraphs of these keys as they can be read now, in the order of their deliverables."""
    found = {
        Place(*place): (plain, language)
        for plain, language, *place in standing(keys).values_list("plain", "text__language", *PLACE)
    }
    deliverables = {row.pk: row for row in Deliverable.objects.public().for_list()} if found else {}
    cited = []
    for place in in_order(found, deliverables):
        ground = ground_at(place, deliverables)
        plain, language = found[place]
        label = (ground.label, ground.language, ground.number, ground.version, ground.url)
        cited.append(Passage(*label, first_words(plain), language))
    return cited


def first_words(plain: str) -> str:
    """Return what a paragraph begins with, cut between words where its script has spaces."""
    words = " ".join(plain.split())
    if len(words) <= EXCERPT:
        return words
    return (words[:EXCERPT].rpartition(" ")[0] or words[:EXCERPT]).rstrip(",;:") + " …"


def find(named: str) -> UUID:
    """Return the key of the paragraph that staff name. Raises ValidationError."""
    found = NAMED.fullmatch(" ".join(named.split()))
    if not found:
        raise ValidationError(gettext("Write a deliverable and a paragraph’s number, as “guidance-note 12”."))
    deliverable = Deliverable.objects.filter(slug=found["slug"]).first()
    if deliverable is None:
        known = ", ".join(Deliverable.objects.order_by("position", "slug").values_list("slug", flat=True))
        told = gettext("There is no deliverable “%(slug)s”. There are: %(known)s.")
        raise ValidationError(told, params={"slug": found["slug"], "known": known or "–"})
    version = int(found["version"]) if found["version"] else None
    key, last = paragraph_in(deliverable, int(found["number"]), version)
    if last is None:
        raise ValidationError(gettext("It has no such public version whose paragraphs could be named."))
    if key is None:
        raise ValidationError(gettext("The last paragraph is %(last)s."), params={"last": last})
    return key


def named(key: UUID) -> str:
    """Return how staff name a paragraph: with the newest version that has it, a public one if it can be."""
    public = Version.objects.public().filter(pk=OuterRef("text__version"))
    rows = Paragraph.objects.filter(key=key).annotate(is_public=Exists(public))
    columns = ("text__version__deliverable__slug", "number", "text__version__number")
    newest = rows.order_by("-is_public", "-text__version__number").values_list(*columns).first()
    return "{} {} v{}".format(*newest) if newest else ""
