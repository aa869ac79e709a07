"""The one rule that decides what is public: published, its time reached, its parent public."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


class State(models.TextChoices):
    """The states of a page."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PublishableQuerySet(models.QuerySet[M]):
    """Things that may be public."""

    def public(self) -> Self:
        """What a visitor may see. Every page, feed, search, sitemap and file asks here."""
        return self.filter(self.model.public_q())  # type: ignore[attr-defined] # every Publishable has it


class Publishable(models.Model):
    """A thing with a publication state; subclasses with other states name those that are public."""

    public_states: ClassVar[tuple[str, ...]] = (State.PUBLISHED,)
    # The field that leads to what must be public too. An app further left may set it for one further right.
    publication_parent: ClassVar[str | None] = None

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, help_text=_("Not public before this moment.")
    )

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def out_q(cls, prefix: str = "") -> Q:
        """Return the rule's own half: for rows whose parent is known to be public."""
        return Q(**{f"{prefix}state__in": cls.public_states, f"{prefix}published_at__lte": Now()})

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """Return the rule as a condition, on rows reached through `prefix` (`"deliverable__"`)."""
        return cls.out_q(prefix) & cls.parent_q(prefix)

    @classmethod
    def parent_q(cls, prefix: str = "") -> Q:
        """Return the rule's other half: that the parent, where there is one, is public."""
        if not cls.publication_parent:
            return Q()
        parent = cls._meta.get_field(cls.publication_parent).related_model
        return parent.public_q(f"{prefix}{cls.publication_parent}__")  # type: ignore[union-attr,no-any-return] # a model


def published_has_time(name: str, *states: str) -> models.CheckConstraint:
    """Return the constraint that a thing in a public state has its moment of publication."""
    public = states or (State.PUBLISHED,)
    return models.CheckConstraint(
        condition=~Q(state__in=public) | Q(published_at__isnull=False),
        name=name,
        violation_error_message=_("Say from when it is public."),
    )
