"""What would tell the country of an organisation that is listed by region only: only people can take it out."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from advocacy.models import Organisation, OrganisationText, PracticeText
from publishing.languages import language_name, locale
from publishing.places import without_accents

# The one country whose addresses on the internet do not end in its code.
DOMAINS = {"GB": "uk"}


def gives_away(organisation: Organisation) -> list[str]:
    """Return where the public could read its country or a city of it; nothing for those that show their country."""
    return list(dict.fromkeys(_places(organisation))) if organisation.listing == Organisation.Listing.REGION else []


def _places(organisation: Organisation) -> Iterator[str]:
    if _names(organisation, "en", organisation.slug.replace("-", " ")):
        yield gettext("the page’s address (the slug)")
    for text in organisation.texts.all():
        yield from _told(organisation, text, text.title, text.summary, text.plain)
    for own in PracticeText.objects.filter(practice__organisation=organisation):
        yield from _told(organisation, own, own.title, own.summary, own.plain, own.setting)
    if _names(organisation, organisation.own_name_language or "en", organisation.own_name):
        yield gettext("the name in its own language")
    shown = organisation.public_contact
    domain = DOMAINS.get(organisation.country, organisation.country.lower())
    if shown.get("email", "").lower().endswith(f".{domain}"):
        yield gettext("the e-mail address")
    if organisation.site.split("/")[2:3] and organisation.site.split("/")[2].lower().endswith(f".{domain}"):
        yield gettext("the site’s address")


def _told(organisation: Organisation, text: Any, *words: str) -> Iterator[str]:
    if _names(organisation, text.language, " ".join(words)):
        kind = (
            gettext("its text in %(language)s")
            if isinstance(text, OrganisationText)
            else gettext("a practice in %(language)s")
        )
        yield kind % {"language": language_name(text.language)}


def _names(organisation: Organisation, language: str, words: str) -> bool:
    """Whether words in this language name the country, as it and English call it, or one of its cities."""
    countries = [str(locale(code).territories.get(organisation.country, "")) for code in (language, "en")]
    there = without_accents(words).casefold()
    return any(without_accents(name).casefold() in there for name in [*countries, *organisation.cities] if name)
