"""The columns of a spreadsheet of figures, and how its rows become figures."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from factsheets.models import Figure, KeyPopulation, Source
from publishing.exchange import Cell, Code, Report, SheetResource, TextColumn, import_rows, text_columns
from publishing.spreadsheet import Table

# Each row that is new or changed takes the database about a hundredth of a second.
MOST_ROWS = 2000
WORDS = ("label", "comparison", "note")
TEXTS = text_columns(WORDS)
TOLD = ("state", "published_at")
# Columns that lead to other rows, and what those are named by.
LINKED: dict[str, tuple[Any, str]] = {
    "population": (KeyPopulation, "slug"),
    "source": (Source, "code"),
    "superseded_by": (Figure, "code"),
}


class FigureResource(SheetResource):
    """Figures, by their code."""

    key = "code"
    key_missing = _("This column is missing: it says which figure a row is about.")
    key_twice = _("Row %(row)d is about this figure already.")
    columns = (
        *("code", "indicator", "population", "place", "excluding", "year", "value", "low", "high", "out_of", "unit"),
        *("qualifier", "source", "checked", "superseded_by", "position", *TEXTS, *TOLD),
    )
    words = WORDS
    told = TOLD

    class Meta(SheetResource.Meta):
        model = Figure
        import_id_fields = ("code",)
        # Each row is written on its own, so that what the database refuses of one leaves the others be.
        use_transactions = True

    def column(self, name: str) -> Any:
        """Return how the column of this name is read and written."""
        if name in TEXTS:
            return TextColumn(name, name)
        if name in LINKED:
            model, code = LINKED[name]
            return Field(f"{name}_id", name, Code(model, code, same_file=model is Figure))
        return Field(name, name, Cell(Figure._meta.get_field(name)), readonly=name in TOLD)

    def get_queryset(self) -> Any:
        """Return the figures that rows may be about; nobody else changes them meanwhile."""
        return Figure.objects.select_for_update().prefetch_related("texts")

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Save the figure with its texts; other rows can lead to it from now on."""
        super().do_instance_save(instance, is_create)
        self.fields["superseded_by"].widget.add(instance.code, instance.pk)


def import_table(table: Table, *, dry_run: bool, reason: str = "", expected: str = "") -> Report:
    """Return what a table changes; change it, unless this is a dry run, there are problems, or it is not as expected.

    `expected` is the digest of the report on which somebody said yes: what others changed meanwhile is not overwritten
    unseen.
    """
    with transaction.atomic():
        report = import_rows(FigureResource(reason), table.header, table.rows)
        if dry_run or report.problems or (expected and report.digest != expected):
            transaction.set_rollback(True)
    return report
