"""Rows of what the campaign asks and of what stands beside a deliverable's text, as `tests.factories` makes others."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from campaign.models import (
    Action,
    ActionUpdate,
    Campaign,
    Deliverable,
    Drafter,
    GoodPractice,
    Paragraph,
    PracticalStep,
    StepGround,
    Version,
)
from tests.factories import add_text, make_campaign, make_deliverable, make_organisation, published, slug


def make_step(campaign: Campaign | None = None, *grounds: tuple[Version, int], **fields: Any) -> PracticalStep:
    """Return a practical step that rests on these numbered paragraphs."""
    campaign = campaign or Campaign.objects.first() or make_campaign()
    values = published(slug=slug("step"), audience="donors")
    step = PracticalStep.objects.create(campaign=campaign, **values | fields)
    add_text(step)
    for version, number in grounds:
        ground(step, version, number)
    return step


def ground(step: PracticalStep, version: Version, number: int) -> StepGround:
    """Let a step rest on a numbered paragraph."""
    paragraph = Paragraph.objects.get(text__version=version, text__language="en", number=number)
    assert paragraph.key is not None
    return StepGround.objects.create(step=step, deliverable=version.deliverable, key=paragraph.key)


def make_drafter(deliverable: Deliverable | None = None, **fields: Any) -> Drafter:
    """Return a member of a working group, with an organisation unless told otherwise."""
    values = published(slug=slug("drafter")) | fields
    values.setdefault("organisation", None)
    drafter = Drafter.objects.create(deliverable=deliverable or make_deliverable(), **values)
    add_text(drafter, body="")
    return drafter


def make_good_practice(deliverable: Deliverable | None = None, **fields: Any) -> GoodPractice:
    """Return an example of good practice."""
    values = published(slug=slug("good-practice")) | fields
    practice = GoodPractice.objects.create(deliverable=deliverable or make_deliverable(), **values)
    add_text(practice, who="A team of nurses", place="A harbour town", evidence="A yearly report")
    return practice


def make_action(deliverable: Deliverable | None = None, *, updates: int = 1, **fields: Any) -> Action:
    """Return an action that is due in a month, with updates of the last days."""
    today = timezone.localdate()
    values = published(slug=slug("action"), due=today + timedelta(days=30), progress="under-way") | fields
    action = Action.objects.create(deliverable=deliverable or make_deliverable(), **values)
    add_text(action, owner="The secretariat", evidence="Minutes of a meeting")
    for days in range(updates):
        ActionUpdate.objects.create(action=action, day=today - timedelta(days=days), note=f"News of day {days}")
    return action


def make_parts(deliverable: Deliverable, count: int = 1) -> None:
    """Give a deliverable so many of all that stands beside its text."""
    for _ in range(count):
        make_drafter(deliverable, organisation=make_organisation())
        make_good_practice(
            deliverable,
            organisation=make_organisation(),
            country="ZM",
            evidence_url="https://example.org/evidence",
        )
        make_action(deliverable, organisation=make_organisation(), updates=count)
