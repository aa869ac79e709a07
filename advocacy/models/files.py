"""The files of practices."""

import uuid
from functools import partial
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from advocacy.models.practices import Practice

# A practice has so many at most.
MOST_FILES = 8


class FileKind(models.TextChoices):
    """What is kept, by the ending of its name."""

    PDF = "pdf", "PDF"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    PICTURE = "webp", _("picture")
    TEXT = "txt", _("text")
    MARKDOWN = "md", "Markdown"


CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PICTURE: "image/webp",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.MARKDOWN: "text/markdown; charset=utf-8",
}


def practice_file_path(instance: Any, filename: str) -> str:
    """Name the file by chance alone: the uploader's file name may tell who they are."""
    return f"practices/{uuid.uuid4().hex}.{instance.kind}"


class PracticeFileQuerySet(models.QuerySet["PracticeFile"]):
    """Files, by who may have them."""

    def approved(self) -> Self:
        """What readers of the practice may have."""
        return self.filter(approved=True)

    def public(self) -> Self:
        """What a visitor may have."""
        return self.approved().filter(Practice.public_q("practice__"))


class PracticeFile(models.Model):
    """A file beside a practice, as `advocacy.files` wrote it anew; readers have it once its proposal is approved."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="files", verbose_name=_("practice"))
    file = models.FileField(_("file"), upload_to=practice_file_path, editable=False)
    title = models.CharField(_("title"), max_length=150, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind.choices, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    approved = models.BooleanField(_("approved"), default=False)

    objects = PracticeFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a practice")
        verbose_name_plural = _("files of practices")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(approved=True) | ~Q(title=""),
                name="practicefile_approved_has_title",
                violation_error_message=_("Say what the file is."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.practice} {self.pk}"

    def get_absolute_url(self) -> str:
        """Return where everybody has it, as far as the practice is public."""
        return reverse("practice-file", args=[self.practice.slug, self.pk, self.name])

    @property
    def name(self) -> str:
        """What it is called where it is saved."""
        return f"{slugify(self.title) or f'{self.practice.slug}-{self.pk}'}.{self.kind}"

    @property
    def content_type(self) -> str:
        """Its media type."""
        return CONTENT_TYPES[FileKind(self.kind)]

    @property
    def members_url(self) -> str:
        """Where members have it."""
        return reverse("members-practice-file", args=[self.practice.slug, self.pk, self.name])


def remove_file(instance: PracticeFile, **_kwargs: Any) -> None:
    """Remove a row's file, once what removes the row is certain."""
    transaction.on_commit(partial(instance.file.storage.delete, str(instance.file.name)))


models.signals.post_delete.connect(remove_file, sender=PracticeFile)
