"""What the database lets evidence be, and how a figure is written for its reader."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.deletion import ProtectedError
from django.utils import timezone
from django.utils.translation import override

from factsheets.models import Case, Figure, Source
from factsheets.units import Qualifier, Unit, format_value
from publishing.models import Picture
from tests.factories import (
    make_factsheet,
    make_figure,
    make_instrument,
    make_population,
    make_section,
    make_source,
    published,
    slug,
)

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")


def refused(thing: Model, sentence: str) -> None:
    """Assert that the form refuses it with this sentence, and the database too."""
    with pytest.raises(ValidationError, match=sentence):
        thing.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


def figure(**fields: Any) -> Figure:
    """Return a figure that is not saved yet."""
    values = published(code=slug("figure"), indicator="prevalence", unit="percent", source=make_source())
    return Figure(**values | fields)


@pytest.mark.django_db
class TestFigures:
    """A figure is a value, or a range, or a value in its range."""

    @pytest.mark.parametrize(
        ("value", "low", "high"),
        [
            ("5", None, None),
            ("5", "5", "5"),
            ("5", "0", "51.5"),
            ("5", "4.999", "5"),
            (None, "0", "51"),
            (None, "0", "0"),
            ("0", None, None),
        ],
    )
    def test_values_and_ranges(self, value: str | None, low: str | None, high: str | None) -> None:
        row = figure(value=value, low=low, high=high)
        row.validate_constraints()
        row.save()

    @pytest.mark.parametrize(("low", "high"), [("5.001", "9"), ("1", "4.999"), ("9", "1"), ("6", "4")])
    def test_a_range_holds_its_value(self, low: str, high: str) -> None:
        refused(figure(value="5", low=low, high=high), "The range must hold the value.")

    def test_a_range_runs_upwards(self) -> None:
        refused(figure(low="9", high="1"), "The range must hold the value.")

    @pytest.mark.parametrize("ends", [{"low": "1"}, {"high": "9"}])
    def test_a_range_has_two_ends(self, ends: dict[str, str]) -> None:
        """No page would show the one that is there."""
        refused(figure(value="5", **ends), "The range must hold the value.")

    @pytest.mark.parametrize("ends", [{}, {"low": "1"}, {"high": "9"}])
    def test_something_is_said(self, ends: dict[str, str]) -> None:
        refused(figure(**ends), "Give a value, or a range.")

    @pytest.mark.parametrize(("value", "whole"), [("5", "5"), ("5", "195"), ("0", "1")])
    def test_a_part_of_a_whole(self, value: str, whole: str) -> None:
        row = figure(value=value, out_of=whole)
        row.validate_constraints()
        row.save()

    def test_a_part_is_no_larger_than_its_whole(self) -> None:
        refused(figure(value="5", out_of="4.999"), "The part is larger than the whole.")

    def test_published_has_its_time(self) -> None:
        refused(figure(value="5", published_at=None), "Say from when it is public.")

    def test_one_text_per_language(self) -> None:
        row = make_figure()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.texts.create(language="en", label="Again")

    @pytest.mark.parametrize(
        ("field", "value"), [("year", 1980), ("year", 2101), ("place", "XX"), ("excluding", "zm")]
    )
    def test_forms_refuse(self, field: str, value: Any) -> None:
        with pytest.raises(ValidationError) as caught:
            figure(value="5", **{field: value}).clean_fields()
        assert set(caught.value.message_dict) == {field}


@pytest.mark.django_db
class TestSources:
    """Every figure says where it was read."""

    def test_have_an_address(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_source(address="")

    @pytest.mark.parametrize("date", ["", "2024", "2024-03", "2024-03-11"])
    def test_dates(self, date: str) -> None:
        make_source(date=date).validate_constraints()

    @pytest.mark.parametrize("date", ["24", "March 2024", "2024-3", "2024-03-1", "2024/03", "x2024"])
    def test_no_dates(self, date: str) -> None:
        refused(Source(code="x", title="x", author="x", address="https://example.org", date=date), "Write a year")

    @pytest.mark.parametrize("date", ["2024-13", "2024-02-30", "0000"])
    def test_days_of_no_calendar(self, date: str) -> None:
        with pytest.raises(ValidationError) as caught:
            Source(code="x", title="x", author="x", address="https://example.org", date=date).clean_fields()
        assert set(caught.value.message_dict) == {"date"}

    @pytest.mark.parametrize(
        ("fields", "short"),
        [
            ({"date": "2024-03-11"}, "UNAIDS, 2024"),
            ({"date": "2024"}, "UNAIDS, 2024"),
            ({}, "UNAIDS, undated"),
            ({"quoted_from": "ILGA World", "date": "2023"}, "ILGA World, quoted by UNAIDS, 2023"),
        ],
    )
    def test_in_short(self, fields: dict[str, str], short: str) -> None:
        assert make_source(**fields).short == short

    def test_stay_while_a_figure_needs_them(self) -> None:
        row = make_figure()
        with pytest.raises(ProtectedError):
            row.source.delete()


@pytest.mark.django_db
class TestTheRest:
    """Instruments, sections and populations."""

    @pytest.mark.parametrize("years", ["", "2016", "1958-1985"])
    def test_years_of_instruments(self, years: str) -> None:
        make_instrument(make_population(), years=years).validate_constraints()

    @pytest.mark.parametrize("years", ["16", "1958–1985", "1958-85", "2016-", "-2016", "in 2016", "20161"])
    def test_no_years(self, years: str) -> None:
        instrument = make_instrument(make_population())
        instrument.years = years
        refused(instrument, "Write a year, or years as 1958-1985.")

    @pytest.mark.parametrize("model", [Case, Picture])
    def test_years_to_come(self, model: type[Model]) -> None:
        """Cases happened, pictures were taken."""
        this = timezone.localdate().year
        field: Any = model._meta.get_field("year")
        field.clean(this, None)
        with pytest.raises(ValidationError, match="year has not come"):
            field.clean(this + 1, None)

    def test_sections_have_their_place(self) -> None:
        sheet = make_factsheet()
        again = make_section(sheet, position=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        again.delete()

    def test_sections_can_change_places(self) -> None:
        """Within one transaction; the database looks at its end."""
        first, second = make_factsheet().sections.order_by("position")
        first.position, second.position = second.position, first.position
        with transaction.atomic():
            first.save()
            second.save()

    def test_one_factsheet_for_each_population(self) -> None:
        sheet = make_factsheet()
        with pytest.raises(IntegrityError), transaction.atomic():
            make_factsheet(population=sheet.population)

    def test_populations_stay_while_anything_is_about_them(self) -> None:
        things: list[Any] = [
            make_factsheet(),
            make_figure(population=make_population()),
            make_instrument(make_population()),
        ]
        for thing in things:
            with pytest.raises(ProtectedError):
                thing.population.delete()


def spaced(text: str) -> str:
    """Return a text with plain spaces, without marks of direction."""
    return " ".join(text.replace("\u200e", "").replace("\u200f", "").replace("\u061c", "").split())


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("22", Unit.TIMES, ["22×", "22×", "22×", "22×", "22×", "22×"]),
        ("1.5", Unit.TIMES, ["1.5×", "1,5×", "1,5×", "1,5×", "1.5×", "1.5×"]),
        ("10.3", Unit.PERCENT, ["10.3%", "10,3 %", "10,3 %", "10,3 %", "10.3%", "10.3%"]),
        ("0.125", Unit.PERCENT, ["0.125%", "0,125 %", "0,125 %", "0,125 %", "0.125%", "0.125%"]),
        ("100", Unit.PERCENT, ["100%", "100 %", "100 %", "100 %", "100%", "100%"]),
        ("130000", Unit.PEOPLE, ["130,000", "130 000", "130.000", "130 000", "130,000", "130,000"]),
        ("64", Unit.COUNTRIES, ["64", "64", "64", "64", "64", "64"]),
        ("95000000", Unit.USD, ["95 million", "95 millions", "95 millones", "95 миллионов", "95 مليون", "9500万"]),
        (
            "1500000000",
            Unit.USD,
            ["1.5 billion", "1,5 milliard", "1,5 mil millones", "1,5 миллиарда", "1.5 مليار", "15亿"],
        ),
    ],
)
def test_values_as_each_language_writes_them(value: str, unit: str, written: list[str]) -> None:
    for language, expected in zip(LANGUAGES, written, strict=True):
        with override(language):
            found = spaced(format_value(Decimal(value), unit))
        assert expected in found if unit == Unit.USD else found == expected
        assert unit != Unit.USD or len(found) > len(expected), "the money has its name"


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"value": "95000000", "unit": "usd"}, "US$ 95 million"),
        ({"value": "130000", "unit": "people", "qualifier": "about"}, "about 130,000"),
        ({"value": "10", "qualifier": "more-than"}, "more than 10%"),
        ({"value": "10", "qualifier": "fewer-than"}, "fewer than 10%"),
        ({"value": "10", "qualifier": "up-to"}, "up to 10%"),
        ({"value": "10", "qualifier": "at-least"}, "at least 10%"),
        ({"value": "0"}, "0%"),
        ({"low": "0", "high": "51"}, "0%–51%"),
        ({"value": "5", "low": "0", "high": "51"}, "5%"),
    ],
)
def test_a_figure_in_english(fields: dict[str, Any], written: str) -> None:
    values = {name: Decimal(number) if number[:1].isdigit() else number for name, number in fields.items()}
    assert spaced(Figure(**{"unit": "percent"} | values).display) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_exact_it_is_in_every_language(language: str) -> None:
    """No two qualifiers are the same words, and all of them hold the number."""
    with override(language):
        shown = {Figure(value=Decimal(7), unit="people", qualifier=qualifier).display for qualifier in Qualifier}
    assert len(shown) == len(Qualifier)
    assert all("7" in text or "٧" in text for text in shown)


@pytest.mark.parametrize(
    ("language", "place", "excluding", "written"),
    [
        ("en", "001", "", "World"),
        ("fr", "001", "", "Monde"),
        ("en", "ZM", "", "Zambia"),
        ("fr", "202", "", "Afrique subsaharienne"),
        ("en", "202", "ZA", "Sub-Saharan Africa, without South Africa"),
    ],
)
def test_places(language: str, place: str, excluding: str, written: str) -> None:
    with override(language):
        assert Figure(place=place, excluding=excluding).display_place == written
