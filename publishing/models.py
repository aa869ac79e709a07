"""What every app's models are made of, and the rows that all of them share."""

import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing import references
from publishing.dates import validate_year
from publishing.import_jobs import ImportJob as ImportJob
from publishing.languages import LanguageRow, Translated, TranslatedQuerySet
from publishing.markdown import plain, render
from publishing.outbox import Mail as Mail
from publishing.pictures import JPEG, WIDTHS, Rendition, make_renditions, picture_path, renditions
from publishing.preview_links import PreviewLink as PreviewLink


def search_vector(language: str, *, a: str, b: str, c: str) -> models.GeneratedField:
    """Return a stored search vector over three columns, weighted in this order, in the row's language.

    `portal_vector` is an SQL function made by this app's first migration.
    """
    return models.GeneratedField(
        expression=Func(F(language), F(a), F(b), F(c), function="portal_vector", output_field=SearchVectorField()),
        output_field=SearchVectorField(),
        db_persist=True,
    )


# Longer than any document of this kind; a paste beyond it is a mistake.
LONGEST = 500_000


class Rendered(models.Model):
    """Markdown written by staff, with its clean HTML and its plain words, both made on save."""

    # Whether `[[code]]` in it refers to something that pages put in its place.
    references: ClassVar[bool] = False
    # More fields of Markdown, whose HTML stands in a field of the same name with `_html`.
    parts: ClassVar[tuple[str, ...]] = ()

    # No `max_length`: with it browsers would cut off what is pasted, without a word.
    body = models.TextField(
        _("text"),
        blank=True,
        validators=[MaxLengthValidator(LONGEST)],
        help_text=_("Markdown; tables and footnotes allowed."),
    )
    body_html = models.TextField(editable=False, default="")
    plain = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Render, then save."""
        self.derive()
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """Render what was written. Whoever saves many rows at once calls it for each."""
        for name in ("body", *self.parts):
            setattr(self, f"{name}_html", render(getattr(self, name), references=self.references))
        self.plain = plain("".join(getattr(self, f"{name}_html") for name in ("body", *self.parts)))

    def clean(self) -> None:
        """Refuse references to what is not there."""
        super().clean()
        if not self.references:
            return
        told = _("Codes stand for figures in the text below only; here readers would see the code.")
        wrong: dict[str, Any] = {
            name: told for name in ("title", "summary", "heading") if "[[" in getattr(self, name, "")
        }
        if len(self.body) <= LONGEST and (problems := references.problems(render(self.body, references=True))):
            wrong["body"] = problems
        if wrong:
            raise ValidationError(wrong)


class Text(Rendered, LanguageRow):
    """The usual text of a thing: title, summary, body. Subclasses add the foreign key."""

    never_shown: ClassVar[tuple[str, ...]] = ("search",)
    not_in_lists: ClassVar[tuple[str, ...]] = ("body", "body_html", "plain")

    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    search = search_vector("language", a="title", b="summary", c="plain")

    class Meta(LanguageRow.Meta):
        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search"], name="%(class)s_search"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="%(class)s_title"),
        ]


def one_text_per_language(parent: str, name: str) -> models.UniqueConstraint:
    """Return the constraint that a thing has one text in each language."""
    return models.UniqueConstraint(
        fields=[parent, "language"],
        name=name,
        violation_error_message=_("There is a text in this language already."),
    )


class ParagraphKey(models.Model):
    """A paragraph's identity, which survives redrafting: versions' paragraphs and comments both point here.

    Nothing deletes a key that a comment points to, so no comment loses what it was about.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    def __str__(self) -> str:
        return str(self.id)


class Download(models.Model):
    """A file made of a document and kept; `digest` tells whether it still shows what it should."""

    name = models.CharField(max_length=300, unique=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to="downloads/")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def __str__(self) -> str:
        return self.name


