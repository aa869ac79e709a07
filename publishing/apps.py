"""The app that every other builds on."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """What every page shares: publication states, languages, Markdown, pictures, the search index."""

    name = "publishing"
    verbose_name = "Publishing"
