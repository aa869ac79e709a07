"""The evidence on each key population."""

from django.apps import AppConfig


class FactsheetsConfig(AppConfig):
    """Key populations, factsheets, figures and their sources."""

    name = "factsheets"
    verbose_name = "Factsheets"

    def ready(self) -> None:
        """Tell publishing what shows pictures and what can be searched."""
        from factsheets import registration

        registration.register()
