"""The files of a practice as part of what members propose: which shall be there, under which titles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from advocacy.models import Practice, PracticeFile

Listed = list[dict[str, Any]]


def read_files(practice: Practice) -> Listed:
    """Return the files that readers have."""
    rows = practice.files.approved().order_by("pk") if practice.pk else []
    return [{"id": row.pk, "title": row.title} for row in rows]


def write_files(practice: Practice, wanted: Listed) -> None:
    """Let readers have these files and no others. Raises ValidationError where one is gone or has no title.

    What waits for another proposal is left alone.
    """
    rows = {row.pk: row for row in practice.files.select_for_update()}
    if gone := [each["title"] for each in wanted if each["id"] not in rows]:
        raise ValidationError(gettext("No longer there: %(names)s") % {"names": ", ".join(gone)})
    for each in wanted:
        row = rows.pop(each["id"])
        row.title, row.approved = each["title"], True
        row.full_clean()
        row.save()
    for row in rows.values():
        if row.approved:
            row.delete()


def shown_files(wanted: Listed) -> str:
    """Return the files for the desk, one a line."""
    kinds = dict(PracticeFile.objects.filter(pk__in=[each["id"] for each in wanted]).values_list("pk", "kind"))
    return "\n".join(f"{each['title']} ({kinds.get(each['id'], '–')}, {each['id']})" for each in wanted)
