"""Admin of the deliverables and their versions."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, Count, OuterRef, Subquery
from django.db.models.functions import Coalesce, Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from campaign.admin.changes import ChangesForm
from campaign.admin.previewed import published
from campaign.comparison import summary
from campaign.models import (
    Change,
    Deliverable,
    DeliverableText,
    Paragraph,
    Version,
    VersionText,
)
from campaign.paragraphs import version_before
from campaign.views.deliverables import reading_context
from campaign.views.parts import deliverable_parts
from comments.admin import CommentAdmin, PointAdmin
from comments.models import Comment
from publishing.admin import (
    OnceFormSet,
    PublishableAdmin,
    TextInline,
    TranslatedAdmin,
    take_draft,
    text_inline,
)


def _number_of_paragraph(consultation: str) -> Coalesce:
    """Return the number that a row's paragraph has in the text that was consulted on, or that of its figure."""
    in_text = Subquery(
        Paragraph.objects.filter(text__version__consultation=OuterRef(consultation), key=OuterRef("paragraph_key"))
        .order_by("text")
        .values("number")[:1]
    )
    return Coalesce(in_text, "paragraph_key__figure", output_field=BigIntegerField())


# The moderators' queue and the list of points lie further right, and know nothing of versions.
CommentAdmin.paragraph_number = _number_of_paragraph("consultation")
PointAdmin.paragraph_number = _number_of_paragraph("comment__consultation")


def _reading(deliverable: Deliverable, version: Version) -> dict[str, Any]:
    """Return what the reading page shows of a version, without the list of public ones."""
    parts = deliverable_parts(deliverable, published)
    return reading_context(deliverable, version) | parts | {"versions": [], "newest": None}


@admin.register(Deliverable)
class DeliverableAdmin(TranslatedAdmin, PublishableAdmin):
    """Deliverables; each is previewed with the version that readers would get."""

    list_display = ("slug", "title", "kind", "state", "published_at", "position")
    list_filter = ("state", "kind", "published_at")
    inlines = (text_inline(DeliverableText),)
    preview_template = "campaign/deliverable_empty.html"

    def preview_context(self, thing: Deliverable) -> dict[str, Any]:
        """Show its newest published version, or that there is none."""
        versions = thing.versions.filter(state__in=Version.public_states, published_at__lte=Now())
        version = versions.select_related("consultation").order_by("-number").first()
        if version is None:
            return {"deliverable": thing} | deliverable_parts(thing, published)
        take_draft(version)
        return _reading(thing, version) | {"public_template": VersionAdmin.preview_template}


class VersionForm(forms.ModelForm[Version]):
    """Keeps what readers cite: a public version stays where it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.instance
        if Version.objects.public().filter(pk=version.pk).exists():
            fixed = ["deliverable", "number", *(["consultation"] if version.consultation_id else [])]
            for name in fixed:
                if name in self.fields:
                    self.fields[name].disabled = True


class VersionTextFormSet(OnceFormSet):
    """The texts of a version. Once readers can see one it is frozen, while translations can still be added."""

    @cached_property
    def frozen(self) -> set[int]:
        """The keys of the texts that are public, or that were when comments came."""
        public = Version.objects.public().filter(pk=self.instance.pk).exists()
        if not public and not Comment.objects.filter(consultation__version=self.instance.pk).exists():
            return set()
        return set(VersionText.objects.ready().filter(version=self.instance.pk).values_list("pk", flat=True))

    @cached_property
    def original(self) -> tuple[int | None, str | None]:
        """The key of the first text, if there is one, and its Markdown as it is being sent."""
        texts = list(self.get_queryset()) if self.instance.pk else []
        first = min(texts, key=lambda text: text.pk, default=None)
        place = texts.index(first) if first else 0
        is_frozen = first is not None and first.pk in self.frozen
        body = first.body if is_frozen and first else self.data.get(f"{self.add_prefix(place)}-body")
        return (first.pk if first else None), body

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Let a translation be held to the original as it is being sent with it."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc] # the stubs leave it out
        if self.is_bound and (i or form.instance.pk) and form.instance.pk != self.original[0]:
            form.instance.original_body = self.original[1]
        return form

    def add_fields(self, form: Any, index: int | None) -> None:
        """Let nothing be changed, nor deleted, of a frozen text."""
        super().add_fields(form, index)
        if form.instance.pk in self.frozen:
            for name in set(form.fields) - {self.fk.name, VersionText._meta.pk.name, "designed_pdf"}:
                form.fields[name].disabled = True
            # The database compares what comes back from the form letter by letter.
            for name in ("title", "summary", "body"):
                form.fields[name].strip = False
            form.fields["body"].help_text = _("Readers can see this text, so it is frozen: write a new version.")


class VersionTextInline(TextInline):
    """A version's texts."""

    model = VersionText
    formset = VersionTextFormSet
    fields = (*TextInline.fields, "designed_pdf")


