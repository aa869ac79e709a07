"""Figures as spreadsheets: out, and in.

New figures come in as drafts; state and moment of publication only go out. What is missing among the columns stays as
it is.
"""

from factsheets.exchange.columns import COLUMNS, TOLD
from factsheets.exchange.report import MOST_ROWS, Report, import_table
from factsheets.exchange.resource import exported

__all__ = ["COLUMNS", "MOST_ROWS", "TOLD", "Report", "exported", "import_table"]
