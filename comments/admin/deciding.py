"""What the moderators' desks share: a queue, oldest first, and a page for each thing with the two decisions."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminRadioSelect
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from comments.forms import RefusalForm
from comments.models import CommentState
from comments.moderation import AlreadyDecided
from publishing.admin import PortalAdmin
from publishing.numbers import whole

PENDING = CommentState.PENDING.value


def staff(request: HttpRequest) -> User:
    """Return who is signed in."""
    return cast(User, request.user)


class StateFilter(admin.SimpleListFilter):
    """Where things stand; those that wait unless told otherwise."""

    title = _("state")
    parameter_name = "state"
    states: ClassVar[type[models.TextChoices]] = CommentState

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer each state, and all of them."""
        return [*self.states.choices, ("all", _("all"))]

    def chosen(self) -> str:
        """Return the state asked for."""
        return self.value() or PENDING

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Filter by it."""
        return queryset if self.chosen() == "all" else queryset.filter(state=self.chosen())

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Link each choice."""
        for value, label in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.chosen() == value, "query_string": query, "display": label}


class ReadOnlyAdmin(PortalAdmin):
    """Rows that nobody adds, edits or deletes by hand."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


class DecisionAdmin(ReadOnlyAdmin):
    """A queue whose things moderators approve or refuse, each on its own page.

    A subclass names its form and template, fetches the rows, takes the decisions and says what came of them.
    """

    moderates: ClassVar[str]
    refusal: ClassVar[type[RefusalForm]] = RefusalForm
    desk_template: ClassVar[str]
    # The states in which a thing can be refused.
    refused_from: ClassVar[tuple[str, ...]] = (PENDING,)

    ordering = ("received_at", "pk")
    show_facets = admin.ShowFacets.NEVER

    def desk_rows(self) -> QuerySet[Any]:
        """Return the rows with what their pages show."""
        raise NotImplementedError

    def publish(self, request: HttpRequest, thing: Any) -> str:
        """Approve a thing; return what to tell the moderator. Raises AlreadyDecided."""
        raise NotImplementedError

    def turn_down(self, request: HttpRequest, thing: Any, **fields: str) -> str:
        """Refuse a thing; return what to tell the moderator. Raises AlreadyDecided."""
        raise NotImplementedError

    def desk_context(self, request: HttpRequest, thing: Any) -> dict[str, Any]:
        """Return what the page shows of a thing; `title` at the least."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """Add the decisions."""
        decisions = [self.page("approve", require_POST(self.approve)), self.page("refuse", require_POST(self.refuse))]
        return [*decisions, *super().get_urls()]

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, thing: Any) -> str:
        """Return the day; the minute is nobody's business."""
        return formats.date_format(timezone.localtime(thing.received_at), "DATE_FORMAT")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the thing: there is nothing to change about it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.desk(request, self.found(request, object_id))

    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish the thing, and go on to the next."""
        return self.decided(request, object_id, self.publish)

    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Refuse the thing with a reason, and go on to the next."""
        return self.with_reason(request, object_id, PENDING, self.turn_down)

    def with_reason(
        self, request: HttpRequest, object_id: str, state: str, decide: Callable[..., str], *, stay: bool = False
    ) -> HttpResponse:
        """Take a decision that needs a reason on a thing in this state."""
        thing = self.found(request, object_id, decide=True)
        form = self.refusal_form(request.POST)
        if thing.state != state:
            return self.too_late(request, object_id)
        if not form.is_valid():
            return self.desk(request, thing, form=form, status=400)
        return self.decided(request, object_id, partial(decide, **form.cleaned_data), stay=stay)

    def decided(
        self, request: HttpRequest, object_id: str, decide: Callable[..., str], *, stay: bool = False
    ) -> HttpResponse:
        """Take a decision, say what came of it, and go on to the next unless there is more to do here."""
        thing = self.found(request, object_id, decide=True)
        try:
            said = decide(request, thing)
        except AlreadyDecided:
            return self.too_late(request, object_id)
        messages.success(request, said)
        return HttpResponseRedirect(self.address("change", thing)) if stay else self.next(thing)

    def refusal_form(self, data: Any = None, **more: Any) -> RefusalForm:
        """Return the form with no reason chosen: who sent the thing will be told the one that is."""
        form = self.refusal(data, **more)
        reason: Any = form.fields["reason"]
        reason.widget = AdminRadioSelect(attrs={"class": "radiolist"}, choices=reason.choices)
        form.fields["note"].widget.attrs["class"] = "vLargeTextField"
        return form

    def found(self, request: HttpRequest, object_id: str, *, decide: bool = False) -> Any:
        """Return the thing, to somebody who may see it or decide on it."""
        may = self.has_view_permission(request) and (not decide or self.may_decide(request))
        if not may:
            raise PermissionDenied
        try:
            found = self.desk_rows().filter(pk=unquote(object_id)).first()
        except ValueError:
            found = None
        if found is None:
            raise Http404
        return found

    def seen(self, request: HttpRequest) -> int | None:
        """Return how many events the page showed on which somebody decides."""
        return whole(request.POST.get("events", ""))

    def may_decide(self, request: HttpRequest) -> bool:
        """Whether the reader is a moderator of these."""
        return request.user.has_perm(self.moderates)

    def desk(
        self,
        request: HttpRequest,
        thing: Any,
        *,
        form: RefusalForm | None = None,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        """Show a thing's page."""
        decidable = thing.state in self.refused_from and self.may_decide(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "events": list(thing.events.select_related("by")),
            "form": (form or self.refusal_form()) if decidable else None,
            "approve_url": self.address("approve", thing),
            "refuse_url": self.address("refuse", thing),
            **self.desk_context(request, thing),
            **more,
        }
        return TemplateResponse(request, self.desk_template, context, status=status)

    def too_late(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what somebody else did in the meantime; what was typed is kept."""
        thing = self.found(request, object_id)
        typed = request.POST.dict()
        return self.desk(request, thing, form=self.refusal_form(initial=typed), status=409, too_late=True, typed=typed)

    def next(self, thing: Any) -> HttpResponse:
        """Go on to the next in the queue, else to the oldest, else to the empty queue."""
        queue: Any = self.model._default_manager.pending()
        later = Q(received_at__gt=thing.received_at) | Q(received_at=thing.received_at, pk__gt=thing.pk)
        following = queue.filter(later).first() or queue.first()
        queue_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return HttpResponseRedirect(self.address("change", following) if following else queue_url)
