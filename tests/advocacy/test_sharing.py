"""Members share practices: the form, what waits, what becomes of it, and who may do what."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from advocacy.models import Membership, Practice, PracticeFile, Proposal, Role
from advocacy.proposing import approve, refuse
from tests.factories import (
    make_issue,
    make_member,
    make_organisation,
    make_population,
    make_practice,
    make_practice_file,
    make_user,
)
from tests.publishing.html import Element, parse

pytestmark = pytest.mark.django_db
KEY = "6f1c2e0a-5f1e-4a58-9c5b-7d7f2f0a1b11"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    """Keep files where they go after the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def member(db: None) -> tuple[Client, Membership]:
    """Somebody who writes for the member `ours`."""
    return make_member(organisation=make_organisation(slug="ours"))


@pytest.fixture
def anna(db: None) -> User:
    """The network's coordinator."""
    return make_user("Network coordinator")


def typed(**fields: Any) -> dict[str, Any]:
    """Return the form of a new practice as a browser sends it."""
    return {
        "form_key": KEY,
        "languages": "en",
        "kind": "method",
        "audience": "public",
        "licence": "cc-by",
        "year": "2024",
        "en_title": "A letter that goes along",
        "en_body": "We **wrote** a letter.",
        "note": "The first text",
        **fields,
    }


