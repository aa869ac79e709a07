"""Organisations as spreadsheets: out, and in, up to all there are.

New organisations come in as drafts; state and moment of publication only go out. What is missing among the columns
stays as it is. Rows are written many at once, with their history.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from advocacy.models import Issue, Organisation, OrganisationText
from advocacy.proposing import is_less
from factsheets.models import KeyPopulation
from publishing.exchange import Cell, Codes, LinksColumn, List, SheetResource, TextColumn, text_columns
from publishing.exchange.columns import links_of, words_of
from publishing.history import is_written

MOST_ROWS = 50_000
LARGEST = 20 * 1024 * 1024
WORDS = ("title", "summary", "body", "pressing", "achievements", "hopes")
TEXTS = text_columns(WORDS)
TOLD = ("state", "published_at")
LISTS = ("cities", "languages", "services", "contact_shown")
LINKED: dict[str, Any] = {"populations": KeyPopulation, "issues": Issue}
WRITTEN = {
    model: [f.name for f in model._meta.concrete_fields if is_written(f)] for model in (Organisation, OrganisationText)
}
# What else changes with what is written.
DERIVED = {
    Organisation: ["region"],
    OrganisationText: ["plain", *(f"{name}_html" for name in ("body", *OrganisationText.parts))],
}


class Listing(Cell):
    """How much the public may know: that nobody said is no reason to show everything."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return it. Raises ValueError."""
        if value == "":
            raise ValueError(gettext("Say how it is listed: country, region or unlisted."))
        return super().clean(value, row, **kwargs)


class OrganisationResource(SheetResource):
    """Organisations, by their slug."""

    key = "slug"
    key_missing = _("This column is missing: it says which organisation a row is about.")
    key_twice = _("Row %(row)d is about this organisation already.")
    columns = (
        *("slug", "own_name", "own_name_language", "listing", "country", "cities", "languages", "populations"),
        *("services", "issues", "founded", "size", "site", "contact_person", "contact_email", "contact_phone"),
        *("contact_address", "contact_shown", "joined", "left", "checked", *TEXTS, *TOLD),
    )
    words = WORDS
    told = TOLD

    class Meta(SheetResource.Meta):
        model = Organisation
        import_id_fields = ("slug",)

    def __init__(self, reason: str = "", by: Any = None, *, trial: bool = False) -> None:
        super().__init__(reason or gettext("From a spreadsheet."))
        self.by, self.trial = by, trial
        self.pending: list[tuple[Organisation, bool, list[Any]]] = []
        self.seen: set[str] = set()

    def column(self, name: str) -> Any:
        """Return how the column of this name is read and written."""
        if name in TEXTS:
            return TextColumn(name, name)
        if name in LINKED:
            return LinksColumn(name, name, Codes(LINKED[name], "slug"))
        column = Organisation._meta.get_field(name)
        kind = List if name in LISTS else Listing if name == "listing" else Cell
        return Field(name, name, kind(column), readonly=name in TOLD)

    def get_queryset(self) -> Any:
        """Return the organisations that rows may be about; nobody else changes them meanwhile."""
        return Organisation.objects.select_for_update().prefetch_related("texts", *LINKED)

    def prepare(self, thing: Any) -> None:
        """Take down texts and links as they are."""
        super().prepare(thing)
        for name in LINKED:
            links_of(thing, name)
        thing._listed = thing.listing if thing.pk else None

    def model_rules(self, instance: Any, without: set[str]) -> None:
        """Ask the rules of each field; the database asks the others, of many rows at once."""
        instance.clean_fields(exclude=without)
        if "listing" not in without and instance._listed and is_less(instance._listed, than=instance.listing):
            # It may have hidden since the file was made.
            told = gettext("A spreadsheet makes no organisation more visible. Change this on its own page.")
            raise ValidationError({"listing": told})
        if not any(words_of(instance).get(name) for name in TEXTS if name.startswith("title_")):
            raise ValidationError({"title_en": gettext("Give its name in one of the portal’s languages.")})

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """Gather what is to be written."""
        if instance.slug not in self.seen:
            self.seen.add(instance.slug)
            self.pending.append((instance, is_create, self.texts(instance)))

    def flush(self) -> dict[int, list[tuple[str, str]]]:
        """Write what was gathered, all of it or nothing; return what the database refuses."""
        pending, self.pending = self.pending, []
        try:
            with transaction.atomic():
                self._write(pending)
        except IntegrityError:
            return dict(_refused(pending))
        return {}

    def _write(self, pending: list[tuple[Organisation, bool, list[Any]]]) -> None:
        self._write_rows(Organisation, [(thing, is_new) for thing, is_new, _texts in pending])
        texts = []
        for thing, _is_new, changed in pending:
            for text in changed:
                text.organisation = thing
                texts.append((text, text.pk is None))
        self._write_rows(OrganisationText, texts)
        for name in LINKED:
            self._write_links(name, [thing for thing, _is_new, _texts in pending])
        for thing, is_new, _texts in pending:
            if not (is_new or self.trial):
                thing.follow_listing()

    def _write_rows(self, model: Any, rows: list[tuple[Any, bool]]) -> None:
        """Write rows that are new, and those that change, and what happened to them."""
        for row, _is_new in rows:
            # Nothing stays of a trial, so nobody renders Markdown for it.
            if not (self.trial and model is OrganisationText):
                row.derive()
        # An insert that meets its own row is many times as fast as Django's update of many rows.
        meets = {"update_conflicts": True, "unique_fields": ["id"]}
        options = {True: {}, False: {**meets, "update_fields": [*WRITTEN[model], *DERIVED[model]]}}
        for is_new, how in options.items():
            if some := [row for row, new in rows if new == is_new]:
                model.objects.bulk_create(some, **how)
                if not self.trial:
                    model.history.bulk_history_create(
                        some, update=not is_new, default_user=self.by, default_change_reason=self.reason
                    )

    def _write_links(self, name: str, things: list[Organisation]) -> None:
        field: Any = Organisation._meta.get_field(name)
        through: Any = getattr(Organisation, name).through
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        rows = through.objects.filter(**{f"{own}__in": [thing.pk for thing in things]})
        before = {(thing, link): pk for pk, thing, link in rows.values_list("pk", own, other)}
        wanted = {(thing.pk, link) for thing in things for link in links_of(thing, name)}
        rows.filter(pk__in=[pk for pair, pk in before.items() if pair not in wanted]).delete()
        through.objects.bulk_create(through(**{own: thing, other: pk}) for thing, pk in sorted(wanted - set(before)))


def _refused(pending: list[tuple[Organisation, bool, list[Any]]]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield the rows that break a rule of the database, with what it says of each."""
    found = False
    for thing, is_new, _texts in pending:
        try:
            if is_new:  # it was given a key before it was refused
                thing.pk = None
            thing.validate_unique()
            thing.validate_constraints()
        except ValidationError as error:
            found = True
            said = error.message_dict.items()
            yield id(thing), [("" if name == NON_FIELD_ERRORS else name, " ".join(all_)) for name, all_ in said]
    if not found:
        for thing, _is_new, _texts in pending:
            yield id(thing), [("", gettext("The database refuses this row, or one near it."))]
