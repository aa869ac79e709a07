"""Spreadsheets that are too large to be brought in while somebody waits for the page: a command works them off.

A job is checked, shown, confirmed, brought in: all of it in one transaction, or nothing. The file is sealed, and wiped
as soon as it is of no more use.
"""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# For how long what was shown can be confirmed, and how long it is known what became of a job.
SHOWN_FOR = timedelta(days=1)
KEPT = timedelta(days=7)


class ImportState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("waits to be checked")
    CHECKED = "checked", _("checked: waits for a yes")
    CONFIRMED = "confirmed", _("waits to be brought in")
    DONE = "done", _("brought in")
    WRONG = "wrong", _("has problems: nothing was changed")
    CANCELLED = "cancelled", _("cancelled: nothing was changed")


TO_DO = (ImportState.WAITING, ImportState.CONFIRMED)
OPEN = (*TO_DO, ImportState.CHECKED)


class NotAsShown(Exception):
    """What is confirmed is not what the job would do, or it can no longer be confirmed."""


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    """Jobs, by where they stand."""

    def to_do(self) -> Self:
        """What the command has to work off, the oldest first."""
        return self.filter(state__in=TO_DO).order_by("pk")


class ImportJob(models.Model):
    """A spreadsheet that somebody sent."""

    kind = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    # In which its problems are told.
    language = models.CharField(max_length=12, default=get_language)
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("sent"), default=timezone.now)
    state = models.CharField(_("state"), max_length=12, choices=ImportState.choices, default=ImportState.WAITING)
    sealed = models.BinaryField(default=bytes)
    # How many rows there are, once that is known, and how many the command has read this time.
    rows = models.PositiveIntegerField(null=True)
    at_row = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    report: models.JSONField[Any, Any] = models.JSONField(null=True)
    # Whether it would do something else by now than what was confirmed.
    moved = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        default_permissions = ()
        indexes = [models.Index(fields=["state"], name="importjob_open", condition=Q(state__in=OPEN))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN, finished_at=None) | Q(finished_at__isnull=False, sealed=b""),
                name="importjob_wiped_when_finished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_to_do(self) -> bool:
        """Whether the command has something to do about it."""
        return self.state in TO_DO

    @property
    def is_open(self) -> bool:
        """Whether it can still be cancelled."""
        return self.state in OPEN


def confirm(job: ImportJob, digest: str) -> None:
    """Have a job brought in that was shown. Raises NotAsShown."""
    with transaction.atomic():
        now = ImportJob.objects.select_for_update().get(pk=job.pk)
        if now.state != ImportState.CHECKED or not now.report or now.report["digest"] != digest:
            raise NotAsShown
        now.state, now.at_row, now.moved = ImportState.CONFIRMED, 0, False
        now.save(update_fields=["state", "at_row", "moved"])


def cancel(job: ImportJob) -> None:
    """End a job, or ask whoever works on it to end it."""
    with transaction.atomic():
        now = ImportJob.objects.select_for_update().get(pk=job.pk)
        if now.state == ImportState.CHECKED:
            finish(now, ImportState.CANCELLED)
        elif now.is_to_do:
            now.cancel_asked = True
            now.save(update_fields=["cancel_asked"])


def tidy() -> None:
    """Cancel what nobody confirmed in time, and forget what is over."""
    now = timezone.now()
    for job in ImportJob.objects.filter(state=ImportState.CHECKED, made_at__lt=now - SHOWN_FOR):
        cancel(job)
    ImportJob.objects.filter(finished_at__lt=now - KEPT).delete()


def finish(job: ImportJob, state: ImportState, report: Any = None) -> None:
    """Write down what became of a job, and wipe its file."""
    job.state, job.sealed, job.finished_at = state, b"", timezone.now()
    job.report = report.as_json() if report else None
    job.rows = report.rows if report else job.rows
    job.save(update_fields=["state", "sealed", "finished_at", "report", "rows"])
