"""Consultations and what people say to them."""

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """Consultations, comments, moderation, answers."""

    name = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        """Let the mails to an address go with it, and an address that nobody takes mail for go."""
        from comments.models import MailAddress
        from comments.telling import forget_address, forget_mails
        from publishing import outbox

        post_delete.connect(forget_mails, sender=MailAddress)
        outbox.refused.connect(forget_address)
