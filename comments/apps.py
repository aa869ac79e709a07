"""Consultations and what people say to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """Consultations, comments, moderation, answers."""

    name = "comments"
    verbose_name = _("Comments")
