"""Key populations, and the evidence about them."""

from factsheets.models.factsheets import (
    Factsheet,
    FactsheetText,
    KeyPopulation,
    KeyPopulationText,
    Section,
    SectionKind,
    SectionQuerySet,
)
from factsheets.models.figures import Figure, FigureText, Indicator, Source
from factsheets.models.instruments import PolicyInstrument, PolicyInstrumentText

__all__ = [
    "Factsheet",
    "FactsheetText",
    "Figure",
    "FigureText",
    "Indicator",
    "KeyPopulation",
    "KeyPopulationText",
    "PolicyInstrument",
    "PolicyInstrumentText",
    "Section",
    "SectionKind",
    "SectionQuerySet",
    "Source",
]
