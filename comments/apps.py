"""Consultations and what people say to them."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Consultations, comments, moderation, answers."""

    name = "comments"
    verbose_name = "Comments"