@admin.register(Version)
class VersionAdmin(TranslatedAdmin, PublishableAdmin):
    """Versions."""

    form = VersionForm
    list_display = ("__str__", "title", "deliverable", "number", "state", "published_at", "consultation")
    list_filter = ("state", "deliverable", "published_at")
    search_fields = ("deliverable__slug", "texts__title")
    list_select_related = ("deliverable", "consultation")
    autocomplete_fields = ("deliverable", "consultation")
    inlines = (VersionTextInline,)
    preview_template = "campaign/version.html"
    change_form_template = "admin/version_form.html"
    paragraph_numbers = True

    def restore_refusal(self, thing: Version, model: Any, record: Any) -> str:
        """Keep what readers see: a public version's place and its ready texts are frozen."""
        frozen = model is VersionText and VersionText.objects.ready().filter(pk=record.id).exists()
        moved = model is Version and (record.deliverable_id, record.number) != (thing.deliverable_id, thing.number)
        if (frozen or moved) and Version.objects.public().filter(pk=thing.pk).exists():
            return gettext("Readers can see this text, so it is frozen: write a new version.")
        return ""

    def get_urls(self) -> list[URLPattern]:
        """Add the page of what became of each paragraph."""
        return [self.page("changes", require_http_methods(["GET", "HEAD", "POST"])(self.changes)), *super().get_urls()]

    def changes(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what became of each paragraph since the version before, and let editors correct and explain it."""
        version = self.get_object(request, unquote(object_id))
        if version is None:
            raise Http404
        if not self.has_change_permission(request, version):
            raise PermissionDenied
        form = ChangesForm(version, request.POST if request.method == "POST" else None)
        if form.is_valid():
            form.save()
            self.log_change(request, version, "changes")
            messages.success(request, _("What became of the paragraphs was saved."))
            return HttpResponseRedirect(self.address("changes", version))
        rows = list(form.rows())
        context = {
            "title": _("What changed in version %(number)d") % {"number": version.number},
            "form": form,
            "rows": rows,
            "summary": summary([row.shown for row in rows]),
            "text": version.texts.order_by("pk").first(),
            "change_url": self.address("change", version),
        }
        return render(request, "admin/changes.html", context, status=400 if form.is_bound else 200)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Tell what became of the paragraphs of a draft whenever it is saved."""
        super().save_related(request, form, formsets, change)
        version = form.instance
        if version.changes.exists() and not Version.objects.public().filter(pk=version.pk).exists():
            kinds = version.changes.exclude(kind=Change.Kind.KEPT).order_by().values_list("kind").annotate(Count("pk"))
            told = ", ".join(f"{Change.Kind(kind).label}: {count}" for kind, count in kinds) or "–"
            link = format_html('<a href="{}">{}</a>', self.address("changes", version), _("What changed"))
            messages.info(request, format_html("{} ({})", link, told))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Link what changed since the version before."""
        version = context.get("original")
        if version is not None and version_before(version):
            context["changes_url"] = self.address("changes", version)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the deliverable, which each version's name begins with."""
        return super().get_queryset(request).select_related("deliverable")

    def has_delete_permission(self, request: HttpRequest, obj: Version | None = None) -> bool:
        """Keep public versions: their addresses are cited."""
        if obj is not None and Version.objects.public().filter(pk=obj.pk).exists():
            return False
        return super().has_delete_permission(request, obj)

    def preview_rows(self, rows: Any) -> Any:
        """Fetch deliverable and consultation."""
        return rows.select_related("deliverable", "consultation")

    def preview_context(self, thing: Version) -> dict[str, Any]:
        """Show it on the reading page, where its deliverable may be unpublished too. Raises NothingToShow."""
        take_draft(thing.deliverable)
        return _reading(thing.deliverable, thing)
