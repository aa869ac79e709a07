"""All figures, and each one, as schema.org describes data sets: what their pages tell machines."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from factsheets.dictionary import COLUMNS, TERMS, told
from factsheets.figure_history import FigureHistory
from factsheets.models import Figure, Source
from factsheets.shown import describe
from publishing.languages import reader_language
from publishing.linked_data import linked_data


def _address(name: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name)}"


def _publisher() -> dict[str, Any]:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_ADDRESS}


def cited(source: Source) -> dict[str, Any]:
    """Return a source as what cites it tells."""
    return _filled(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.address,
            "datePublished": source.date,
            "author": {"@type": "Organization", "name": source.author},
            "license": source.licence,
        }
    )


def all_figures() -> str:
    """Return what the page of all figures tells."""
    files = [("figures-csv", "text/csv"), ("figures-json", "application/json")]
    return linked_data(
        {
            "@type": "Dataset",
            "@id": _address("figures"),
            "url": _address("figures"),
            "name": gettext("All figures"),
            "description": gettext("Every figure that this portal states, with its year, its place and its source."),
            "inLanguage": reader_language(),
            "creator": _publisher(),
            "usageInfo": str(TERMS),
            "isAccessibleForFree": True,
            "variableMeasured": [
                {"@type": "PropertyValue", "name": column.name, "description": str(column.meaning)}
                for column in COLUMNS
            ],
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": form, "contentUrl": _address(name)} for name, form in files
            ],
        }
    )


def one_figure(figure: Figure, history: FigureHistory) -> str:
    """Return what a figure's page tells; only its description says whom it is about."""
    facts, source = told(figure), figure.source
    measured = {
        "@type": "PropertyValue",
        "name": facts["label"],
        "value": facts["value"],
        "minValue": facts["low"],
        "maxValue": facts["high"],
        "unitText": facts["unit"],
    }
    return linked_data(
        _filled(
            {
                "@type": "Dataset",
                "@id": facts["url"],
                "url": facts["url"],
                "identifier": figure.code,
                "name": gettext("Figure %(number)s") % {"number": figure.pk},
                "description": ". ".join(filter(None, [describe(figure.text), figure.text.note])),
                "inLanguage": figure.text.language,
                "creator": {"@type": "Organization", "name": source.quoted_from or source.author},
                "publisher": _publisher(),
                "citation": cited(source),
                "datePublished": history.published,
                "dateModified": history.modified,
                "temporalCoverage": figure.year and str(figure.year),
                "spatialCoverage": figure.display_place,
                "variableMeasured": _filled(measured),
                "isAccessibleForFree": True,
                "isPartOf": {"@type": "Dataset", "@id": _address("figures")},
            }
        )
    )


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known; zero is known."""
    return {name: value for name, value in told.items() if value not in (None, "")}
