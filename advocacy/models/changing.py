"""Things that know when their content last changed: calendars and feeds tell it to those who fetch them again."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class Changing(models.Model):
    """A row that notes when what readers see of it was changed; being made, or saved as it stands, is no change."""

    # What readers see.
    noted: ClassVar[tuple[str, ...]] = ()
    # The columns that hold the note.
    notes: ClassVar[tuple[str, ...]] = ("changed_at",)

    changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Note the change, then save."""
        before = None if self._state.adding else type(self)._default_manager.filter(pk=self.pk).first()
        if before and any(getattr(before, name) != getattr(self, name) for name in self.noted):
            self.note_change()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], *self.notes}
        super().save(*args, **kwargs)

    def note_change(self) -> None:
        """Write down that it is changed now."""
        self.changed_at = timezone.now()
