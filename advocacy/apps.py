"""The network of organisations, and what they share."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvocacyConfig(AppConfig):
    """Organisations, the issues they face, shared practices, events, news."""

    name = "advocacy"
    verbose_name = _("Network")

    def ready(self) -> None:
        """Hand to the apps further right what they need from here."""
        from advocacy import registration

        registration.register()
