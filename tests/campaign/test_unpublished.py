"""What is not public shows nowhere: on no page, in no feed, sitemap or search, and at no address of its own."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from advocacy import proposing
from advocacy.models import Event, News, Organisation, Practice, Proposal
from advocacy.shapes import PRACTICE, PROFILE
from campaign.models import Action, Campaign, Deliverable, Version, VersionText
from comments.models import Comment, Consultation
from factsheets.models import KeyPopulation
from tests.campaign.addresses import routes
from tests.campaign.asks_rows import make_action, make_drafter, make_good_practice, make_step
from tests.campaign.crawl import ask, get, words_of
from tests.campaign.world import MORE_WORDS, build_world
from tests.factories import (
    add_text,
    make_advisory_member,
    make_answer,
    make_campaign,
    make_comment,
    make_consultation,
    make_deliverable,
    make_event,
    make_event_document,
    make_factsheet,
    make_figure,
    make_instrument,
    make_issue,
    make_member,
    make_news,
    make_organisation,
    make_page,
    make_picture,
    make_practice,
    make_practice_file,
    make_practice_use,
    make_proposal,
    make_published_comment,
    make_report,
    make_revision,
    make_version,
    unfrozen,
)

pytestmark = pytest.mark.django_db
# A word that no public text contains; whatever is hidden has it in every text, name and address of its own.
CANARY = "zygomorphic"
numbers = count(1)
HIDDEN: dict[str, Callable[[], dict[str, Any]]] = {
    "draft": lambda: {"state": "draft", "published_at": None},
    "scheduled": lambda: {"published_at": timezone.now() + timedelta(days=1)},
    "withdrawn": lambda: {"state": "withdrawn"},
    "text not ready": dict,
}


def sing(thing: Any) -> Any:
    """Write the canary into all that readers would see of a thing."""
    song = f"{CANARY}-{next(numbers)}"
    for name in ("slug", "code"):
        if hasattr(thing, name):
            setattr(thing, name, song)
    thing.save()
    for text in thing.texts.all():
        for name in ("title", "summary", "body", "label", "note", "alt", "caption", "consent", "heading", *MORE_WORDS):
            if hasattr(text, name):
                setattr(text, name, f"{song} {name}")
        with unfrozen(text):
            text.save()
    for section in thing.sections.all() if hasattr(thing, "sections") else []:
        sing(section)
    return thing


def hide(thing: Any, how: str) -> Any:
    """Make a thing that is public sing, and hide it in one of the ways."""
    sing(thing)
    type(thing)._default_manager.filter(pk=thing.pk).update(**HIDDEN[how]())
    if how == "text not ready":
        for text in thing.texts.all():
            with unfrozen(text):
                thing.texts.filter(pk=text.pk).update(ready=False)
    return thing


def each_kind(how: str) -> Iterator[Any]:
    """Yield a thing of each kind, close to public things, hidden in this way."""
    member = Organisation.objects.get(slug="member")
    people = KeyPopulation.objects.get(slug="people")
    picture = sing(make_picture())
    issue = hide(make_issue(), how)
    issue.organisations.add(member)
    practice = hide(make_practice(member), how)
    organisation = hide(make_organisation(), how)
    organisation.issues.set(member.issues.all())
    event = hide(make_event(), how)
    meeting = Event.objects.get(slug="meeting")
    meeting.organisations.add(organisation)
    meeting.issues.add(issue)
    yield hide(make_event_document(meeting, address=f"https://example.org/{CANARY}"), how)
    news = hide(make_news(event=Event.objects.get(slug="meeting"), picture=picture), how)
    News.objects.filter(slug="more-news").update(event=event)
    yield from (picture, issue, practice, organisation, event, news, hide(make_page(), how))
    yield hide(make_figure(indicator="relative-risk", population=people, value="99"), how)
    yield hide(make_instrument(people), how)
    sheet = hide(make_factsheet(), how)
    sheet.sections.update(picture=sing(make_picture()))
    yield sheet
    yield hide(make_advisory_member(Campaign.objects.get(), picture=sing(make_picture())), how)
    yield hide(make_deliverable(), how)
    yield hide(make_consultation(), how)
    yield hide(make_report(), how)
    yield from each_part(how)


def each_part(how: str) -> Iterator[Any]:
    """Yield what stands beside a public deliverable's text, and a step, hidden in this way."""
    guidance = Deliverable.objects.get(slug="guidance")
    action = hide(make_action(guidance, organisation=make_organisation()), how)
    action.updates.update(note=CANARY)
    yield action
    yield hide(make_drafter(guidance), how)
    yield hide(make_good_practice(guidance), how)
    yield hide(make_step(), how)
    # Those who are named with it are hidden themselves, or a report is not ready.
    hidden = hide(make_organisation(), how)
    for make in (make_action, make_drafter, make_good_practice):
        make(guidance, organisation=hidden)
    Action.objects.get(organisation=hidden).updates.update(note=CANARY, ready=False)
    make_step(None, (make_version(hide(make_deliverable(), how), body=CANARY), 1))


