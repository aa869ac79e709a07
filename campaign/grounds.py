"""Where the paragraphs that practical steps rest on can be read now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
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


def places(keys: Iterable[UUID]) -> dict[UUID, Place]:
    """Return where each key's paragraph stands in the newest public version that has it."""
    current = Version.objects.current().filter(pk=OuterRef("text__version"))
    newest = (
        Paragraph.objects.filter(key__in=set(keys), text__ready=True, text__version__in=Version.objects.public())
        .annotate(is_current=Exists(current))
        .order_by("key", "-text__version__number", "text")
        .distinct("key")
    )
    fields = ("key", "text__version__deliverable", "text__version__number", "number", "is_current")
    return {key: Place(*place) for key, *place in newest.values_list(*fields)}


def add_grounds(steps: Iterable[PracticalStep], deliverables: Iterable[Deliverable]) -> list[PracticalStep]:
    """Give each step its `shown_grounds`, as far as they can be read in `deliverables`, the public ones."""
    steps = list(steps)
    by_id = {deliverable.pk: deliverable for deliverable in deliverables}
    found = places(ground.key_id for step in steps for ground in step.grounds.all())
    shared = {kind for kind, count in Counter(d.kind for d in by_id.values()).items() if count > 1}
    for step in steps:
        standing = (found.get(ground.key_id) for ground in step.grounds.all())
        ordered = sorted(
            (place for place in standing if place and place.deliverable in by_id),
            key=lambda place: (by_id[place.deliverable].position, place.deliverable, -place.version, place.number),
        )
        step.shown_grounds = [_ground(place, by_id, shared) for place in ordered]  # type: ignore[attr-defined] # for the template
    return steps


def _ground(place: Place, deliverables: Mapping[int, Deliverable], shared: set[str]) -> Ground:
    """Name the deliverable by its kind, by its title where its kind says too little."""
    deliverable = deliverables[place.deliverable]
    if deliverable.kind in shared or deliverable.kind == Deliverable.Kind.OTHER:
        label, language = deliverable.text.title, deliverable.text.language
    else:
        label, language = deliverable.get_kind_display().capitalize(), reader_language()
    url = reverse("version", args=[deliverable.slug, place.version])
    version = None if place.is_current else place.version
    return Ground(label, language, direction(language), place.number, version, f"{url}#p{place.number}")


def paragraph_in(deliverable: Deliverable, number: int) -> tuple[UUID | None, int | None]:
    """Return the key of a numbered paragraph of the current version, and the last number there is."""
    numbered = Paragraph.objects.filter(
        text__version__in=Version.objects.current().filter(deliverable=deliverable), number__isnull=False
    )
    key = numbered.filter(number=number).values_list("key", flat=True).first()
    return key, numbered.aggregate(last=Max("number"))["last"]
