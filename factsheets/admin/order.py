"""The page on which an editor puts a factsheet's sections, cases and figures in order, by number or by dragging."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from factsheets.models import Factsheet, Figure, Indicator
from factsheets.ordering import Placed, lock_order, name_of, reorder
from publishing.admin import PortalAdmin

# What the column holds.
LAST = 32767


@dataclass(frozen=True)
class Group:
    """Rows that stand in one order, each with what it is called."""

    title: str
    rows: Sequence[tuple[Placed, str]]
    # Two rows of it may not bear the same number.
    once: bool = False


def order_groups(sheet: Factsheet) -> Iterator[Group]:
    """Yield what has an order on a factsheet."""
    sections = [
        (row, row.text.heading if row.text else row.get_kind_display())
        for row in sheet.sections.with_text("body_html")
    ]
    yield Group(_("Sections"), sections, once=True)
    cases = [(row, row.text.title if row.text else str(row)) for row in sheet.cases.for_list()]
    if cases:
        yield Group(_("Cases"), cases)
    figures = Figure.objects.with_text().filter(population=sheet.population_id)
    for indicator, rows in groupby(figures, key=lambda figure: figure.indicator):
        named = [(row, f"{row.display} – {row.text.label if row.text else row.code}") for row in rows]
        yield Group(_("Figures: %(indicator)s") % {"indicator": Indicator(indicator).label}, named)


class OrderForm(forms.Form):
    """A number for each row; `seen` tells which numbers the form was made from."""

    def __init__(self, groups: list[Group], data: Any = None) -> None:
        self.groups = groups
        self.now = {name_of(row): row.position for group in groups for row, _name in group.rows}
        self.clashes: dict[str, int] = {}
        super().__init__(self._merged(data) if data is not None else None)
        for group in groups:
            for row, name in group.rows:
                self.fields[name_of(row)] = forms.IntegerField(
                    label=name,
                    min_value=0,
                    max_value=LAST,
                    initial=row.position,
                    widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
                )

    @property
    def seen(self) -> str:
        """What the next form sent tells that it was made from."""
        return json.dumps(self.now)

    def _merged(self, data: Any) -> Any:
        """Take over a group that only somebody else put in order; note what stands otherwise where both did."""
        seen = _numbers(data.get("seen", ""))
        merged = data.copy()
        for group in self.groups:
            names = [name_of(row) for row, _name in group.rows]
            now = {name: str(self.now[name]) for name in names}
            before = {name: str(seen.get(name, "")) for name in names}
            typed = {name: data.get(name, now[name]) for name in names}
            if typed == before:
                typed = now
            elif before != now:
                self.clashes |= {name: self.now[name] for name in names if typed[name] != now[name]}
            for name in names:
                merged[name] = typed[name]
        return merged

    def clean(self) -> None:
        """Refuse a number that another row of its group bears, where that may not be."""
        for group in self.groups:
            taken: dict[int, str] = {}
            for row, name in group.rows if group.once else ():
                number = self.cleaned_data.get(name_of(row))
                if number is None:
                    continue
                if number in taken:
                    told = _("“%(other)s” has this number already.") % {"other": taken[number]}
                    self.add_error(name_of(row), told)
                taken.setdefault(number, name)

    def shown(self) -> list[dict[str, Any]]:
        """Return the groups as the page shows them."""
        return [
            {
                "title": group.title,
                "rows": [{"field": self[name], "clash": self.clashes.get(name)} for name in self._names(group)],
            }
            for group in self.groups
        ]

    def _names(self, group: Group) -> list[str]:
        return [name_of(row) for row, _name in group.rows]


def _numbers(token: str) -> dict[str, int]:
    """Read what a form was made from; what is nothing of ours says nothing."""
    try:
        return {str(name): int(number) for name, number in json.loads(token).items()}
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
        return {}


class OrderPage(PortalAdmin):
    """Adds the page to the admin of factsheets."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = require_http_methods(["GET", "HEAD", "POST"])(self.order_view)
        return [self.page("order", view), *super().get_urls()]

    def order_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the order, and save another; where somebody else moved the same, say so first."""
        sheet: Factsheet = self._thing(request, object_id)
        names = ("factsheet", "section", "case", "figure")
        if not request.user.has_perms([f"factsheets.change_{name}" for name in names]):
            raise PermissionDenied
        status = 200
        with transaction.atomic():
            if request.method == "POST":
                lock_order(sheet)
            form = OrderForm(list(order_groups(sheet)), request.POST if request.method == "POST" else None)
            if form.is_bound:
                status = 409 if form.clashes else 200 if form.is_valid() else 400
                if status == 200:
                    self._save_order(request, sheet, form)
                    return HttpResponseRedirect(self.address("order", sheet))
        context = self._context(request, sheet, _("Order: %s") % sheet)
        context |= {"form": form, "groups": form.shown()}
        return TemplateResponse(request, "admin/factsheets/factsheet/order.html", context, status=status)

    def _save_order(self, request: HttpRequest, sheet: Factsheet, form: OrderForm) -> None:
        rows = [row for group in form.groups for row, _name in group.rows]
        moved = reorder(rows, form.cleaned_data, by=request.user)  # type: ignore[arg-type] # staff
        if moved:
            told = ngettext("%(moved)d moved.", "%(moved)d moved.", moved) % {"moved": moved}
            self.log_change(request, sheet, _("Order: %s") % told)
            messages.success(request, told)
        else:
            messages.info(request, _("Everything stands where it stood."))
