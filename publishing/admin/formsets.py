"""Rows below a thing: what there may be once is refused in the form, before the database refuses the whole."""

from collections.abc import Iterator
from typing import Any

from django.db.models import UniqueConstraint
from django.forms.models import BaseInlineFormSet


class OnceFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Keeps the model's rules of what there may be once.

    Django leaves them out where the thing itself is part of the rule. Another editor may have added meanwhile what
    this one adds.
    """

    model: Any

    def clean(self) -> None:
        """Look for what is there already, and stays."""
        super().clean()
        here = {form.instance.pk for form in self.initial_forms}
        for form in self.forms:
            leaves = self.can_delete and self._should_delete_form(form)  # type: ignore[attr-defined] # Django's own
            if form.errors or leaves or not form.has_changed():
                continue
            # What is there is saved in its order, then what is new: that finds free what the former give up.
            own = {form.instance.pk} if form.instance.pk else here
            for constraint in self._once():
                same = {name: getattr(form.instance, self._column(name)) for name in constraint.fields}
                if self.model._default_manager.filter(**same).exclude(pk__in=own).exists():
                    form.add_error(None, str(constraint.get_violation_error_message()))

    def _once(self) -> Iterator[UniqueConstraint]:
        for constraint in self.model._meta.constraints:
            simple = isinstance(constraint, UniqueConstraint) and constraint.fields and not constraint.condition
            if simple and not constraint.deferrable:
                yield constraint

    def _column(self, name: str) -> str:
        return str(self.model._meta.get_field(name).attname)