def each_child(how: str) -> Iterator[Any]:
    """Yield things that are published themselves, below things that are hidden in this way."""
    yield sing(make_practice(hide(make_organisation(), how)))
    yield sing(make_event_document(hide(make_event(), how)))
    deliverable = make_deliverable()
    for make in (make_action, make_drafter, make_good_practice):
        yield sing(make(deliverable))
    version = sing(make_version(deliverable))
    consultation = sing(make_consultation(version))
    yield from (version, consultation)
    yield from comments_of(consultation)
    yield sing(make_report(consultation))
    hide(deliverable, how)
    consultation = sing(make_consultation())
    yield consultation
    yield sing(make_report(consultation))
    yield from comments_of(consultation)
    hide(consultation, how)
    if how != "text not ready":
        campaign = make_campaign(state="withdrawn")
        yield sing(make_advisory_member(campaign, picture=sing(make_picture())))
        yield sing(make_step(campaign))
        hide(campaign, how)


def each_version(how: str) -> Iterator[Any]:
    """Yield versions that are hidden in this way, with their consultations."""
    if how == "withdrawn":
        return
    guidance = Deliverable.objects.get(slug="guidance")
    for deliverable in (guidance, make_deliverable()):
        version = make_version(deliverable, state="superseded")
        consultation = sing(make_consultation(version))
        yield from (hide(version, how), consultation)
        yield from comments_of(consultation)


def comments_of(consultation: Consultation) -> Iterator[Comment]:
    """Yield a published comment with its answer."""
    comment = make_published_comment(consultation, body=CANARY, organisation=CANARY)
    make_answer(comment, reason=CANARY)
    yield comment


def each_comment() -> Iterator[Any]:
    """Yield comments on a public consultation that are not public, and what hangs on them."""
    consultation = Consultation.objects.get(slug="second-draft")
    shown = consultation.comments.get(number=1)
    words = {"body": CANARY, "organisation": CANARY}
    decided = {"decided_at": timezone.now(), "decided_by": shown.decided_by}
    key = shown.paragraph_key
    yield make_comment(consultation, paragraph_key=key, **words)
    yield make_comment(consultation, reply_to=shown, **words)
    yield make_comment(consultation, state="refused", refusal_reason="hate", refusal_note=CANARY, **decided, **words)
    yield make_comment(consultation, state="withdrawn", number=901, **decided, **words)
    withdrawn = make_published_comment(consultation, number=902, paragraph_key=key, **words)
    make_published_comment(consultation, number=903, reply_to=withdrawn, body="en_text A reply to what is gone.")
    make_answer(withdrawn, reason=CANARY)
    Comment.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    yield withdrawn
    later = make_published_comment(consultation, number=904, **words)
    Comment.objects.filter(pk=later.pk).update(published_at=timezone.now() + timedelta(days=1))
    yield later
    for state, published_at in (("draft", None), ("published", timezone.now() + timedelta(days=1))):
        make_answer(shown, reason=CANARY, state=state, published_at=published_at)
    make_answer(shown, reason=CANARY, state="withdrawn")


def each_for_members() -> Iterator[Any]:
    """Yield what hangs on practices and is for members only, or waits for the secretariat."""
    member = Organisation.objects.get(slug="member")
    inner = sing(make_practice(member, audience="members"))
    inner.issues.set(member.issues.all())
    make_practice_use(inner, note=CANARY)
    make_revision(inner, note=CANARY)
    yield inner
    yield make_practice_file(inner, title=CANARY, content=CANARY.encode())
    shared = Practice.objects.get(slug="practice")
    yield make_practice_file(shared, title=CANARY, content=CANARY.encode(), approved=False)
    make_practice_use(shared, note=CANARY, state="pending")
    make_practice_use(shared, note=CANARY, organisation=sing(make_organisation(state="draft", listing="unlisted")))
    Proposal.objects.create(organisation=member, practice=shared, values={"audience": CANARY}, note=CANARY)


