"""The site itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    """The campaign, its deliverables and their versions; the root of all imports."""

    name = "campaign"
    verbose_name = _("Campaign")

    def ready(self) -> None:
        """Hand to the apps further right what they need from here."""
        from campaign import registration

        registration.register()
