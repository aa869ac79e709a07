"""The app that every other builds on."""

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    """What every page shares: publication states, languages, Markdown, pictures, the search index."""

    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        """Let addresses end in the form of a download."""
        from publishing.downloads import FormConverter

        register_converter(FormConverter, "form")
