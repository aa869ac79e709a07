"""How a row of a spreadsheet becomes a figure with its texts, and a figure a row."""

from collections.abc import Iterator
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource

from factsheets.exchange.columns import COLUMNS, LANGUAGES, WORDS, column, words_of
from factsheets.models import Figure, FigureText


class FigureResource(ModelResource):  # type: ignore[misc] # import_export has no types
    """The columns, and how a row becomes a figure with its texts."""

    class Meta:
        model = Figure
        fields = ()
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        skip_unchanged = True
        skip_html_diff = True
        report_skipped = True
        use_transactions = True
        store_instance = True

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason or None
        self.fields = {name: column(name) for name in COLUMNS}

    def get_queryset(self) -> Any:
        """Return the figures that rows may be about; nobody else changes them meanwhile."""
        return Figure.objects.select_for_update().prefetch_related("texts")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Take down the texts as they are, to compare them."""
        words_of(instance)

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        """Ask the models' own rules. Raises ValidationError, by column."""
        found: dict[str, Any] = {name.removesuffix("_id"): list(wrong) for name, wrong in (errors or {}).items()}
        try:
            instance.full_clean(exclude={"key", *found})
        except ValidationError as error:
            found = error.update_error_dict(found)
        for text in self.texts(instance):
            try:
                text.clean_fields(exclude={"figure"})
            except ValidationError as error:
                found |= {f"{name}_{text.language}": wrong for name, wrong in error.error_dict.items()}
        if found:
            raise ValidationError(found)

    def texts(self, figure: Any) -> Iterator[FigureText]:
        """Yield the texts that a row changes, or brings."""
        words = words_of(figure)
        there = {text.language: text for text in figure.texts.all()} if figure.pk else {}
        for language in LANGUAGES:
            wanted = {name: words.get(f"{name}_{language}", "") for name in WORDS}
            text = copy(there.get(language)) or FigureText(figure=figure, language=language)
            if any(getattr(text, name) != value for name, value in wanted.items()):
                for name, value in wanted.items():
                    setattr(text, name, value)
                yield text

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Save the figure with its texts; other rows can lead to it from now on."""
        changed = list(self.texts(instance))
        instance._change_reason = self.reason
        instance.save(force_insert=is_create)
        for text in changed:
            text.figure = instance
            text._change_reason = self.reason  # type: ignore[attr-defined] # read by simple_history
            text.save()
        self.fields["superseded_by"].widget.add(instance.code, instance.pk)


def exported(figures: QuerySet[Figure]) -> tuple[list[str], list[list[Any]]]:
    """Return the columns, and a row for each figure."""
    dataset = FigureResource().export(figures.prefetch_related("texts"))
    return dataset.headers, [list(row) for row in dataset]
