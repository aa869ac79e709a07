"""Consultations and what people say to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """Consultations, comments, moderation, answers."""

    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        """Let the mails to an address go with it; say what is new."""
        from comments import recent
        from comments.telling import MAILING

        MAILING.connect()
        recent.register()
