"""The one rule: published, its time reached, something to read, its parent the same."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.models import Organisation, Practice
from campaign.models import Deliverable, Page, Version, VersionText
from comments.models import Answer, Comment, Consultation
from factsheets.models import Factsheet, Section, SectionText
from tests.factories import (
    make_answer,
    make_consultation,
    make_deliverable,
    make_factsheet,
    make_organisation,
    make_page,
    make_practice,
    make_published_comment,
    make_version,
    unfrozen,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STATES = ("draft", "published", "withdrawn")
WHEN = ("past", "future", None)
# Every state that the database lets a thing be in: what is published has its time.
CASES = [case for case in product(STATES, WHEN, (True, False)) if case[:2] != ("published", None)]
IDS = [f"{state} {when} {'text' if ready else 'no text'}" for state, when, ready in CASES]


def put(thing: Any, state: str, when: str | None, ready: bool = True) -> Any:
    """Bring a thing into a state, past all constraints of forms."""
    moment = {"past": timezone.now() - DAY, "future": timezone.now() + DAY, None: None}[when]
    type(thing)._default_manager.filter(pk=thing.pk).update(state=state, published_at=moment)
    thing.texts.update(ready=ready)
    return thing


@pytest.mark.parametrize(("state", "when", "ready"), CASES, ids=IDS)
def test_a_thing(state: str, when: str | None, ready: bool) -> None:
    page = put(make_page(), state, when, ready)
    public = (state, when, ready) == ("published", "past", True)
    assert Page.objects.public().filter(pk=page.pk).exists() == public


@pytest.mark.parametrize(("state", "when", "ready"), CASES, ids=IDS)
def test_a_thing_below_another(state: str, when: str | None, ready: bool) -> None:
    practice = make_practice(put(make_organisation(), state, when, ready))
    public = (state, when, ready) == ("published", "past", True)
    assert Practice.objects.public().filter(pk=practice.pk).exists() == public


@pytest.mark.parametrize(("state", "when", "ready"), CASES, ids=IDS)
def test_a_whole_line(state: str, when: str | None, ready: bool) -> None:
    """Deliverable, version, consultation, comment, answer: each depends on all before it."""
    deliverable = make_deliverable()
    consultation = make_consultation(make_version(deliverable))
    answer = make_answer(make_published_comment(consultation))
    models: list[Any] = [Version, Consultation, Comment, Answer]
    assert all(model.objects.public().count() == 1 for model in models)
    put(deliverable, state, when, ready)
    public = (state, when, ready) == ("published", "past", True)
    assert [model.objects.public().exists() for model in models] == [public] * 4
    assert Version.objects.current().exists() == public
    put(deliverable, "published", "past")
    put(consultation, state, when, ready)
    assert [m.objects.public().exists() for m in models] == [True, public, public, public]
    assert answer in Answer.objects.all()


@pytest.mark.parametrize("state", ["draft", "consultation", "final", "superseded"])
@pytest.mark.parametrize("when", ["past", "future"])
def test_a_version(state: str, when: str) -> None:
    """Versions have states of their own; only the draft is staff's alone."""
    consultation = make_consultation()
    put(consultation.version, state, when)
    public = state != "draft" and when == "past"
    assert Version.objects.public().exists() == public
    assert Consultation.objects.public().exists() == public


def test_a_consultation_on_nothing() -> None:
    """Without a version there is nothing to consult on."""
    consultation = make_consultation()
    Version.objects.update(state="draft", consultation=None)
    assert consultation not in Consultation.objects.public()


@pytest.mark.parametrize("state", ["pending", "published", "refused", "withdrawn"])
def test_a_comment(state: str) -> None:
    comment = make_published_comment()
    fields: dict[str, Any] = {"state": state}
    if state == "pending":
        fields |= {"decided_at": None, "decided_by": None, "number": None}
    if state == "refused":
        fields |= {"refusal_reason": "hate", "number": None}
    Comment.objects.update(**fields)
    assert Comment.objects.public().exists() == (state == "published")
    assert comment in Comment.objects.all()


def test_sections_follow_their_factsheet() -> None:
    sheet = make_factsheet()
    assert Section.objects.public().count() == 2
    SectionText.objects.filter(section__position=0).update(ready=False)
    assert Section.objects.public().get().position == 1
    sheet.texts.update(ready=False)
    assert not Section.objects.public().exists()


def test_a_factsheet_waits_for_its_population() -> None:
    """Its title is no name to go by: the page says first whom it is about."""
    sheet = make_factsheet()
    sheet.population.texts.update(ready=False)
    assert not Factsheet.objects.public().exists()


def test_the_current_version_is_the_newest_that_can_be_read() -> None:
    deliverable = make_deliverable()
    first = make_version(deliverable, state="superseded")
    second = make_version(deliverable)
    assert list(Version.objects.current()) == [second]
    for hidden in ({"state": "draft"}, {"published_at": timezone.now() + DAY}):
        third = make_version(deliverable, **({"state": "superseded"} | hidden))
        assert list(Version.objects.current()) == [second]
        third.texts.all().delete()
        Version.objects.filter(pk=third.pk).delete()
    text = VersionText.objects.get(version=second)
    with unfrozen(text):
        VersionText.objects.filter(pk=text.pk).update(ready=False)
    assert list(Version.objects.current()) == [first]


def test_moments_of_publication_are_the_databases() -> None:
    """The rule is one query: no list of ids, no clock of this process."""
    sql = str(Organisation.objects.public().query)
    assert "STATEMENT_TIMESTAMP()" in sql


@pytest.mark.parametrize("make", [make_page, make_organisation, make_deliverable, make_factsheet, make_consultation])
def test_published_without_a_time_is_refused(make: Any) -> None:
    """By the database, and by the form with a sentence."""
    thing = make()
    thing.published_at = None
    with pytest.raises(ValidationError, match="from when it is public"):
        thing.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()
    assert Deliverable.objects.count() <= 1
