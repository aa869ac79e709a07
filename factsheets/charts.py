"""Charts of figures: which there are, and where each stands."""

from collections.abc import Iterable

from factsheets.models import Figure
from publishing.charts import Chart


def charts(figures: Iterable[Figure], *, focus: int | None = None) -> dict[str, list[Chart]]:
    """Return the charts that public, current figures of all populations make, by the section kind they belong to.

    `focus` is the key of the population that is set apart; charts that say nothing of it are left out then.
    """
    return {}
