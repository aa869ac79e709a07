"""Figures written out for the reader's language."""

from decimal import Decimal
from typing import Literal

from babel.numbers import format_compact_decimal, format_decimal, format_percent
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from publishing.languages import locale


class Unit(models.TextChoices):
    """What a figure counts."""

    TIMES = "times", _("times")
    PERCENT = "percent", _("percent")
    PEOPLE = "people", _("people")
    COUNTRIES = "countries", _("countries")
    ORGANISATIONS = "organisations", _("organisations")
    USD = "usd", _("US dollars")


class Qualifier(models.TextChoices):
    """How exact the source says that it is."""

    EXACT = "", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more-than", _("more than")
    FEWER_THAN = "fewer-than", _("fewer than")
    UP_TO = "up-to", _("up to")
    AT_LEAST = "at-least", _("at least")


QUALIFIED = {
    Qualifier.ABOUT: pgettext_lazy("a number", "about %s"),
    Qualifier.MORE_THAN: pgettext_lazy("a number", "more than %s"),
    Qualifier.FEWER_THAN: pgettext_lazy("a number", "fewer than %s"),
    Qualifier.UP_TO: pgettext_lazy("a number", "up to %s"),
    Qualifier.AT_LEAST: pgettext_lazy("a number", "at least %s"),
}


def qualify(written: str, qualifier: str) -> str:
    """Put the words for how exact it is to a written value."""
    if not qualifier:
        return written
    # After an Arabic word a percent sign would leap to its number's other side.
    mark = "\u200e" if locale().text_direction == "rtl" else ""
    return str(QUALIFIED[Qualifier(qualifier)]) % f"{mark}{written}"


def format_value(value: Decimal, unit: str) -> str:
    """Write one value with its unit: `22×`, `10.3%`, `130,000`, `US$ 95 million`."""
    where = locale()
    if unit == Unit.TIMES:
        return f"{format_decimal(value, locale=where)}×"
    if unit == Unit.PERCENT:
        return format_percent(value / 100, locale=where, decimal_quantization=False)
    if unit == Unit.USD:
        # Chinese writes 9500万 either way; CLDR calls it short.
        length: Literal["short", "long"] = "long" if "long" in where.compact_decimal_formats else "short"
        # As many digits as the source gives: 1.5 million is not 2 million.
        amount = format_compact_decimal(value, format_type=length, locale=where, fraction_digits=9)
        return pgettext("money", "US$ %s") % amount
    return format_decimal(value, locale=where)


def format_range(low: Decimal, high: Decimal, unit: str) -> str:
    """Write a range: `0%–51%`."""
    return f"{format_value(low, unit)}–{format_value(high, unit)}"
