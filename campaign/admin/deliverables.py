"""Admin of the deliverables and their versions."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Now
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaign.models import (
    Deliverable,
    DeliverableText,
    Paragraph,
    Version,
    VersionText,
)
from campaign.views.deliverables import reading_context
from comments.admin import CommentAdmin
from publishing.admin import (
    PublishableAdmin,
    TextInline,
    TranslatedAdmin,
    take_draft,
    text_inline,
)

# The moderators' queue lies further right, and knows nothing of versions.
CommentAdmin.paragraph_number = Subquery(
    Paragraph.objects.filter(text__version__consultation=OuterRef("consultation"), key=OuterRef("paragraph_key"))
    .order_by("text")
    .values("number")[:1]
)


def _reading(deliverable: Deliverable, version: Version) -> dict[str, Any]:
    """Return what the reading page shows of a version, without the list of public ones."""
    return reading_context(deliverable, version) | {"versions": [], "newest": None}


@admin.register(Deliverable)
class DeliverableAdmin(TranslatedAdmin, PublishableAdmin):
    """Deliverables; each is previewed with the version that readers would get."""

    list_display = ("slug", "title", "kind", "state", "published_at", "position")
    list_filter = ("state", "kind", "published_at")
    inlines = (text_inline(DeliverableText),)
    preview_template = "campaign/deliverable_empty.html"

    def preview_context(self, thing: Deliverable) -> dict[str, Any]:
        """Show its newest published version, or that there is none."""
        published = thing.versions.filter(state__in=Version.public_states, published_at__lte=Now())
        version = published.select_related("consultation").order_by("-number").first()
        if version is None:
            return {"deliverable": thing}
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


class VersionTextFormSet(BaseInlineFormSet[VersionText, Version, Any]):
    """The texts of a version. Once readers can see one it is frozen, while translations can still be added."""

    @cached_property
    def frozen(self) -> set[int]:
        """The keys of the texts that are public."""
        public = Version.objects.public().filter(pk=self.instance.pk)
        return set(VersionText.objects.ready().filter(version__in=public).values_list("pk", flat=True))

    def add_fields(self, form: Any, index: int | None) -> None:
        """Let nothing be changed, nor deleted, of a frozen text."""
        super().add_fields(form, index)
        if form.instance.pk in self.frozen:
            for name in set(form.fields) - {self.fk.name, VersionText._meta.pk.name, "designed_pdf"}:
                form.fields[name].disabled = True
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
