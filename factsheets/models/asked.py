"""Things whose addresses `manage.py check_links` asks whether they still answer."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# What may be wrong with an address, besides the status that it answers.
NO_ANSWER = "no-answer"
ELSEWHERE = "elsewhere"
SAID = {
    NO_ANSWER: _("does not answer"),
    ELSEWHERE: _("leads to no public page"),
}


class AskedQuerySet(models.QuerySet[Any]):
    """Things with addresses."""

    def troubled(self) -> Self:
        """Those of which an address does not answer as it should."""
        return self.exclude(trouble="")


class Asked(models.Model):
    """A thing with addresses, and what came of asking them. Nothing of what stands there is kept."""

    # The fields that hold the addresses.
    asked: ClassVar[tuple[str, ...]] = ("address",)

    tried_at = models.DateTimeField(_("last tried"), null=True, editable=False)
    # When all its addresses answered as they should.
    answered_at = models.DateTimeField(_("last answered"), null=True, editable=False)
    # For each address in trouble a word: the field's name, a colon, and a status or one of the words above.
    trouble = models.CharField(_("trouble"), max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def failed_last_time(self) -> bool:
        """Whether something was wrong when it was last asked."""
        return self.tried_at is not None and (self.answered_at is None or self.answered_at < self.tried_at)

    @property
    def display_trouble(self) -> str:
        """What is wrong, in words."""
        found = []
        for word in self.trouble.split():
            field, _colon, what = word.partition(":")
            name = self._meta.get_field(field).verbose_name  # type: ignore[union-attr] # a column
            said = SAID.get(what) or gettext("answers “%(status)s”") % {"status": what}
            found.append(f"{name}: {said}")
        return "; ".join(found)
