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
from factsheets.models.figures import Figure, FigureQuerySet, FigureText, Indicator
from factsheets.models.instruments import PolicyInstrument, PolicyInstrumentText
from factsheets.models.sources import Source

__all__ = [
    "Asked",
    "Case",
    "CaseText",
    "Factsheet",
    "FactsheetText",
    "Figure",
    "FigureQuerySet",
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
