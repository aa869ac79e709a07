"""Where the versions show what answers to comments say they changed."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from campaign.models import Paragraph, Version
from comments.models import Answer, Consultation
from comments.subjects import Changed


def later_paragraphs(consultation: Consultation, number: int) -> dict[int, UUID] | None:
    """Return the paragraphs' keys by number in a version later than the one consulted on; None if there is none."""
    later = Version.objects.filter(
        deliverable__versions__consultation=consultation,
        deliverable__versions__number__lt=number,
        number=number,
    ).first()
    if later is None:
        return None
    rows = Paragraph.objects.filter(text__version=later, number__isnull=False).order_by("number", "-text")
    return {number: key for number, key in rows.values_list("number", "key") if number and key}


def changed_by(answers: Iterable[Answer]) -> dict[int, Changed]:
    """Return what answers changed, by their keys, as far as the version that they name is public."""
    named = {answer.pk: answer for answer in answers if answer.changed_version}
    if not named:
        return {}
    versions = _versions(named.values())
    rows = Paragraph.objects.filter(
        key__answers__in=named, text__ready=True, text__version__in=[row[0] for row in versions.values()]
    )
    paragraphs: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    found = rows.order_by("number").values_list("key__answers", "text__version", "number").distinct()
    for pk, version, number in found:
        paragraphs[pk, version].append(number or 0)
    changes = {}
    for pk, answer in named.items():
        changed = answer.changed_version or 0
        version, url = versions.get((answer.consultation_id, changed), (0, ""))
        if version:
            numbers = [(number, f"{url}#p{number}") for number in paragraphs[pk, version]]
            changes[pk] = Changed(changed, url, numbers)
    return changes


def _versions(answers: Iterable[Answer]) -> dict[tuple[int, int], tuple[int, str]]:
    """Return the public versions that answers name, with their redlines, by consultation and number."""
    answers = list(answers)
    rows = Version.objects.public().filter(
        deliverable__versions__consultation__in={answer.consultation_id for answer in answers},
        number__in={answer.changed_version for answer in answers},
    )
    columns = ("pk", "number", "deliverable__slug", "deliverable__versions__number")
    found = rows.values_list("deliverable__versions__consultation", *columns)
    return {
        (consultation, number): (pk, reverse("changes", args=[slug, before, number]))
        for consultation, pk, number, slug, before in found
        if consultation and before < number
    }
