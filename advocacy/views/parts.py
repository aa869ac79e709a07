"""What several pages fetch."""

from typing import Any

from django.db.models import Prefetch

from advocacy.models import Organisation
from factsheets.models import KeyPopulation


def populations() -> Prefetch[Any]:
    """Fetch the public key populations of each row."""
    return Prefetch("populations", KeyPopulation.objects.public().for_list())


def organisations() -> Prefetch[Any]:
    """Fetch the organisation of each row, whose being public is the row's own rule."""
    return Prefetch("organisation", Organisation.objects.for_list())


def organisation_text(organisation: Organisation) -> Organisation:
    """Return an organisation of the reader's own with its text, as titles and summaries show it."""
    return Organisation.objects.for_list().get(pk=organisation.pk)
