"""Forms of steps, examples, actions and drafters: what editors type, and what is refused beside its field."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from campaign.models import Action, Campaign, Drafter, GoodPractice, Paragraph, PracticalStep, StepGround, Version
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.campaign.asks_rows import make_action, make_drafter, make_good_practice, make_parts, make_step
from tests.campaign.test_admin_previews import page_of as public_page
from tests.conftest import signed_in
from tests.factories import make_campaign, make_deliverable, make_organisation, make_user, make_version

pytestmark = pytest.mark.django_db
THREE = "One.\n\nTwo.\n\nThree."


def send(client: Client, thing: Any, **changes: Any) -> Any:
    """Open the form of a thing, or of a model, change these fields and send it; `__` stands for `-`."""
    url = address(thing, "add" if isinstance(thing, type) else "change")
    form = f"{thing._meta.model_name}_form"
    named = {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(url, {**typed(client.get(url), form), **named})


def grounded(client: Client, step: PracticalStep, version: Version, number: Any, row: int = 0) -> Any:
    """Name one more paragraph for a step."""
    fields = {f"grounds__{row}__deliverable": version.deliverable.pk, f"grounds__{row}__number": number}
    return send(client, step, **fields)


def numbers(step: PracticalStep) -> list[int | None]:
    """Return the numbers of the paragraphs a step rests on, in the first version."""
    keys = step.grounds.values("key")
    found = Paragraph.objects.filter(key__in=keys, text__version__number=1).order_by("number")
    return list(found.values_list("number", flat=True))


def test_editor_writes_a_step(editor: Client) -> None:
    version = make_version(body=THREE)
    response = send(
        editor,
        PracticalStep,
        campaign=make_campaign().pk,
        slug="pay",
        audience="donors",
        texts__0__title="Pay for years",
        grounds__0__deliverable=version.deliverable.pk,
        grounds__0__number=2,
    )
    assert response.status_code == 302, errors(response)
    assert numbers(PracticalStep.objects.get(slug="pay")) == [2]


def test_a_step_may_rest_on_several_paragraphs(editor: Client) -> None:
    version = make_version(body=THREE)
    step = make_step(None, (version, 1))
    response = grounded(editor, step, version, 3, row=1)
    assert response.status_code == 302, errors(response)
    assert numbers(step) == [1, 3]


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        (4, "The last paragraph is 3."),
        (0, "greater than or equal to 1"),
        (-1, "greater than or equal to 1"),
        (10**9, "less than or equal to 9999"),
        ("two", "Enter a whole number."),
        ("", "This field is required."),
    ],
)
def test_a_wrong_number_is_told_beside_it(editor: Client, number: Any, wrong: str) -> None:
    version = make_version(body=THREE)
    step = make_step()
    response = grounded(editor, step, version, number)
    assert response.status_code == 200
    assert wrong in errors(response)
    assert page_of(response).one("input", name="grounds-0-number").get("value") == str(number)
    assert not step.grounds.exists()


def test_numbers_are_those_of_the_current_version(editor: Client) -> None:
    first = make_version(body=THREE)
    Version.objects.update(state="superseded")
    make_version(first.deliverable, body="Three.")
    make_version(first.deliverable, body=THREE + "\n\nFour.", state="draft", published_at=None)
    step = make_step()
    assert "The last paragraph is 1." in errors(grounded(editor, step, first, 2))
    assert grounded(editor, step, first, 1).status_code == 302
    assert step.grounds.count() == 1


def test_a_deliverable_without_public_version(editor: Client) -> None:
    draft = make_version(state="draft", published_at=None)
    response = grounded(editor, make_step(), draft, 1)
    assert response.status_code == 200
    assert "no public version yet" in errors(response)


def test_the_same_paragraph_twice(editor: Client) -> None:
    version = make_version(body=THREE)
    step = make_step(None, (version, 2))
    response = grounded(editor, step, version, 2, row=1)
    assert response.status_code == 200
    assert "named above already" in errors(response)
    assert step.grounds.count() == 1


def test_two_editors_name_the_same_paragraph(editor: Client) -> None:
    """The second is told, twice if need be, and loses nothing."""
    version, step, other = make_version(body=THREE), make_step(), signed_in(make_user("Editor"))
    form = typed(editor.get(address(step, "change")), "practicalstep_form")
    sent = {**form, "grounds-0-deliverable": version.deliverable.pk, "grounds-0-number": 2}
    assert other.post(address(step, "change"), sent).status_code == 302
    response = editor.post(address(step, "change"), sent)
    assert response.status_code == 409
    response = editor.post(address(step, "change"), typed(response, "practicalstep_form"))
    assert response.status_code == 200
    assert "named above already" in errors(response)
    assert numbers(step) == [2]


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"grounds__0__number": 2, "grounds__1__number": 1}, [1, 2]),
        ({"grounds__0__number": 2, "grounds__1__number": 3}, [2, 3]),
        ({"grounds__0__number": 2, "grounds__1__DELETE": "on"}, [2]),
    ],
    ids=["places changed", "one on", "in its place"],
)
def test_grounds_change_their_places(editor: Client, changes: dict[str, Any], after: list[int]) -> None:
    version = make_version(body=THREE)
    step = make_step(None, (version, 1), (version, 2))
    response = send(editor, step, **changes)
    assert response.status_code == 302, errors(response)
    assert numbers(step) == after


def test_a_ground_follows_its_paragraph_and_saving_keeps_it(editor: Client) -> None:
    first = make_version(body=THREE)
    step = make_step(None, (first, 2), (first, 3))
    keys = set(step.grounds.values_list("key", flat=True))
    Version.objects.update(state="superseded")
    make_version(first.deliverable, body="New.\n\nOne.\n\nTwo.")
    form = page_of(editor.get(address(step, "change")))
    shown = [form.one("input", name=f"grounds-{row}-number").get("value") for row in (0, 1)]
    assert shown == ["3", "3"]
    assert [a.text for a in form.all("td", class_="field-stands") for a in a.all("a")] == [
        "version 2, ¶ 3",
        "version 1, ¶ 3",
    ]
    response = send(editor, step, position=7)
    assert response.status_code == 302, errors(response)
    assert set(step.grounds.values_list("key", flat=True)) == keys


def test_a_ground_is_taken_away(editor: Client) -> None:
    step = make_step(None, (make_version(body=THREE), 2))
    assert send(editor, step, grounds__0__DELETE="on").status_code == 302
    assert not StepGround.objects.exists()


def test_editor_writes_an_action_with_an_update(editor: Client) -> None:
    response = send(
        editor,
        Action,
        deliverable=make_deliverable().pk,
        organisation=make_organisation().pk,
        slug="act",
        due="2027-03-31",
        texts__0__title="Act",
        updates__0__day="2026-11-01",
        updates__0__note="Begun.",
    )
    assert response.status_code == 302, errors(response)
    action = Action.objects.get()
    assert (action.progress, action.updates.get().note) == ("planned", "Begun.")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"due": "soon"}, "Enter a valid date."),
        ({"due": ""}, "This field is required."),
        ({"progress": "late"}, "valid choice"),
        ({"evidence_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"state": "published", "published_at_0": "", "published_at_1": ""}, "from when it is public"),
        ({"texts__0__title": "x" * 201}, "at most 200 characters"),
        ({"updates__1__day": "2026-11-01", "updates__1__note": ""}, "This field is required."),
        ({"updates__1__day": f"{timezone.localdate()}", "updates__1__note": "Again."}, "day"),
    ],
)
def test_what_is_wrong_with_an_action(editor: Client, changes: dict[str, str], wrong: str) -> None:
    action = make_action(progress="planned")
    response = send(editor, action, texts__0__owner="Kept as typed", **changes)
    assert response.status_code == 200
    assert wrong in errors(response)
    assert page_of(response).one("input", name="texts-0-owner").get("value") == "Kept as typed"
    assert action.updates.count() == 1


def test_an_example_says_who(editor: Client) -> None:
    practice = make_good_practice()
    assert "required" in errors(send(editor, practice, texts__0__who=""))
    assert send(editor, practice, texts__0__who="Midwives", country="KE").status_code == 302
    assert (practice.texts.get().who, GoodPractice.objects.get().country) == ("Midwives", "KE")


def test_editor_names_a_drafter(editor: Client) -> None:
    response = send(editor, Drafter, deliverable=make_deliverable().pk, slug="first", texts__0__title="A nurse")
    assert response.status_code == 302, errors(response)
    assert Drafter.objects.get().texts.get().title == "A nurse"


@pytest.mark.parametrize("url", ["http://video.example/", "video", "javascript:alert(1)"])
def test_the_video_needs_a_secure_address(editor: Client, url: str) -> None:
    campaign = make_campaign()
    response = send(editor, campaign, video_url=url)
    assert response.status_code == 200
    assert page_of(response).one("input", name="video_url").get("value") == url
    assert Campaign.objects.get().video_url == ""
    assert send(editor, campaign, video_url="https://video.example/").status_code == 302


def test_a_step_is_previewed_with_its_grounds(editor: Client) -> None:
    step = make_step(None, (make_version(body=THREE), 2), state="draft", slug="step")
    other = make_step(slug="zygomorphic")
    page = public_page(editor.get(address(step, "preview")))
    assert "¶ 2" in page.one("li", id="step-step").text
    assert other.slug not in page.text
    assert page.all("h2", id="deliverables")


def test_a_campaign_is_previewed_with_what_is_published_below_it(editor: Client) -> None:
    campaign = make_campaign(state="draft", published_at=None)
    make_step(campaign, slug="shown")
    make_step(campaign, slug="unseen", state="draft", published_at=None)
    page = public_page(editor.get(address(campaign, "preview")))
    assert [e.get("id") for e in page.all("li") if e.get("id").startswith("step-")] == ["step-shown"]


def test_a_deliverable_is_previewed_with_what_stands_beside_its_text(editor: Client, visitor: Client) -> None:
    deliverable = make_deliverable(state="draft")
    make_version(deliverable)
    make_parts(deliverable)
    make_drafter(deliverable, slug="unseen", state="draft", published_at=None)
    page = public_page(editor.get(address(deliverable, "preview")))
    assert [h.get("id") for h in page.all("h2") if h.get("id") in ("action-plan", "good-practice", "drafters")] == [
        "action-plan",
        "good-practice",
        "drafters",
    ]
    assert "drafter-unseen" not in [e.get("id") for e in page]
    assert visitor.get(deliverable.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("model", [PracticalStep, Action, GoodPractice, Drafter], ids=lambda model: model.__name__)
@pytest.mark.parametrize("who", ["moderator", "coordinator"])
def test_others_write_none_of_it(who: str, model: Any, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(who)
    assert client.post(address(model, "add"), {"slug": "x"}).status_code == 403
    assert not model.objects.exists()
