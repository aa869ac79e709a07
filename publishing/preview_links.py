"""Links by which people without an account look at something unpublished: secret, for a while, revocable."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LASTS = timedelta(days=14)


def token_hash(token: str) -> str:
    """Return what is stored in place of a link's secret."""
    return sha256(token.encode()).hexdigest()


def in_two_weeks() -> Any:
    """Return the moment at which a link made now ends."""
    return timezone.now() + LASTS


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    """Links for reviewers."""

    def live(self) -> Self:
        """Links that still open."""
        return self.filter(revoked_at=None, expires_at__gt=Now())

    def of(self, thing: models.Model) -> Self:
        """Links to one thing."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class PreviewLink(models.Model):
    """A link that shows one thing to whoever has it, until it ends. Its secret is shown once, and stored nowhere."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("ends"), default=in_two_weeks)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for reviewers")
        verbose_name_plural = _("links for reviewers")
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="previewlink_thing")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="previewlink_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"

    @property
    def is_live(self) -> bool:
        """Whether it still opens."""
        return self.revoked_at is None and self.expires_at > timezone.now()


def make_link(thing: models.Model, *, by: Any) -> str:
    """Make a link to a thing, and return its secret."""
    token = secrets.token_urlsafe(24)
    PreviewLink.objects.create(thing=thing, token_hash=token_hash(token), made_by=by)
    return token


def revoke(link: PreviewLink) -> None:
    """End a link now."""
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
