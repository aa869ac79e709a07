"""Tells whether an organisation that asks to join may be one that is there already."""

import re
from dataclasses import dataclass
from unicodedata import combining, normalize
from urllib.parse import urlsplit

from advocacy.models import Application, Organisation, OrganisationText

NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Alike:
    """What a new application may be the same as; one of the two."""

    organisation: Organisation | None
    application: Application | None


def folded(name: str) -> str:
    """Return a name without what people write one way or the other: capitals, accents, spaces, full stops."""
    letters = normalize("NFKD", name.casefold())
    return NO_LETTERS.sub("", "".join(letter for letter in letters if not combining(letter)))


def host(site: str) -> str:
    """Return the host of a site, without the `www.` that some write."""
    try:
        return (urlsplit(site).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def alike(application: Application) -> list[Alike]:
    """Return the organisations, and the applications that wait, which have its name or its site."""
    names = {folded(name) for name in (application.name, application.own_name)} - {""}
    site = host(application.site)
    found = set()
    for pk, own_name, theirs in Organisation.objects.values_list("pk", "own_name", "site"):
        if folded(own_name) in names or (site and host(theirs) == site):
            found.add(pk)
    titles = OrganisationText.objects.values_list("organisation_id", "title")
    found |= {pk for pk, title in titles if folded(title) in names}
    organisations = [Alike(row, None) for row in Organisation.objects.filter(pk__in=found).for_list()]
    others = Application.objects.pending().exclude(pk=application.pk)
    twins = [row for row in others if _same(row, names, site)]
    return [*organisations, *(Alike(None, row) for row in twins)]


def _same(other: Application, names: set[str], site: str) -> bool:
    theirs = {folded(other.name), folded(other.own_name)} - {""}
    return bool(theirs & names) or bool(site and host(other.site) == site)
