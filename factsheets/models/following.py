"""Translations that know what they were made from."""

from django.db import models


class Follows(models.Model):
    """A translation that knows what it was made from."""

    # The source text as it stood when somebody last said that this translation says the same; empty in the source.
    translated_from = models.TextField(editable=False, default="")

    class Meta:
        abstract = True
