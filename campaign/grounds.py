"""Where the paragraphs that practical steps rest on can be read now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Value, When
from django.urls import reverse

from campaign.models import Deliverable, Paragraph, PracticalStep, Version
from publishing.languages import direction, reader_language


@dataclass(frozen=True)
class Place:
    """A paragraph's newest public place; `is_current` where that is its deliverable's current version."""

    deliverable: int
    version: int
    number: int
    is_current: bool


@dataclass(frozen=True)
class Ground:
    """A link to a paragraph; `version` only where readers would not expect it there."""

    label: str
    language: str
    dir: str
    number: int
    version: int | None
    url: str


def standing(keys: Iterable[UUID]) -> QuerySet[Paragraph]:
    """Return of each key the paragraph in the newest public version that has it.

    It is in the reader's language if it can be; `is_current` tells whether its version is the current one.
    """
    current = Version.objects.current().filter(pk=OuterRef("text__version"))
    language = Case(
        When(text__language=reader_language(), then=Value(0)),
        When(text__language="en", then=Value(1)),
        default=Value(2),
    )
    public = Paragraph.objects.filter(key__in=set(keys), text__ready=True, text__version__in=Version.objects.public())
    newest = public.annotate(is_current=Exists(current))
    return newest.order_by("key", "-text__version__number", language, "text").distinct("key")


PLACE = ("text__version__deliverable", "text__version__number", "number", "is_current")


def places(keys: Iterable[UUID]) -> dict[UUID, Place]:
    """Return where each key's paragraph stands in the newest public version that has it."""
    return {key: Place(*place) for key, *place in standing(keys).values_list("key", *PLACE)}


def add_grounds(steps: Iterable[PracticalStep], deliverables: Iterable[Deliverable]) -> list[PracticalStep]:
    """Give each step its `shown_grounds`, as far as they can be read in `deliverables`, the public ones."""
    steps = list(steps)
    by_id = {deliverable.pk: deliverable for deliverable in deliverables}
    found = places(ground.key_id for step in steps for ground in step.grounds.all())
    for step in steps:
        standing = (found.get(ground.key_id) for ground in step.grounds.all())
        ordered = in_order((place for place in standing if place), by_id)
        step.shown_grounds = [ground_at(place, by_id) for place in ordered]  # type: ignore[attr-defined] # for the template
    return steps


def in_order(found: Iterable[Place], deliverables: Mapping[int, Deliverable]) -> list[Place]:
    """Return the places in these deliverables, in their order."""
    return sorted(
        (place for place in found if place.deliverable in deliverables),
        key=lambda place: (deliverables[place.deliverable].position, place.deliverable, -place.version, place.number),
    )


def ground_at(place: Place, deliverables: Mapping[int, Deliverable]) -> Ground:
    """Name the deliverable by its kind, by its title where its kind says too little: there are several of it."""
    deliverable = deliverables[place.deliverable]
    shared = Counter(other.kind for other in deliverables.values())[deliverable.kind] > 1
    if shared or deliverable.kind == Deliverable.Kind.OTHER:
        label, language = deliverable.text.title, deliverable.text.language
    else:
        label, language = deliverable.get_kind_display().capitalize(), reader_language()
    url = reverse("version", args=[deliverable.slug, place.version])
    version = None if place.is_current else place.version
    return Ground(label, language, direction(language), place.number, version, f"{url}#p{place.number}")


def paragraph_in(deliverable: Deliverable, number: int, version: int | None = None) -> tuple[UUID | None, int | None]:
    """Return the key of a numbered paragraph of a public version, and the last number there is.

    The version is the current one unless told.
    """
    versions = Version.objects.current() if version is None else Version.objects.public().filter(number=version)
    numbered = Paragraph.objects.filter(
        text__version__in=versions.filter(deliverable=deliverable), number__isnull=False
    )
    key = numbered.filter(number=number).values_list("key", flat=True).first()
    return key, numbered.aggregate(last=Max("number"))["last"]