class PictureQuerySet(TranslatedQuerySet["Picture"]):
    """Pictures have no state of their own: one is public where something public shows it."""

    # (model, foreign key to Picture) of everything that shows pictures; the apps register themselves.
    shown_by: ClassVar[list[tuple[type[models.Model], str]]] = []

    def public(self) -> Self:
        """Pictures that something public shows."""
        shown = Q()
        for model, field in self.shown_by:
            public = model._default_manager.public()  # type: ignore[attr-defined] # every Publishable's has it
            shown |= Q(Exists(public.filter(**{field: OuterRef("pk")})))
        return self.filter(shown) if shown else self.none()


class Picture(Translated):
    """A picture, re-encoded on upload so that it carries no place, no camera and no time.

    Beside its file lie the renditions of it that pages show.
    """

    # Where the readers of a preview find its file: its own addresses serve nothing that is not public.
    preview_url = ""

    slug = models.SlugField(_("slug"), unique=True)
    file = models.ImageField(_("file"), upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    credit = models.CharField(_("credit"), max_length=200)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1826), validate_year]
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and make the renditions that are missing."""
        super().save(*args, **kwargs)
        make_renditions(self.file.storage, str(self.file.name))

    @property
    def renditions(self) -> list[Rendition]:
        """What readers can have of it."""
        return renditions(str(self.file.name), self.width)

    def remove_files(self) -> None:
        """Remove its files, once what removes them from the database is certain."""
        for each in self.renditions:  # of which its own file is one
            transaction.on_commit(partial(self.file.storage.delete, each.name))

    def get_absolute_url(self) -> str:
        """Return the address of the rendition that every browser can show, of middle size."""
        fitting = [each for each in self.renditions if each.format == JPEG and each.width <= WIDTHS[1]]
        return _address(fitting[-1])

    @property
    def shown(self) -> "ShownPicture | None":
        """Return what `parts/picture.html` reads, or nothing while no text says what the picture shows."""
        text = self.text
        if text is None:
            return None
        sets: dict[str, list[str]] = {}
        for each in [] if self.preview_url else self.renditions:
            sets.setdefault(each.format.content_type, []).append(f"{_address(each)} {each.width}w")
        srcsets = {kind: ", ".join(candidates) for kind, candidates in sets.items()}
        return ShownPicture(
            url=self.preview_url or self.get_absolute_url(),
            srcset=srcsets.pop(JPEG.content_type, ""),
            sources=srcsets,
            width=self.width,
            height=self.height,
            alt=text.alt,
            caption=text.caption,
            consent=text.consent,
            language=text.language,
            dir=text.dir,
            credit=self.credit,
            year=self.year,
        )


def _address(rendition: Rendition) -> str:
    """Return the address that serves a rendition, under the publication rule."""
    return reverse("picture", args=[Path(rendition.name).name])


@dataclass(frozen=True)
class ShownPicture:
    """A picture as the templates show it; `sources` has a set by content type, the best first, and a preview none."""

    url: str
    srcset: str
    sources: dict[str, str]
    width: int
    height: int
    alt: str
    caption: str
    consent: str
    language: str
    dir: str
    credit: str
    year: int | None

    @property
    def credit_line(self) -> str:
        """Whose picture it is, and of which year."""
        line = gettext("Picture: %(credit)s") % {"credit": self.credit}
        return f"{line}, {self.year}" if self.year else line


class PictureText(LanguageRow):
    """What a picture shows, for those who don't see it, and its caption."""

    parent_field = "picture"

    picture = models.ForeignKey(Picture, models.CASCADE, related_name="texts", verbose_name=_("picture"))
    alt = models.CharField(_("text alternative"), max_length=300)
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    consent = models.CharField(
        _("consent"),
        max_length=300,
        blank=True,
        help_text=_(
            "Readers see this: who is shown agreed to what, and since when. "
            "Leave it empty only if nobody can be recognised."
        ),
    )

    class Meta(LanguageRow.Meta):
        verbose_name = _("picture text")
        verbose_name_plural = _("picture texts")
        constraints = [one_text_per_language("picture", "picturetext_language")]