def own_addresses(thing: Any) -> list[str]:
    """Return the addresses at which a thing would be read."""
    if isinstance(thing, Comment) and not thing.number:
        return []
    if not hasattr(thing, "get_absolute_url"):
        return []
    with override("en"):
        address = thing.get_absolute_url()
    return [] if "#" in address else [address, re.sub("^/en/", "/fr/", address)]


def everywhere(language: str) -> list[str]:
    """Return an address of every kind, all that the sitemap names, and searches that would find what is hidden."""
    examples = [a for route in routes() for a in route.addresses(language) if "/search/" not in a]
    in_map = re.findall(rf"<loc>http://testserver(/{language}/.*?)</loc>", get("/sitemap.xml").content.decode())
    searches = [f"/{language}/search/?q={word}" for word in (CANARY, "zygomorfic")]
    return list(dict.fromkeys([*examples, *in_map, *searches]))


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_things(how: str, settings: Settings, tmp_path: Path) -> None:
    """A draft, what is scheduled or withdrawn, what has no ready text, and what is below it, is not there."""
    settings.MEDIA_ROOT = tmp_path
    build_world(more_comments=1)
    hidden = [*each_kind(how), *each_child(how), *each_version(how)]
    if how == "draft":
        hidden += [*each_comment(), *each_for_members()]
    there = {address: get(address).status_code for thing in hidden for address in own_addresses(thing)}
    # A comment's number that was once given answers that the comment is gone.
    assert {address: status for address, status in there.items() if status not in (404, 410)} == {}
    assert leaks("en") == []


def test_what_members_propose(settings: Settings, tmp_path: Path) -> None:
    """Of a public profile and a public practice, and of one that hid, nothing that waits shows anywhere."""
    settings.MEDIA_ROOT = tmp_path
    build_world(more_comments=1)
    member = Organisation.objects.get(slug="member")
    membership = make_member(organisation=member)[1]
    words = dict.fromkeys(PROFILE.texts, CANARY)
    sung = {"texts": {"en": words, "fr": words}, "cities": [CANARY], "own_name": CANARY, "own_name_language": "bem"}
    contact = {"contact_person": CANARY, "contact_shown": ["person"], "site": f"https://{CANARY}.org/"}
    logo = sing(make_picture())
    make_proposal(membership, **sung, **contact, logo=logo.slug)
    practice = member.practices.all()[0]
    texts = {"en": dict.fromkeys(PRACTICE.texts, CANARY)}
    wanted = PRACTICE.read(practice) | {"texts": texts}
    proposing.propose(membership=membership, practice=practice, values=wanted, note=CANARY)
    hidden = make_member(organisation=sing(make_organisation(cities=[CANARY])))[1]
    proposing.hide(membership=hidden, listing="unlisted")
    assert leaks("en") == leaks("fr") == []
    there = [get(address).status_code for thing in (logo, hidden.organisation) for address in own_addresses(thing)]
    assert set(there) == {404}


def test_hidden_text_of_a_public_thing(settings: Settings, tmp_path: Path) -> None:
    """A translation that is not ready shows nowhere, though the thing is public."""
    settings.MEDIA_ROOT = tmp_path
    build_world(more_comments=1)
    for thing in (make_news(), make_page(), make_issue(), make_organisation(), make_deliverable(), make_factsheet()):
        add_text(thing, "fr", title=CANARY, summary=CANARY, body=CANARY, ready=False)
    version = Version.objects.get(deliverable__slug="guidance", number=1)
    VersionText.objects.create(version=version, language="fr", title=CANARY, body=CANARY, ready=False)
    assert leaks("fr") == []


def leaks(language: str) -> list[str]:
    """Return the addresses at which the canary sings, and those that fail."""
    found = []
    for address in everywhere(language):
        response = ask(address)
        if response.status_code >= 400:
            found.append(f"{address}: {response.status_code}")
        # The search page says again what was asked, in its form and in its links to other languages.
        if CANARY in re.sub(rf'value="{CANARY}"|\?q={CANARY}"', "", words_of(response)):
            found.append(address)
    return found
