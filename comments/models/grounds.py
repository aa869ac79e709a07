"""Why a comment is refused, or words are taken out of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RefusalReason(models.TextChoices):
    """Why a comment was not published; its author is told."""

    ENDANGERS = "endangers", _("It could put someone in danger.")
    PERSONAL_DATA = "personal-data", _("It tells personal things about someone else.")
    HATE = "hate", _("It attacks people for who they are.")
    ADVERT = "advert", _("It advertises something.")
    OFF_TOPIC = "off-topic", _("It is not about this text.")
    DUPLICATE = "duplicate", _("The same comment was sent before.")


# Why words are taken out of a comment: a reader sees it in their place.
REDACTION_REASONS = (
    RefusalReason.ENDANGERS,
    RefusalReason.PERSONAL_DATA,
    RefusalReason.HATE,
    RefusalReason.ADVERT,
)
