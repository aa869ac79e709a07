"""Key populations, and the evidence about them."""

from factsheets.models.asked import Asked
from factsheets.models.cases import Case, CaseText
from factsheets.models.factsheets import (
    Factsheet,
    FactsheetText,
    KeyPopulation,
    KeyPopulationText,
    Section,
    SectionKind,
    SectionQuerySet,
    SectionText,
)
from factsheets.models.figures import Figure, FigureText, Indicator, Source
from factsheets.models.instruments import PolicyInstrument, PolicyInstrumentText

__all__ = [
    "Asked",
    "Case",
    "CaseText",
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
    "SectionText",
    "Source",
]
