"""Organisations as spreadsheets, in the admin."""

from django.utils.translation import gettext_lazy as _

from advocacy.exchange import LARGEST, MOST_ROWS, OrganisationResource
from publishing.admin.import_jobs import JobPages


class ExchangePages(JobPages):
    """Import and export of organisations."""

    resource = OrganisationResource
    exchange_name = "organisations"
    exchange_numbers = ("founded",)
    most_rows = MOST_ROWS
    largest = LARGEST
    job_kind = "organisations"
    import_title = _("Import organisations")
    import_help = _(
        "Each row is found by its slug. Several cities, languages, services and so on stand in one cell with commas "
        "between them; populations and issues are written by their slugs, countries as ZM, languages as en, days as "
        "2024-03-11. New organisations become drafts; those that are public stay so and change at once."
    )
