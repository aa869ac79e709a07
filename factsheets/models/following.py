"""Translations that know what they were made from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat


class Follows(models.Model):
    """A translation that knows what it was made from."""

    # The fields that are translated: lines, and last the body.
    translated_fields: ClassVar[tuple[str, ...]] = ("title", "summary", "body")

    # The source's wording as it stood when somebody last said that this translation says the same; empty in the
    # source.
    translated_from = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    @property
    def wording(self) -> str:
        """All that is translated of it, field by field."""
        return "\n".join(getattr(self, name) for name in self.translated_fields)

    @classmethod
    def wording_column(cls) -> Concat:
        """Return the same for queries."""
        first, *rest = cls.translated_fields
        parts = [part for name in rest for part in (Value("\n"), F(name))]
        return Concat(first, *parts, output_field=models.TextField())

    @classmethod
    def fields_of(cls, wording: str) -> dict[str, str]:
        """Take a wording apart."""
        pieces = wording.split("\n", len(cls.translated_fields) - 1)
        return dict(zip(cls.translated_fields, pieces, strict=False))
