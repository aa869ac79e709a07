"""The data dictionary: each column of the files of all figures, with its meaning; the files are made by it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from factsheets.models import Figure, Indicator
from factsheets.units import Qualifier, Unit
from publishing import columns
from publishing.columns import Column, Kind, Value, written_day
from publishing.languages import place_name


def _number(value: Decimal | None) -> int | float | None:
    """Return a number as programs read it: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


IN_UNIT = _("as the column “unit” says")
COLUMNS = (
    Column("code", _("Names the figure, and does not change."), Kind.CODE, lambda f: f.code),
    Column("url", _("The figure’s own page."), Kind.ADDRESS, lambda f: permanent(f)),
    Column("indicator", _("What kind of thing it measures."), Kind.CODE, lambda f: f.indicator, Indicator),
    Column("label", _("What exactly it measures."), Kind.TEXT, lambda f: f.text.label),
    Column("comparison", _("With whom or what it compares."), Kind.TEXT, lambda f: f.text.comparison),
    Column("note", _("What one must know to read it."), Kind.TEXT, lambda f: f.text.note),
    Column(
        "language",
        _("The language of the three texts before; English where there is no translation."),
        Kind.CODE,
        lambda f: f.text.language,
    ),
    Column(
        "population",
        _("The key population it is about; empty where it is about all of them."),
        Kind.CODE,
        lambda f: f.population.slug if f.population else "",
    ),
    Column(
        "population_name",
        _("The population’s name."),
        Kind.TEXT,
        lambda f: f.population.text.title if f.population else "",
    ),
    Column(
        "place",
        _("The place: a country’s ISO 3166 code, or a region’s UN M49 number; 001 is the world."),
        Kind.CODE,
        lambda f: f.place,
    ),
    Column("place_name", _("The place’s name."), Kind.TEXT, lambda f: place_name(f.place)),
    Column("excluding", _("A part of the place that is left out."), Kind.CODE, lambda f: f.excluding),
    Column("year", _("The year it is about; empty where the source gives none."), Kind.YEAR, lambda f: f.year),
    Column(
        "value",
        _("The value; empty where the source gives a range alone."),
        Kind.NUMBER,
        lambda f: _number(f.value),
        unit=IN_UNIT,
    ),
    Column("low", _("Where the range begins."), Kind.NUMBER, lambda f: _number(f.low), unit=IN_UNIT),
    Column("high", _("Where the range ends."), Kind.NUMBER, lambda f: _number(f.high), unit=IN_UNIT),
    Column(
        "out_of", _("The whole that the value is part of."), Kind.NUMBER, lambda f: _number(f.out_of), unit=IN_UNIT
    ),
    Column("unit", _("In what the value, the range and the whole are given."), Kind.CODE, lambda f: f.unit, Unit),
    Column(
        "qualifier",
        _("How exact the source says the value is; empty where it says no more."),
        Kind.CODE,
        lambda f: f.qualifier,
        Qualifier,
    ),
    Column("checked", _("When it was last checked against its source."), Kind.DAY, lambda f: written_day(f.checked)),
    Column(
        "superseded_by",
        _("The code of the newer figure that says the same thing better."),
        Kind.CODE,
        lambda f: f.superseded_by.code if f.superseded_by else "",
    ),
    Column("source", _("Names the source."), Kind.CODE, lambda f: f.source.code),
    Column("source_author", _("Who published the source."), Kind.TEXT, lambda f: f.source.author),
    Column(
        "source_quoted_from",
        _("Whose figure it is, where the source only quotes it."),
        Kind.TEXT,
        lambda f: f.source.quoted_from,
    ),
    Column("source_title", _("The source’s title."), Kind.TEXT, lambda f: f.source.title),
    Column(
        "source_date",
        _("When the source was published: a year, a month or a day."),
        Kind.DAY,
        lambda f: f.source.date,
    ),
    Column("source_address", _("Where the source stands."), Kind.ADDRESS, lambda f: f.source.address),
    Column("source_archived", _("A copy of the source in an archive."), Kind.ADDRESS, lambda f: f.source.archived),
    Column("source_licence", _("The source’s licence, where it names one."), Kind.TEXT, lambda f: f.source.licence),
    Column(
        "source_checked", _("When the source was last looked at."), Kind.DAY, lambda f: written_day(f.source.checked)
    ),
)
TERMS = _(
    "You may use these figures freely. Name the source with each, whose own licence applies, and give the figure’s "
    "address, so that others find its corrections."
)


def permanent(figure: Figure) -> str:
    """Return the address under which a figure can be cited."""
    return f"{settings.SITE_ADDRESS}{figure.get_absolute_url()}"


def told(figure: Figure) -> dict[str, Value]:
    """Return a figure as the files tell it; it comes with its text, population, source and what supersedes it."""
    return columns.told(COLUMNS, figure)


def table(figures: Iterable[Figure]) -> Iterator[list[Value]]:
    """Return the figures as rows of a table, under the names of the columns."""
    return columns.table(COLUMNS, figures)
