"""Rows below a thing: what there may be once is refused in the form, before the database refuses the whole."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _


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


class KeyFormSet(BaseInlineFormSet[Any, Any, Any]):
    """Rows that each keep the key of a paragraph, which their forms find by what staff write in `named_by`."""

    model: Any
    named_by: ClassVar[str]

    def clean(self) -> None:
        """Refuse the same paragraph twice."""
        super().clean()
        here = [form.instance.pk for form in self.initial_forms]
        # What somebody else named meanwhile is not in the form.
        others = self.model._default_manager.filter(**{self.fk.name: self.instance.pk}).exclude(pk__in=here)
        seen: set[UUID] = set(others.values_list("key", flat=True))
        for form in self.forms:
            key = form.instance.key_id
            if key is None or form.errors or self._should_delete_form(form):  # type: ignore[attr-defined] # Django's own
                continue
            if key in seen:
                form.add_error(self.named_by, _("This paragraph is named above already."))
            seen.add(key)

    def save(self, commit: bool = True) -> Any:
        """Let two rows change their places: each is put anew once all that change are out of the way."""
        changed = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        if commit:
            self.model._default_manager.filter(pk__in=changed).delete()
        return super().save(commit=commit)
