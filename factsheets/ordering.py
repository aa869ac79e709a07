"""In which order a factsheet's sections and cases stand, and its population's figures."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.db import transaction

from factsheets.models import Case, Factsheet, Figure, Section

Placed = Section | Case | Figure


def name_of(row: Placed) -> str:
    """Return how a row is called on the page that orders it."""
    return f"{row._meta.model_name}-{row.pk}"


def lock_order(sheet: Factsheet) -> None:
    """Let nobody else write what has a place on a factsheet until the transaction ends."""
    figures = Figure.objects.filter(population=sheet.population_id)
    for rows in (Factsheet.objects.filter(pk=sheet.pk), sheet.sections.all(), sheet.cases.all(), figures):
        list(rows.order_by("pk").select_for_update().values_list("pk"))


@transaction.atomic
def reorder(rows: Iterable[Placed], positions: Mapping[str, int], *, by: User) -> int:
    """Give each row the position under its name, and return how many that moved.

    Two sections may change places: the database looks at their positions when all is written.
    """
    moved = [row for row in rows if positions.get(name_of(row), row.position) != row.position]
    for row in moved:
        row.position = positions[name_of(row)]
        row._history_user = by  # type: ignore[union-attr] # read by simple_history
        row.save()
    return len(moved)
