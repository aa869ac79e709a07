"""Where profiles used to stand."""

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from advocacy.models.organisations import Organisation


class FormerSlug(models.Model):
    """The slug of an organisation that turned out to be another one: its address leads there."""

    slug = models.SlugField(_("slug"), unique=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="former_slugs", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        default_permissions = ()

    def __str__(self) -> str:
        return self.slug


def moved_to(slug: str) -> str:
    """Return the address of the public profile that used to stand under this slug. Raises Http404."""
    row = FormerSlug.objects.filter(slug=slug, organisation__in=Organisation.objects.public()).first()
    if row is None:
        raise Http404
    return row.organisation.get_absolute_url()
