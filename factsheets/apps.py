"""The evidence on each key population."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FactsheetsConfig(AppConfig):
    """Key populations, factsheets, figures and their sources."""

    name = "factsheets"
    verbose_name = _("Factsheets")

    def ready(self) -> None:
        """Tell publishing what shows pictures, what codes in texts stand for, and what can be searched."""
        from factsheets import registration

        registration.register()
