"""Figures as spreadsheets: out, and in.

New figures come in as drafts; state and moment of publication only go out. What is missing among the columns stays as
it is.
"""

from factsheets.exchange.resource import MOST_ROWS, FigureResource, import_table

__all__ = ["MOST_ROWS", "FigureResource", "import_table"]
