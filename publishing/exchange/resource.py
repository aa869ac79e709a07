"""How a row of a spreadsheet becomes a thing with its texts, and a thing a row."""

from collections.abc import Iterator
from copy import copy
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource

from publishing.exchange.columns import LANGUAGES, as_read, take_words, words_of
from publishing.history import Difference


class SheetResource(ModelResource):  # type: ignore[misc] # import_export has no types
    """The columns, and how a row becomes a thing with its texts. A subclass names model, key and columns."""

    # The column that says what a row is about, and what is said where it is missing, or where `row` says the same.
    key: ClassVar[str]
    key_missing: ClassVar[Any]
    key_twice: ClassVar[Any]
    # All columns, and of its texts those that have one for each language.
    columns: ClassVar[tuple[str, ...]]
    words: ClassVar[tuple[str, ...]]
    # Columns that only go out.
    told: ClassVar[tuple[str, ...]]

    class Meta:
        fields = ()
        instance_loader_class = CachedInstanceLoader
        # What changes is told here column by column.
        skip_diff = True
        report_skipped = True
        # Whoever brings rows in holds the transaction.
        use_transactions = False
        store_instance = True

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason or None
        self.fields = {name: self.column(name) for name in self.columns}
        self.read = list(self.fields.values())

    def column(self, name: str) -> Any:
        """Return how the column of this name is read and written."""
        raise NotImplementedError

    def get_import_fields(self) -> Any:
        """Return the columns: each row asks for them."""
        return self.read

    def take_header(self, header: list[str]) -> None:
        """Read these columns only."""
        self.read = [self.fields[name] for name in header]

    def prepare(self, thing: Any) -> None:
        """Take down the texts of a thing as they are."""
        take_words(thing, self.words)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Take down what there is, to compare it."""
        self.prepare(instance)
        instance._before = {} if new else self._cells(instance)

    def _cells(self, thing: Any) -> dict[str, Any]:
        return {column.column_name: column.export(thing) for column in self.read if not column.readonly}

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Leave alone what a row does not change."""
        instance._differences = [
            Difference(name, before, after)
            for name, after in self._cells(instance).items()
            if (before := instance._before.get(name, "")) != after
        ]
        return bool(instance.pk and not instance._differences and not import_validation_errors)

    def model_rules(self, instance: Any, without: set[str]) -> None:
        """Ask the model's own rules. Raises ValidationError, by column."""
        instance.full_clean(exclude={"key", *without})

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        """Ask the rules of the thing and of its texts. Raises ValidationError, by column."""
        found: dict[str, Any] = {name.removesuffix("_id"): list(wrong) for name, wrong in (errors or {}).items()}
        try:
            self.model_rules(instance, set(found))
        except ValidationError as error:
            found = error.update_error_dict(found)
        for text in self.texts(instance):
            try:
                text.clean_fields(exclude={text.parent_field})
            except ValidationError as error:
                found |= {f"{name}_{text.language}": wrong for name, wrong in error.error_dict.items()}
        if found:
            raise ValidationError(found)

    def texts(self, thing: Any) -> list[Any]:
        """Return the texts that a row changes, or brings; the same ones each time."""
        if "_texts" not in thing.__dict__:
            thing._texts = list(self._texts(thing))
        texts: list[Any] = thing._texts
        return texts

    def _texts(self, thing: Any) -> Iterator[Any]:
        words = words_of(thing)
        model = thing._meta.get_field("texts").related_model
        there = {text.language: text for text in thing.texts.all()} if thing.pk else {}
        for language in LANGUAGES:
            wanted = {name: words.get(f"{name}_{language}", "") for name in self.words}
            old = there.get(language)
            if all((as_read(getattr(old, name)) if old else "") == value for name, value in wanted.items()):
                continue
            text = copy(old) or model(**{model.parent_field: thing}, language=language)
            for name, value in wanted.items():
                setattr(text, name, value)
            yield text

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Save the thing with its texts."""
        instance._change_reason = self.reason
        instance.save(force_insert=is_create)
        for text in self.texts(instance):
            setattr(text, text.parent_field, instance)
            text._change_reason = self.reason
            text.save()

    def flush(self) -> dict[int, list[tuple[str, str]]]:
        """Write what was only gathered so far; return what the database refuses, by `id`: column and message."""
        return {}
