"""The revisions of a practice: what was published first, and each proposal that was approved since."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from advocacy.models import Issue, Practice, PracticeText, Proposal, ProposalState
from factsheets.models import KeyPopulation
from publishing.languages import direction, language_name
from publishing.wording import marked

# What a comparison shows: nothing that is not on the page too.
FACTS = ("kind", "year", "licence")
LINKED: dict[str, Any] = {"populations": KeyPopulation, "issues": Issue}
TEXTS = ("title", "summary", "setting", "body", "results", "evidence", "repeat")


@dataclass(frozen=True)
class Revision:
    """One text of a practice; `values` is what the form of its proposal held."""

    number: int
    at: datetime
    note: str
    values: dict[str, Any]
    withheld: bool = False
    language: str = ""

    @property
    def dir(self) -> str:
        """The direction of its note."""
        return direction(self.language)

    @property
    def is_public(self) -> bool:
        """Whether it was for everybody: what was written for members only stays with them."""
        return bool(self.values.get("audience") == Practice.Audience.PUBLIC)


def approved(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return the proposals that became revisions, in their order."""
    return rows.filter(state=ProposalState.APPROVED).order_by("decided_at", "pk")


def revisions(practice: Practice, *, public: bool) -> list[Revision]:
    """Return the revisions of a practice, the newest first; `public`: only those that a visitor may read."""
    found = list(_all(practice))
    if len(found) == 1:
        # What stands on the page itself; a note for members stays with them.
        return [replace(found[0], note="")] if (public and not found[0].is_public) or found[0].withheld else found
    return [each for each in reversed(found) if not each.withheld and (each.is_public or not public)]


def _all(practice: Any) -> Iterator[Revision]:
    """Yield them, from `approved_proposals` where a page fetched them."""
    fetched = getattr(practice, "approved_proposals", None)
    proposals = list(approved(practice.proposals.all()) if fetched is None else fetched)
    first = proposals[0] if proposals else None
    number = 0
    if first is None or first.before.get("texts"):
        # It was there before members could propose: seeded, or written by staff.
        at = practice.published_at
        number = 1
        # The words that the first proposal replaced may be what it is withheld for.
        yield Revision(
            1,
            min(at, first.decided_at) if first else at,
            "",
            first.before if first else {},
            bool(first and first.withheld),
        )
    for proposal in proposals:
        number += 1
        yield Revision(
            number, proposal.decided_at, proposal.note, proposal.values, proposal.withheld, proposal.language
        )


@dataclass(frozen=True)
class Difference:
    """What became of one field from one revision to another; of a text with the language it is in."""

    label: str
    html: SafeString
    language: str = ""

    @property
    def dir(self) -> str:
        """The direction of its text."""
        return direction(self.language)

    @property
    def language_name(self) -> str:
        """The language it is in, as the reader calls it."""
        return language_name(self.language) if self.language else ""


def differences(old: Revision, new: Revision, *, hidden: Collection[str] = ()) -> list[Difference]:
    """Return what changed between two revisions: facts first, then each language's text, unless it is `hidden`."""
    found = [Difference(label, marked(was, now, whole=True)) for label, was, now in _facts(old.values, new.values)]
    before, after = (each.values.get("texts", {}) for each in (old, new))
    for language in (code for code, _name in settings.LANGUAGES if code not in hidden):
        was, now = before.get(language, {}), after.get(language, {})
        for name in TEXTS:
            texts = (str(was.get(name) or ""), str(now.get(name) or ""))
            if texts[0] != texts[1]:
                label = str(PracticeText._meta.get_field(name).verbose_name)  # type: ignore[union-attr] # columns
                found.append(Difference(label, marked(*texts), language))
    return found


def _facts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield label, what was and what is of each fact that differs."""
    for name in FACTS:
        field: Any = Practice._meta.get_field(name)
        names = dict(field.flatchoices)
        was, now = (str(names.get(each.get(name), each.get(name) or "")) for each in (before, after))
        if was != now:
            yield str(field.verbose_name), was, now
    for name, model in LINKED.items():
        slugs = [set(each.get(name) or ()) for each in (before, after)]
        if slugs[0] != slugs[1]:
            titles = {
                row.slug: row.text.title
                for row in model.objects.public().for_list().filter(slug__in=slugs[0] | slugs[1])
            }
            was, now = (", ".join(sorted(titles[slug] for slug in each if slug in titles)) for each in slugs)
            if was != now:
                yield str(Practice._meta.get_field(name).verbose_name), was, now  # type: ignore[union-attr] # as above