def text_file(content: bytes = b"Some text.\n", name: str = "from Anna.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


NEW = "/en/accounts/organisations/ours/practices/new/"
OWN = "/en/accounts/organisations/ours/practices/"


def page(response: Any) -> Element:
    return parse(response.content.decode())


def sent(root: Element, **fields: Any) -> dict[str, Any]:
    """Return what a browser would send of the form on a page, with changes."""
    found: dict[str, Any] = {}
    form = root.one("form", class_="form")
    for field in form.all("input"):
        name, kind = field.get("name"), field.get("type")
        if kind in ("radio", "checkbox") and "checked" in field.attributes:
            found.setdefault(name, []).append(field.get("value") or "on")
        elif kind not in ("radio", "checkbox", "file"):
            found[name] = field.get("value")
    for field in form.all("textarea"):
        found[field.get("name")] = "".join(map(str, field.children)).removeprefix("\n")
    for field in form.all("select"):
        chosen = [option.get("value") for option in field.all("option") if "selected" in option.attributes]
        found[field.get("name")] = chosen[0] if chosen else ""
    return found | fields


def test_a_new_practice_waits_until_staff_approve(
    member: tuple[Client, Membership], visitor: Client, anna: User
) -> None:
    client, membership = member
    people, issue = make_population(slug="people"), make_issue(slug="issue")
    response: Any = client.post(NEW, typed(populations=["people"], issues=["issue"]))
    assert (response.status_code, response.url) == (302, OWN)
    practice = Practice.objects.get()
    assert (practice.state, practice.organisation, practice.slug) == (
        "draft",
        membership.organisation,
        f"practice-{practice.pk}",
    )
    assert visitor.get(practice.get_absolute_url()).status_code == 404
    listed = page(client.get(OWN)).one("ul", class_="list")
    assert listed.one("h2").text == typed()["en_title"]
    assert "waits for the secretariat" in listed.text
    approve(Proposal.objects.get(), by=anna)
    shown = visitor.get(practice.get_absolute_url()).content.decode()
    assert "We <strong>wrote</strong> a letter." in shown
    assert "CC BY 4.0" in shown
    assert list(practice.populations.all()) == [people]
    assert list(practice.issues.all()) == [issue]


def test_a_change_leaves_what_stands_until_it_is_approved(
    member: tuple[Client, Membership], visitor: Client, anna: User
) -> None:
    client, membership = member
    practice = make_practice(membership.organisation, slug="shared")
    edit = "/en/accounts/practices/shared/edit/"
    fields = sent(page(client.get(edit)), en_title="Another title", note="A better title")
    assert client.post(edit, fields).status_code == 302
    assert "Title of shared" in visitor.get(practice.get_absolute_url()).content.decode()
    root = page(client.get(edit))
    assert sent(root)["en_title"] == "Another title"
    approve(Proposal.objects.get(), by=anna)
    assert "Another title" in visitor.get(practice.get_absolute_url()).content.decode()


def test_what_staff_changed_meanwhile_stays(member: tuple[Client, Membership], anna: User) -> None:
    client, membership = member
    practice = make_practice(membership.organisation, slug="shared", year=2010)
    edit = "/en/accounts/practices/shared/edit/"
    fields = sent(page(client.get(edit)), en_title="Another title")
    Practice.objects.filter(pk=practice.pk).update(year=2012)
    client.post(edit, fields)
    approve(Proposal.objects.get(), by=anna)
    practice.refresh_from_db()
    assert practice.year == 2012


def test_nothing_changed(member: tuple[Client, Membership]) -> None:
    client, membership = member
    make_practice(membership.organisation, slug="shared")
    edit = "/en/accounts/practices/shared/edit/"
    response = client.post(edit, sent(page(client.get(edit))))
    assert response.status_code == 400
    assert "Nothing has changed" in response.content.decode()


def test_the_same_form_twice_is_one_practice(member: tuple[Client, Membership]) -> None:
    for _ in range(2):
        assert member[0].post(NEW, typed()).status_code == 302
    assert (Practice.objects.count(), Proposal.objects.count()) == (1, 1)


BAD: dict[str, dict[str, Any]] = {
    "no title": {"en_title": ""},
    "no text": {"en_body": ""},
    "long title": {"en_title": "x" * 201},
    "no kind": {"kind": "x"},
    "no audience": {"audience": ""},
    "year": {"year": "1066"},
    "no such people": {"populations": ["x"]},
    "null": {"en_body": "a\0b"},
}


@pytest.mark.parametrize("fields", BAD.values(), ids=BAD)
def test_bad_input_keeps_what_was_typed_and_the_file(
    member: tuple[Client, Membership], fields: dict[str, Any]
) -> None:
    client, _membership = member
    response = client.post(
        NEW, typed(en_results="Fewer were lost.", file=text_file(), file_title="A letter", **fields)
    )
    assert response.status_code == 400
    root = page(response)
    file = PracticeFile.objects.get()
    again = sent(root)
    assert again["en_results"] == "Fewer were lost."
    assert again[f"title_{file.pk}"] == "A letter"
    assert again[f"keep_{file.pk}"] == ["on"]
    # Sent from here, it is the same practice.
    action = root.one("form", class_="form").get("action")
    assert client.post(action, typed(**{f"keep_{file.pk}": "on", f"title_{file.pk}": "A letter"})).status_code == 302
    assert Practice.objects.get() == file.practice
    assert Proposal.objects.get().values["files"] == [{"id": file.pk, "title": "A letter"}]


def test_a_refused_file_begins_nothing(member: tuple[Client, Membership]) -> None:
    response = member[0].post(NEW, typed(file=text_file(b"<svg/>", "x.svg")))
    assert response.status_code == 400
    root = page(response)
    assert "Only PDF" in root.one("div", class_="errors").text
    assert sent(root)["en_title"] == "A letter that goes along"
    assert not Practice.objects.exists()


def test_adding_a_file_asks_for_nothing_else(member: tuple[Client, Membership]) -> None:
    client, _membership = member
    response = client.post(NEW, {"form_key": KEY, "add_file": "1", "en_title": "So far", "file": text_file()})
    assert response.status_code == 200
    root = page(response)
    assert not root.all("div", class_="errors")
    assert sent(root)["en_title"] == "So far"
    assert PracticeFile.objects.get().title == ""
    assert client.post(NEW, {"form_key": KEY, "add_file": "1"}).status_code == 400


def test_a_kept_file_needs_a_title(member: tuple[Client, Membership]) -> None:
    response = member[0].post(NEW, typed(file=text_file()))
    assert response.status_code == 400
    assert "Say what the file is." in response.content.decode()


def test_files_come_and_go_with_approval(member: tuple[Client, Membership], visitor: Client, anna: User) -> None:
    client, membership = member
    practice = make_practice(membership.organisation, slug="shared")
    old = make_practice_file(practice, title="Old letter")
    edit = "/en/accounts/practices/shared/edit/"
    fields = sent(page(client.get(edit)), file=text_file(), file_title="New letter", send="1")
    del fields[f"keep_{old.pk}"]
    assert client.post(edit, fields).status_code == 302
    new = PracticeFile.objects.get(title="New letter")
    assert visitor.get(new.get_absolute_url()).status_code == 404
    assert "Old letter" in visitor.get(practice.get_absolute_url()).content.decode()
    approve(Proposal.objects.get(), by=anna)
    shown = visitor.get(practice.get_absolute_url()).content.decode()
    assert "New letter" in shown
    assert "Old letter" not in shown
    assert list(practice.files.all()) == [new]


def test_another_language(member: tuple[Client, Membership], anna: User) -> None:
    client, _membership = member
    response = client.post(NEW, typed(more="1", add_language="fr"))
    assert response.status_code == 200
    fields = sent(page(response), fr_title="Une lettre", fr_body="Une lettre.", en_title="", en_body="")
    assert fields["languages"] == "en fr"
    assert client.post(NEW, fields).status_code == 302
    proposal = Proposal.objects.get()
    assert list(proposal.values["texts"]) == ["fr"]
    approve(proposal, by=anna)
    assert client.get(Practice.objects.get().members_url).status_code == 200


def test_preview_sends_nothing(member: tuple[Client, Membership]) -> None:
    make_population(slug="people")
    response = member[0].post(NEW, typed(preview="1", populations=["people"]))
    assert response.status_code == 200
    assert "We <strong>wrote</strong> a letter." in response.content.decode()
    assert not Practice.objects.exists()


def test_taking_back_what_waits(member: tuple[Client, Membership]) -> None:
    client, _membership = member
    client.post(NEW, typed())
    practice = Practice.objects.get()
    take_back = f"/en/accounts/practices/{practice.slug}/withdraw/"
    for _ in range(2):
        assert client.post(take_back).status_code == 302
    assert Proposal.objects.get().state == "withdrawn"
    assert client.get(take_back).status_code == 405


def test_a_refusal_is_told(member: tuple[Client, Membership], anna: User) -> None:
    client, _membership = member
    client.post(NEW, typed())
    refuse(Proposal.objects.get(), by=anna, reason="It names a patient.")
    assert "It names a patient." in client.get(OWN).content.decode()


ADDRESSES = ["organisations/ours/practices/new/", "practices/shared/edit/", "practices/shared/withdraw/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_may_write(member: tuple[Client, Membership], visitor: Client, address: str) -> None:
    make_practice(member[1].organisation, slug="shared")
    url = f"/en/accounts/{address}"
    send = Client.post if "withdraw" in address else Client.get
    assert send(visitor, url).status_code == 302
    assert send(make_member()[0], url).status_code == 404
    assert send(make_member(role=Role.READER, organisation=member[1].organisation)[0], url).status_code == 403
    assert send(member[0], url).status_code in (200, 302)


def test_drafts_of_staff_are_not_theirs_to_change(member: tuple[Client, Membership]) -> None:
    make_practice(member[1].organisation, slug="shared", state="draft")
    make_practice(member[1].organisation, slug="gone", state="withdrawn")
    for slug in ("shared", "gone", "none"):
        assert member[0].get(f"/en/accounts/practices/{slug}/edit/").status_code == 404


def test_large_bodies_only_from_members(member: tuple[Client, Membership], visitor: Client) -> None:
    large = SimpleUploadedFile("a.txt", b"a" * (2 * 1024 * 1024))
    assert visitor.post(NEW, {"file": large}).status_code == 413
    large.seek(0)
    assert member[0].post(NEW, typed(file=large, file_title="Long")).status_code == 302
    too_large = SimpleUploadedFile("a.txt", b"a" * (12 * 1024 * 1024))
    assert member[0].post(NEW, typed(file=too_large)).status_code == 413


def test_what_members_read(visitor: Client) -> None:
    reader, membership = make_member(role=Role.READER)
    for_members = make_practice(slug="inner", audience="members")
    hidden = make_organisation(slug="hidden", state="draft", listing="unlisted")
    hidden.texts.update(title="A name at risk")
    make_practice(hidden, slug="unnamed")
    make_practice(slug="unfinished", state="draft")
    make_practice(make_organisation(state="withdrawn", left="2026-01-01"), slug="left")
    shown = reader.get("/en/accounts/practices/").content.decode()
    assert "Title of inner" in shown
    assert "Title of unnamed" in shown
    assert "Title of unfinished" not in shown
    assert "Title of left" not in shown
    for slug, status in (("inner", 200), ("unnamed", 200), ("unfinished", 404), ("left", 404), ("none", 404)):
        assert reader.get(f"/en/accounts/practices/{slug}/").status_code == status
    page = reader.get("/en/accounts/practices/unnamed/").content.decode()
    assert "A name at risk" not in shown + page
    assert "a member that is not listed" in page
    assert visitor.get(for_members.get_absolute_url()).status_code == 404
    membership.delete()
    assert reader.get("/en/accounts/practices/inner/").status_code == 403


def test_members_narrow_the_list() -> None:
    reader, _membership = make_member(role=Role.READER)
    make_practice(slug="numbers", kind="data-set").issues.add(make_issue(slug="issue"))
    make_practice(slug="letter")
    for query in ("kind=data-set", "issue=issue"):
        shown = reader.get(f"/en/accounts/practices/?{query}").content.decode()
        assert "Title of numbers" in shown
        assert "Title of letter" not in shown
    assert reader.get("/en/accounts/practices/?kind=x").status_code == 400


def test_drafts_are_forgotten(member: tuple[Client, Membership], anna: User) -> None:
    client, membership = member
    long_ago = timezone.now() - timedelta(days=31)
    client.post(NEW, {"form_key": KEY, "add_file": "1", "file": text_file()})
    make_practice(membership.organisation, slug="of-staff", state="draft")
    waits = make_practice_file(make_practice(membership.organisation, slug="waits"), approved=False)
    Proposal.objects.create(organisation=membership.organisation, practice=waits.practice)
    stray = make_practice_file(make_practice(slug="stray"), approved=False)
    kept = make_practice_file(stray.practice)
    call_command("forget_drafts", stdout=StringIO())
    assert PracticeFile.objects.count() == 4
    Practice.objects.exclude(begun_at=None).update(begun_at=long_ago)
    PracticeFile.objects.update(created_at=long_ago)
    call_command("forget_drafts", stdout=StringIO())
    assert set(PracticeFile.objects.all()) == {waits, kept}
    assert {each.slug for each in Practice.objects.all()} == {"of-staff", "waits", "stray"}


@pytest.mark.parametrize("opened", ["{", "[" * 50_000, '{"texts": null}', "x:y:z"])
def test_form_that_forgot_how_it_was_opened(member: tuple[Client, Membership], opened: str) -> None:
    """What nobody here signed is nothing."""
    client, membership = member
    practice = make_practice(membership.organisation)
    url = f"/en/accounts/practices/{practice.slug}/edit/"
    assert client.post(url, typed(opened=opened)).status_code == 302
    assert Proposal.objects.get().values["year"] == 2024


def test_title_of_a_file_keeps_no_control_characters(member: tuple[Client, Membership]) -> None:
    client, _membership = member
    upload = SimpleUploadedFile("letter.txt", b"Dear colleague")
    response = client.post(
        "/en/accounts/organisations/ours/practices/new/",
        typed(add_file="on", file=upload, file_title="A\x00 letter\r\nof two lines"),
    )
    assert response.status_code == 200
    assert PracticeFile.objects.get().title == "A letter\nof two lines"
