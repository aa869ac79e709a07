"""Languages: how a thing finds its text for the reader, and what a language is called and which way it runs."""

from typing import Any, ClassVar, Self, TypeVar

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.history import History
from publishing.publication import Publishable, PublishableQuerySet

RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ku", "ps", "ur", "yi"}

M = TypeVar("M", bound=models.Model)


def reader_language() -> str:
    """Return the code of the language the current page is in."""
    return get_language() or settings.LANGUAGE_CODE


def direction(language: str) -> str:
    """Return `rtl` or `ltr`, for the `dir` attribute."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def locale(language: str | None = None) -> Locale:
    """Return the CLDR locale of a BCP 47 code, the reader's by default; English where CLDR knows none."""
    try:
        return Locale.parse(language or reader_language(), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def language_name(language: str) -> str:
    """Return a language's name in the reader's language."""
    return str(locale().languages.get(language.split("-")[0].lower(), language))


def place_name(code: str) -> str:
    """Return the name of a CLDR territory (`ZM`, `202` for sub-Saharan Africa, `001` for the world)."""
    return str(locale().territories.get(code, code))


def validate_language_code(code: str) -> None:
    """Refuse what is no language: comments come in any language, not only in the portal's."""
    if code.split("-")[0].lower() not in Locale("en").languages:
        raise ValidationError(_("“%(code)s” is not a language code."), params={"code": code})


class LanguageRowQuerySet(models.QuerySet[M]):
    """The texts of things, one row per language."""

    def ready(self) -> Self:
        """Texts that readers may see, as far as the text itself decides."""
        return self.filter(ready=True)

    def best(self, language: str) -> Self:
        """One ready row per thing: in `language`, else in English, else in whatever there is."""
        parent = self.model.parent_field  # type: ignore[attr-defined] # every LanguageRow names it
        preference = Case(When(language=language, then=Value(0)), When(language="en", then=Value(1)), default=Value(2))
        return self.ready().order_by(f"{parent}_id", preference, "language").distinct(f"{parent}_id")


class LanguageRow(models.Model):
    """One language's text of a thing. Subclasses hold a foreign key to it with `related_name="texts"`."""

    parent_field: ClassVar[str]
    # Columns that no page shows, and those that only the thing's own page shows.
    never_shown: ClassVar[tuple[str, ...]] = ()
    not_in_lists: ClassVar[tuple[str, ...]] = ()

    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    ready = models.BooleanField(
        _("ready"), default=True, help_text=_("Shown to readers as soon as the page itself is public.")
    )

    objects = LanguageRowQuerySet.as_manager()
    history = History(inherit=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{getattr(self, self.parent_field)} ({self.language})"

    @property
    def dir(self) -> str:
        """The direction of this text."""
        return direction(self.language)

    @property
    def is_translated(self) -> bool:
        """Whether this is the reader's own language, and no stand-in."""
        return self.language == reader_language()

    @property
    def stand_in(self) -> Self | None:
        """This text, where it stands in for one in the reader's language."""
        return None if self.is_translated else self


class TranslatedQuerySet(PublishableQuerySet[M]):
    """Things with texts."""

    def _rows(self) -> Any:
        """Return the model of the language rows."""
        return self.model._meta.get_field("texts").related_model

    def with_text(self, *defer: str) -> Self:
        """Fetch each thing's best text for the reader, in one query, but for the columns to `defer`."""
        rows = self._rows()
        best = rows._default_manager.best(reader_language()).defer(*rows.never_shown, *defer)
        return self.prefetch_related(Prefetch("texts", queryset=best, to_attr="best_texts"))

    def with_languages(self) -> Self:
        """Add `languages`, the codes in which each thing can be read."""
        rows = self._rows()
        ready = rows._default_manager.filter(**{rows.parent_field: OuterRef("pk")}, ready=True).order_by("language")
        return self.annotate(languages=ArraySubquery(ready.values("language")))

    def for_list(self) -> Self:
        """Fetch titles and summaries only."""
        return self.with_text(*self._rows().not_in_lists)


class Translated(models.Model):
    """A thing whose texts stand in language rows."""

    history = History(inherit=True)

    class Meta:
        abstract = True

    @classmethod
    def readable_q(cls, prefix: str = "") -> Q:
        """Return the condition that one of its texts is ready, on rows reached through `prefix`."""
        rows: Any = cls._meta.get_field("texts").related_model
        return Q(Exists(rows.objects.ready().filter(**{rows.parent_field: OuterRef(f"{prefix}pk")})))

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """Return the rule for what has no state of its own: there is something to read."""
        return cls.readable_q(prefix)

    @property
    def text(self) -> Any:
        """The reader's text. Works only behind `with_text()`, so that no page asks row by row."""
        return self.best_texts[0] if self.best_texts else None  # type: ignore[attr-defined] # set by with_text


class PublishableTranslated(Publishable, Translated):
    """A thing with texts and a publication state: most of what the portal shows."""

    objects = TranslatedQuerySet.as_manager()  # type: ignore[misc] # narrower than the base's

    class Meta:
        abstract = True

    @classmethod
    def public_q(cls, prefix: str = "") -> Q:
        """Return the whole rule: published, with something to read, and its parent the same."""
        return super().public_q(prefix) & cls.readable_q(prefix)
