"""Things with texts as spreadsheets, out and in: what the spreadsheets of all apps share."""

from publishing.exchange.columns import Cell, Code, Codes, LinksColumn, List, TextColumn, text_columns
from publishing.exchange.report import Change, Problem, Report
from publishing.exchange.resource import SheetResource
from publishing.exchange.rows import exported, import_rows

__all__ = [
    "Cell",
    "Change",
    "Code",
    "Codes",
    "LinksColumn",
    "List",
    "Problem",
    "Report",
    "SheetResource",
    "TextColumn",
    "exported",
    "import_rows",
    "text_columns",
]
