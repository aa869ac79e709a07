"""The moderators' desk for comments: each comment's page with the decisions."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from comments import moderation
from comments.admin.bulk import BulkPages
from comments.admin.consultations import subject_to_show
from comments.admin.deciding import PENDING, staff
from comments.admin.entering import EnteringPages
from comments.admin.filters import group_of, in_group
from comments.admin.points_page import PointsPage
from comments.admin.queue import first_words, hold_labels
from comments.admin.redacting import RedactionPages
from comments.admin.staff_files import FilePages
from comments.erasure import erase
from comments.models import Comment, CommentState, Consultation, SealedOriginal
from comments.speaking import members_of
from publishing.admin import NothingToShow

# Of much alike comments a page names so many; the queue lists all.
MOST_ALIKE = 20


@admin.register(Comment)
class CommentAdmin(PointsPage, RedactionPages, BulkPages, EnteringPages, FilePages):
    """The queue, and each comment's page."""

    moderates = "comments.moderate_comment"
    refused_from = (CommentState.PENDING, CommentState.PUBLISHED)
    desk_template = "admin/comments/comment/desk.html"

    def desk_rows(self) -> QuerySet[Comment]:
        """Fetch what the comment is about."""
        rows = Comment.objects.select_related("reply_to", "decided_by", "claimed_by", "entered_by")
        rows = rows.annotate(is_sealed=Exists(SealedOriginal.objects.filter(comment=OuterRef("pk"))))
        rows = rows.defer("search", "shingles", "reply_to__search", "reply_to__shingles")
        return rows.prefetch_related(Prefetch("consultation", Consultation.objects.for_list()))

    def get_urls(self) -> list[URLPattern]:
        """Add the decisions."""
        pages = [
            self.page("take-down", require_POST(self.take_down)),
            self.page("erase", require_http_methods(["GET", "HEAD", "POST"])(self.erase)),
            self.button("spam", self._set_aside, _("Set aside as spam."), stay=False),
            self.button("return", self._put_back, _("It waits in the queue again.")),
            self.button("claim", self._claim, _("For a quarter of an hour nobody else decides on it.")),
            self.button("release", self._release, _("Others can decide on it now.")),
        ]
        return [*pages, *super().get_urls()]

    def button(
        self, name: str, act: Callable[[HttpRequest, Comment], None], said: Any, *, stay: bool = True
    ) -> URLPattern:
        """Return the route of a decision that needs nothing but a button."""

        def decide(request: HttpRequest, thing: Comment) -> str:
            act(request, thing)
            return str(said)

        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            return self.decided(request, object_id, decide, stay=stay)

        return self.page(name, require_POST(view))

    def _set_aside(self, request: HttpRequest, comment: Comment) -> None:
        moderation.set_aside(comment, by=staff(request), seen=self.seen(request))

    def _put_back(self, request: HttpRequest, comment: Comment) -> None:
        moderation.put_back(comment, by=staff(request), seen=self.seen(request))

    def _claim(self, request: HttpRequest, comment: Comment) -> None:
        moderation.claim(comment, by=staff(request), take_over="take_over" in request.POST)

    def _release(self, request: HttpRequest, comment: Comment) -> None:
        moderation.release(comment, by=staff(request))

    def publish(self, request: HttpRequest, thing: Comment) -> str:
        """Give it its number."""
        decided = moderation.approve(thing, by=staff(request), seen=self.seen(request))
        return gettext("Published as comment %(number)s.") % {"number": decided.number}

    def turn_down(self, request: HttpRequest, thing: Comment, **fields: str) -> str:
        """Tell its author why."""
        moderation.refuse(thing, by=staff(request), seen=self.seen(request), **fields)
        return gettext("Refused. Its author is told the reason.")

    def take_down(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Refuse what is published already."""

        def decide(request: HttpRequest, thing: Comment, **fields: str) -> str:
            moderation.take_down(thing, by=staff(request), seen=self.seen(request), **fields)
            return gettext("Refused. Its author is told the reason.")

        return self.with_reason(request, object_id, CommentState.PUBLISHED, decide, stay=True)

    def may_erase(self, request: HttpRequest) -> bool:
        """Whether the reader may destroy what somebody sent; no role may but administrators, unless it is given."""
        return self.may_decide(request) and request.user.has_perm("comments.delete_comment")

    def erase(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask whether to destroy a comment, and destroy it."""
        comment = self.found(request, object_id, decide=True)
        if not self.may_erase(request):
            raise PermissionDenied
        if request.method == "POST":
            erase(comment, by=staff(request))
            messages.success(request, gettext("Erased."))
            return HttpResponseRedirect(self.address("change", comment))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Erase"), "comment": comment}
        return TemplateResponse(request, "admin/comments/comment/erase.html", context)

    def desk_context(self, request: HttpRequest, thing: Comment) -> dict[str, Any]:
        """Show it with the paragraph it is about."""
        try:
            subject = subject_to_show(thing.consultation)
        except NothingToShow:
            subject = None
        by = moderation.claimant(thing)
        is_published = thing.state == CommentState.PUBLISHED
        may_translate = is_published and request.user.has_perm("comments.add_commenttranslation")
        return {
            "title": _("Comment %(number)s") % {"number": thing.number} if thing.number else _("Comment"),
            "comment": thing,
            "subject": subject,
            "passage": subject.by_key(thing.paragraph_key_id) if subject else None,
            "held_for": hold_labels(thing),
            "claimant": by,
            "member": members_of([thing]).get(thing.pk),
            "is_mine": by == request.user,
            "refuse_url": self.address("take-down" if is_published else "refuse", thing),
            "may_erase": thing.state != CommentState.ERASED and self.may_erase(request),
            "may_unseal": thing.is_sealed and request.user.has_perm("comments.unseal_comment"),  # type: ignore[attr-defined] # of desk_rows
            "may_put_back": thing.state == CommentState.SPAM and self.may_decide(request),
            "translate_url": f"/admin/comments/commenttranslation/add/?comment={thing.pk}" if may_translate else "",
            **self._alike(thing),
            **self._neighbours(thing),
            **self.points_context(request, thing),
        }

    def _alike(self, comment: Comment) -> dict[str, Any]:
        """Return the comments that are much like this one, and how many of the group wait."""
        group = self.queue_rows().filter(in_group(group_of(comment)))
        return {
            "alike": [(row, first_words(row)) for row in group.exclude(pk=comment.pk)[:MOST_ALIKE]],
            "alike_waiting": group.filter(state=PENDING).count(),
            "group": group_of(comment),
        }

    def _neighbours(self, comment: Comment) -> dict[str, str]:
        """Return the addresses of the comments before and after this one in the queue."""
        queue = Comment.objects.pending().only("pk")
        same = {"received_at": comment.received_at}
        before = queue.filter(Q(received_at__lt=comment.received_at) | Q(**same, pk__lt=comment.pk)).last()
        after = queue.filter(Q(received_at__gt=comment.received_at) | Q(**same, pk__gt=comment.pk)).first()
        found = {"previous_url": before, "next_url": after}
        return {name: self.address("change", row) for name, row in found.items() if row}
