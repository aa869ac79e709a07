"""Two organisations that are one: what stands is chosen field by field, and all that hangs on either goes to one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from advocacy.models import FormerSlug, Membership, Organisation, OrganisationText, Proposal, ProposalState
from publishing.history import is_written, shown
from publishing.languages import language_name, place_name
from publishing.preview_links import PreviewLink
from publishing.publication import State

KEPT, OTHER, BOTH = "kept", "other", "both"
# What is not chosen: the one that is kept keeps its address and its state.
OWN = ("slug", "state", "published_at")
WORDS = ("ready", "title", "summary", "body", *OrganisationText.parts)
# From the most careful on.
CAREFUL = [Organisation.Listing.UNLISTED, Organisation.Listing.REGION, Organisation.Listing.COUNTRY]


@dataclass(frozen=True)
class Choice:
    """A field in which two organisations differ, with what stands in each."""

    name: str
    label: str
    kept: str
    other: str
    # What is best unless somebody says otherwise, and whether both can stand.
    default: str
    both: bool = False


def choices(kept: Organisation, other: Organisation) -> list[Choice]:
    """Return the fields in which they differ."""
    return [*_fields(kept, other), *_links(kept, other), *_texts(kept, other)]


def _fields(kept: Organisation, other: Organisation) -> Iterator[Choice]:
    for field in Organisation._meta.concrete_fields:
        mine, theirs = getattr(kept, field.attname), getattr(other, field.attname)
        if not is_written(field) or field.name in OWN or mine == theirs:
            continue
        is_list = isinstance(mine, list)
        default = BOTH if is_list else _fuller(mine, theirs)
        if field.name == "listing":
            default = min((CAREFUL.index(mine), KEPT), (CAREFUL.index(theirs), OTHER))[1]
        elif field.name == "contact_shown":
            default = KEPT  # that one of them agreed to show something is no consent for the other
        words = place_name if field.name == "country" else partial(shown, field)
        yield Choice(field.name, _label(field), words(mine), words(theirs), default, is_list)


def _links(kept: Organisation, other: Organisation) -> Iterator[Choice]:
    for field in Organisation._meta.many_to_many:
        mine, theirs = (sorted(map(str, getattr(thing, field.name).all())) for thing in (kept, other))
        if mine != theirs:
            yield Choice(field.name, _label(field), ", ".join(mine), ", ".join(theirs), BOTH, both=True)


def _texts(kept: Organisation, other: Organisation) -> Iterator[Choice]:
    mine = {text.language: text for text in kept.texts.all()}
    for text in other.texts.order_by("language"):
        own, language = mine.get(text.language), capfirst(language_name(text.language))
        if own is None:
            yield Choice(f"text-{text.language}", language, "", text.title, OTHER)
            continue
        for name in WORDS:
            before, after = getattr(own, name), getattr(text, name)
            if before != after:
                field: Any = OrganisationText._meta.get_field(name)
                label = f"{_label(field)} ({language})"
                yield Choice(
                    f"text-{text.language}-{name}",
                    label,
                    shown(field, before),
                    shown(field, after),
                    _fuller(before, after),
                )


def _fuller(mine: Any, theirs: Any) -> str:
    return OTHER if theirs and not mine else KEPT


def _label(field: Any) -> str:
    return capfirst(str(field.verbose_name))


def hanging_on(organisation: Organisation) -> Iterator[models.QuerySet[Any]]:
    """Yield all rows that belong to an organisation, but for what is chosen field by field, by model.

    They are found by what leads to an organisation, whatever app it is of; records of history stay as they were.
    """
    chosen = {OrganisationText, *(getattr(Organisation, f.name).through for f in Organisation._meta.many_to_many)}
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        model: Any = relation.related_model
        if model in chosen or any(field.name == "history_type" for field in model._meta.fields):
            continue
        rows = model._base_manager.filter(**{relation.field.name: organisation})
        rows.leads_by = relation.field.name
        yield rows


def moving(other: Organisation) -> list[tuple[str, int]]:
    """Return what goes over from one that is not kept: the name of each kind, and how many."""
    found = [(rows, rows.count()) for rows in hanging_on(other)]
    return [(capfirst(str(rows.model._meta.verbose_name_plural)), count) for rows, count in found if count]


@transaction.atomic
def merge(kept: Organisation, other: Organisation, *, values: Mapping[str, str], by: Any) -> Organisation:
    """Make two organisations one, and return it; `values` says of each field that is chosen which one stands.

    Raises ValidationError where what was chosen breaks a rule. The address of the other leads to the one that is kept,
    if it ever was public: that an organisation was here at all is no secret then.
    """
    rows = Organisation.objects.select_for_update().order_by("pk").in_bulk([kept.pk, other.pk])
    kept, other = rows[kept.pk], rows[other.pk]
    chosen = {choice.name: values.get(choice.name, choice.default) for choice in choices(kept, other)}
    _take_fields(kept, other, chosen)
    kept._change_reason = gettext("Merged with %(slug)s.") % {"slug": other.slug}  # type: ignore[attr-defined] # history's
    kept._history_user = by  # type: ignore[attr-defined] # read by simple_history
    kept.full_clean(exclude={"region"})
    _take_texts(kept, other, chosen)
    for found in hanging_on(other):
        _move(found, kept)
    was_public = other.state != State.DRAFT and other.published_at and other.published_at <= timezone.now()
    if was_public and other.listing != Organisation.Listing.UNLISTED:
        FormerSlug.objects.update_or_create(slug=other.slug, defaults={"organisation": kept})
    PreviewLink.objects.of(other).delete()
    other.delete()
    kept.save()
    for field in Organisation._meta.many_to_many:
        if field.name in chosen:
            getattr(kept, field.name).set(kept._chosen[field.name])  # type: ignore[attr-defined] # set above
    return kept


def _take_fields(kept: Any, other: Any, chosen: Mapping[str, str]) -> None:
    kept._chosen = {}
    for field in Organisation._meta.get_fields():
        which = chosen.get(field.name)
        if which is None:
            continue
        if field.many_to_many:
            mine, theirs = (list(getattr(thing, field.name).all()) for thing in (kept, other))
            kept._chosen[field.name] = _one_of(which, mine, theirs)
        else:
            name = field.attname  # type: ignore[union-attr] # a column of its own
            setattr(kept, name, _one_of(which, getattr(kept, name), getattr(other, name)))


def _one_of(which: str, mine: Any, theirs: Any) -> Any:
    if which == BOTH and isinstance(mine, list):
        return [*mine, *(item for item in theirs if item not in mine)]
    return theirs if which == OTHER else mine


def _take_texts(kept: Organisation, other: Organisation, chosen: Mapping[str, str]) -> None:
    own = {text.language: text for text in kept.texts.all()}
    for text in other.texts.all():
        start = f"text-{text.language}"
        if text.language not in own:
            if chosen.get(start) == OTHER:
                text.organisation = kept
                text.save()
            continue
        mine = own[text.language]
        for name in WORDS:
            if chosen.get(f"{start}-{name}") == OTHER:
                setattr(mine, name, getattr(text, name))
        mine.full_clean(exclude={"organisation"}, validate_unique=False, validate_constraints=False)
        mine.save()


def _move(found: Any, kept: Organisation) -> None:
    """Move rows: all at once where nothing is in the way, otherwise one by one."""
    name = found.leads_by
    try:
        with transaction.atomic():
            found.update(**{name: kept})
            return
    except IntegrityError:
        pass
    for row in found:
        same = type(row)._base_manager.filter(pk=row.pk)
        try:
            with transaction.atomic():
                same.update(**{name: kept})
        except IntegrityError:
            IN_THE_WAY.get(type(row), _drop)(row, kept)


def _drop(row: Any, kept: Organisation) -> None:
    """Let go what the one that is kept has already."""
    row.delete()


def _higher_role(row: Any, kept: Organisation) -> None:
    """Leave somebody who acts for both the higher of two roles."""
    own = Membership.objects.get(organisation=kept, user=row.user)
    if row.may(own.role):
        Membership.objects.filter(pk=own.pk).update(role=row.role)
    row.delete()


def _withdrawn(row: Any, kept: Organisation) -> None:
    """Let one proposal wait: that of the one that is kept."""
    Proposal.objects.filter(pk=row.pk).update(state=ProposalState.WITHDRAWN, organisation=kept)


# What becomes of rows of which the one that is kept can have no second.
IN_THE_WAY: dict[type[models.Model], Callable[[Any, Organisation], None]] = {
    Membership: _higher_role,
    Proposal: _withdrawn,
}
