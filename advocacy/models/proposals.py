"""What members would like to change in what is public; what stands there stays until staff approve."""

from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models.organisations import Organisation
from advocacy.models.practices import Practice


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PENDING = "pending", _("waiting for the secretariat")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    # Becoming less visible waits for nobody (advocacy.proposing.hide).
    AT_ONCE = "at-once", _("took effect at once")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, by where they stand."""

    def pending(self) -> Self:
        """The desk's queue, oldest first."""
        return self.filter(state=ProposalState.PENDING).order_by("proposed_at", "pk")

    def at_once(self) -> Self:
        """What waited for nobody."""
        return self.filter(state=ProposalState.AT_ONCE)


class Proposal(models.Model):
    """A member's new text of its profile or, where it names one, of a practice.

    `before` and `values` are the whole form as it stood and as it is wanted: fields by name, and under "texts" the
    fields of each language's text. Only what differs is applied, so that what staff changed meanwhile stays.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="proposals", verbose_name=_("organisation")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("practice")
    )
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    note = models.CharField(_("what changes, in one line"), max_length=200, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    # In which the proposer is told what came of it.
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    state = models.CharField(
        _("state"), max_length=12, choices=ProposalState.choices, default=ProposalState.PENDING, editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # What was approved is a revision that readers compare with others, unless its words must not be read any more.
    withheld = models.BooleanField(_("not shown among the revisions"), default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-proposed_at", "-pk"]
        default_permissions = ("view", "change", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="pending", practice__isnull=True),
                name="proposal_one_waits_for_a_profile",
            ),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(state="pending"), name="proposal_one_waits_for_a_practice"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["pending", "withdrawn", "at-once"], decided_at__isnull=True, decided_by__isnull=True
                )
                | Q(state__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_by_someone",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="proposal_refused_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.practice or self.organisation} {self.pk}"

    @property
    def thing(self) -> Organisation | Practice:
        """What it would change."""
        return self.practice or self.organisation
