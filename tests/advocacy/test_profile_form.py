"""Members write their own profile: what they send waits, nothing typed is lost, and nobody else's is touched."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from advocacy import logos
from advocacy.models import Membership, Organisation, Proposal, Role
from advocacy.proposing import approve, propose, refuse
from advocacy.shapes import PROFILE
from publishing.models import Picture
from publishing.pictures import reencode
from tests.advocacy.member_forms import read, sent_by
from tests.factories import make_issue, make_member, make_organisation, make_population, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(db: None) -> Membership:
    """Somebody who writes for a member."""
    return make_member()[1]


@pytest.fixture
def member(membership: Membership) -> Client:
    """The same person, signed in."""
    client = Client()
    client.force_login(membership.user)
    return client


def page(membership: Membership, name: str = "") -> str:
    """Return the address of one of the profile's pages."""
    return f"/en/accounts/organisations/{membership.organisation.slug}/{name}"


def filled(client: Client, membership: Membership, **changes: Any) -> dict[str, Any]:
    """Return the form as a browser would send it, with changes; `en_title` is the name in English."""
    sent = sent_by(read(client.get(page(membership, "edit/"))).one("form", id="profile"))
    return sent | {re.sub("^(en|fr|ar)_", r"\1-", name): value for name, value in changes.items()}


def waiting() -> list[str]:
    """Return what the one proposal that waits would change."""
    proposal = Proposal.objects.pending().get()
    return PROFILE.changed(proposal.before, proposal.values)


def picture() -> SimpleUploadedFile:
    """Return a picture that knows where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    file = BytesIO()
    Image.new("RGB", (80, 60), "#b3122b").save(file, "JPEG", exif=exif)
    return SimpleUploadedFile("logo.jpg", file.getvalue())


class TestWorks:
    """From the form to the public page."""

    def test_waits_then_stands(self, member: Client, membership: Membership, visitor: Client) -> None:
        """The old text stands meanwhile."""
        people, issue = make_population(), make_issue()
        changes: dict[str, Any] = {
            "en_title": "New name",
            "fr_title": "Nouveau nom",
            "cities": "Lusaka, Ndola،Kitwe",
            "languages": "English, bemba",
            "populations": [people.slug],
            "issues": [issue.slug],
            "services": ["testing", "housing"],
            "founded": "1999",
            "site": "example.org",
            "own_name": "Umutundu",
            "own_name_language": "Bemba",
            "contact_email": "office@example.org",
            "contact_shown": ["email"],
            "note": "We have a new name",
        }
        response = member.post(page(membership, "edit/"), filled(member, membership, **changes))
        assert response.status_code == 303
        assert response["Location"] == page(membership, "?done=waits")
        overview = read(member.get(response["Location"]))
        assert "until it has decided, what the public reads stays as it is" in overview.one("p", role="status").text
        assert "New name" in overview.text
        public = membership.organisation.get_absolute_url()
        assert "New name" not in visitor.get(public).content.decode()
        proposal = Proposal.objects.get()
        assert (proposal.note, proposal.language) == ("We have a new name", "en")
        approve(proposal, by=make_user())
        shown = visitor.get(public).content.decode()
        assert all(word in shown for word in ("New name", "Kitwe", "1999", "https://example.org"))
        stands = Organisation.objects.get()
        assert stands.languages == ["en", "bem"]
        assert stands.own_name_language == "bem"
        assert stands.services == ["housing", "testing"]
        assert stands.texts.get(language="fr").title == "Nouveau nom"

    def test_untouched_form_changes_nothing(self, member: Client, membership: Membership) -> None:
        """Whatever stands there, in whichever order and with whichever line ends."""
        hidden = make_population()
        hidden.texts.update(ready=False)
        organisation = membership.organisation
        organisation.cities = ["Washington, D.C.", "Lusaka"]
        organisation.languages = ["zh-hans", "bem"]
        organisation.services = ["testing", "housing", "advocacy"]
        organisation.own_name, organisation.own_name_language = "Umutundu", "bem"
        organisation.contact_shown = ["phone", "email"]
        organisation.save()
        organisation.populations.add(hidden, make_population())
        organisation.texts.update(body="One\r\n\r\ntwo\r\n", summary=" a ")
        response = member.post(page(membership, "edit/"), filled(member, membership))
        assert response["Location"] == page(membership, "?done=unchanged")
        assert not Proposal.objects.exists()

    def test_goes_on_from_what_waits(self, member: Client, membership: Membership) -> None:
        """Who takes it all back withdraws it."""
        for name, value in (("founded", "1999"), ("size", "small")):
            member.post(page(membership, "edit/"), filled(member, membership, **{name: value}))
        assert waiting() == ["founded", "size"]
        sent = filled(member, membership, founded="", size="")
        assert member.post(page(membership, "edit/"), sent)["Location"] == page(membership, "?done=withdrawn")
        assert not Proposal.objects.pending().exists()

    def test_what_staff_changed_meanwhile_stays(self, member: Client, membership: Membership) -> None:
        sent = filled(member, membership, en_summary="Mine")
        Organisation.objects.update(founded=2001)
        member.post(page(membership, "edit/"), sent)
        assert waiting() == ["texts.en.summary"]

    def test_a_language_is_added_and_taken_out(self, member: Client, membership: Membership) -> None:
        sent = filled(member, membership, ar_title="منظمة", en_title="", en_summary="", en_body="")
        member.post(page(membership, "edit/"), sent)
        assert waiting() == ["texts.ar", "texts.en"]
        assert "منظمة" in member.get(page(membership)).content.decode()

    def test_taking_back(self, member: Client, membership: Membership) -> None:
        member.post(page(membership, "edit/"), filled(member, membership, founded="1999"))
        assert member.post(page(membership, "withdraw/"))["Location"] == page(membership, "?done=withdrawn")
        assert not Proposal.objects.pending().exists()
        assert member.post(page(membership, "withdraw/")).status_code == 409

    def test_decisions_are_told_with_their_reasons(self, member: Client, membership: Membership) -> None:
        member.post(page(membership, "edit/"), filled(member, membership, founded="1999"))
        refuse(Proposal.objects.get(), by=make_user(), reason="Not the year we know.")
        assert "Reason: Not the year we know." in read(member.get(page(membership))).text

    def test_preview_changes_nothing(self, member: Client, membership: Membership) -> None:
        """The public page as it would be, which can be sent from there, or gone back from."""
        sent = filled(member, membership, en_title="Previewed", fr_title="Nom", preview="en", note="Why")
        response = member.post(page(membership, "edit/"), sent)
        assert response.status_code == 200
        shown = read(response)
        assert shown.one("h1").text == "Previewed"
        assert membership.organisation.texts.get().title != "Previewed"
        assert not Proposal.objects.exists()
        hidden = sent_by(shown.one("main").one("form"))
        again = member.post(page(membership, "edit/"), hidden | {"edit": "1"})
        assert again.status_code == 200
        assert read(again).one("input", name="en-title").get("value") == "Previewed"
        french = member.post(page(membership, "edit/"), hidden | {"preview": "fr"})
        assert read(french).one("h1").text == "Nom"
        member.post(page(membership, "edit/"), hidden)
        assert Proposal.objects.get().note == "Why"
        assert waiting() == ["texts.en.title", "texts.fr"]


class TestListing:
    """Less at once, more after approval."""

    def test_less_at_once(self, member: Client, membership: Membership, visitor: Client) -> None:
        response = member.post(page(membership, "listing/"), {"listing": "unlisted"})
        assert response["Location"] == page(membership, "?done=listed-less")
        assert visitor.get(membership.organisation.get_absolute_url()).status_code == 404
        assert "from this moment on" in read(member.get(response["Location"])).text

    def test_more_waits(self, member: Client, membership: Membership) -> None:
        Organisation.objects.update(listing="region")
        response = member.post(page(membership, "listing/"), {"listing": "country"})
        assert response["Location"] == page(membership, "?done=waits")
        assert Organisation.objects.get().listing == "region"
        assert "To be seen more is asked for" in read(member.get(page(membership))).text
        member.post(page(membership, "listing/"), {"listing": "region"})
        assert not Proposal.objects.pending().exists()

    def test_no_such_listing(self, member: Client, membership: Membership) -> None:
        assert member.post(page(membership, "listing/"), {"listing": "x"}).status_code == 400

    def test_an_old_form_shows_nothing_again(self, member: Client, membership: Membership) -> None:
        """It was opened while more was public."""
        sent = filled(member, membership, founded="1999")
        member.post(page(membership, "listing/"), {"listing": "unlisted"})
        member.post(page(membership, "edit/"), sent)
        assert waiting() == ["founded"]
        approve(Proposal.objects.pending().get(), by=make_user())
        assert not Organisation.objects.public().exists()


class TestLogo:
    """Re-encoded, and public only once approved."""

    @pytest.fixture(autouse=True)
    def media(self, settings: Settings, tmp_path: Path) -> None:
        """Keep the files apart."""
        settings.MEDIA_ROOT = tmp_path

    def test_waits(self, member: Client, membership: Membership, visitor: Client) -> None:
        member.post(page(membership, "edit/"), filled(member, membership, logo=picture()))
        assert waiting() == ["logo"]
        logo = Picture.objects.get()
        with logo.file.open() as file, Image.open(file) as image:
            assert not image.getexif()
        assert visitor.get(logo.get_absolute_url()).status_code == 404
        approve(Proposal.objects.get(), by=make_user())
        assert b"".join(visitor.get(logo.get_absolute_url()))
        title = membership.organisation.texts.get().title
        assert (logo.texts.get().alt, Organisation.objects.get().logo) == (title, logo)
        member.post(page(membership, "edit/"), filled(member, membership, without_logo="on"))
        assert Proposal.objects.pending().get().values["logo"] == ""

    def test_what_is_no_logo(self, member: Client, membership: Membership) -> None:
        """The rest that was typed is kept."""
        sent = filled(member, membership, founded="1999")
        wrong = [
            (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "This is an SVG"),
            (b'<svg onload="alert(1)"/>', "This is an SVG"),
            (b"GIF89a nothing", "not a JPEG, PNG or WebP"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "not a JPEG, PNG or WebP"),
            (b"\0" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
            (b"", "empty"),
        ]
        for content, said in wrong:
            upload = SimpleUploadedFile("logo.png", content)
            response = member.post(page(membership, "edit/"), sent | {"logo": upload})
            assert response.status_code == 400
            assert said in read(response).one("div", class_="errors").text
            assert read(response).one("input", name="founded").get("value") == "1999"
        assert not Picture.objects.exists()

    def test_bomb(self, member: Client, membership: Membership) -> None:
        """A small file that would become a large picture."""
        file = BytesIO()
        Image.new("1", (9000, 9000)).save(file, "PNG")
        upload = SimpleUploadedFile("logo.png", file.getvalue())
        response = member.post(page(membership, "edit/"), filled(member, membership, logo=upload))
        assert response.status_code == 400
        assert "40 million pixels" in read(response).text

    def test_is_kept_through_errors_and_previews(
        self, member: Client, membership: Membership, visitor: Client
    ) -> None:
        """Browsers do not send a file again. Only its member sees it meanwhile."""
        url = page(membership, "edit/")
        wrong = member.post(url, filled(member, membership, founded="9999", logo=picture()))
        assert wrong.status_code == 400
        token = read(wrong).one("input", name="kept_logo").get("value")
        shown = member.post(url, filled(member, membership, kept_logo=token, preview="en"))
        assert shown.status_code == 200
        address = page(membership, f"logo/{token}/")
        assert member.get(address)["Content-Type"] == "image/webp"
        assert visitor.get(address).status_code == 302
        assert make_member()[0].get(address).status_code == 404
        other, theirs = make_member()
        assert other.get(page(theirs, f"logo/{token}/")).status_code == 404
        member.post(url, filled(member, membership, kept_logo=token))
        assert waiting() == ["logo"]

    def test_what_came_in_vain_goes(self, member: Client, membership: Membership, tmp_path: Path) -> None:
        """With the refusal, or, where it was never sent, after two days."""
        member.post(page(membership, "edit/"), filled(member, membership, logo=picture()))
        refuse(Proposal.objects.get(), by=make_user(), reason="Not yours.")
        assert not Picture.objects.exists()
        organisation = Organisation.objects.with_text().get()
        unsent = logos.keep(reencode(picture()), organisation)
        Picture.objects.update(slug=f"logo-{timezone.now().year - 1}0101-x")
        sent = logos.keep(reencode(picture()), organisation)
        assert list(Picture.objects.all()) == [sent]
        assert unsent.slug != sent.slug

    def test_large_bodies_are_for_members(self, member: Client, membership: Membership, visitor: Client) -> None:
        """Of others nothing of the kind is read."""
        big = {"logo": SimpleUploadedFile("x", b"x" * 2_000_000)}
        assert visitor.post(page(membership, "edit/"), big).status_code == 413
        assert member.post(page(membership, "edit/"), big).status_code == 400
        assert member.post(page(membership, "edit/"), {"x": "x" * 13_000_000}).status_code == 413


class TestBadInput:
    """Clear errors, and nothing lost."""

    def test_errors_keep_what_was_typed(self, member: Client, membership: Membership) -> None:
        """Each beside its field, all at once."""
        wrong: dict[str, tuple[Any, str]] = {
            "en_title": ("", "Write your organisation’s name, or leave all in this language empty."),
            "fr_title": ("x" * 201, "200 characters"),
            "founded": ("soon", "whole number"),
            "country": ("XX", "XX is not one of the available choices"),
            "populations": (["nobody"], "nobody is not one of"),
            "services": (["magic"], "magic is not one of"),
            "languages": ("English, Gibberish", "“Gibberish”"),
            "cities": ("x" * 81, "comma"),
            "site": ("javascript:alert(1)", "valid URL"),
            "contact_email": ("nobody", "valid email"),
            "own_name": ("Umutundu", "which language"),
            "note": ("x" * 201, "200 characters"),
            "en_body": ("\0", "Null"),
        }
        typed = {name: value for name, (value, _said) in wrong.items()}
        sent = filled(member, membership, size="small", fr_hopes="Espoir", **typed)
        response = member.post(page(membership, "edit/"), sent)
        assert response.status_code == 400
        told = read(response).one("div", class_="errors").text
        assert [said for _value, said in wrong.values() if said not in told] == []
        again = sent_by(read(response).one("form", id="profile"))
        # What no browser can choose, or hold, and what is another each time.
        kept = sent.keys() - {"populations", "services", "country", "en-body", "csrfmiddlewaretoken"}
        assert {name: again.get(name) for name in kept} == {name: sent[name] for name in kept}
        assert not Proposal.objects.exists()

    def test_nothing_in_any_language(self, member: Client, membership: Membership) -> None:
        response = member.post(
            page(membership, "edit/"), filled(member, membership, en_title="", en_summary="", en_body="")
        )
        assert response.status_code == 400
        assert "in one language at least" in read(response).text

    @pytest.mark.parametrize("token", ["", "x", "null"])
    def test_a_form_that_forgot_how_it_was_opened(self, member: Client, membership: Membership, token: str) -> None:
        sent = filled(member, membership, founded="1999", opened=token, kept_logo=token)
        member.post(page(membership, "edit/"), sent)
        assert waiting() == ["founded"]

    def test_an_empty_form(self, member: Client, membership: Membership) -> None:
        assert member.post(page(membership, "edit/"), {}).status_code == 400


PAGES = ["", "edit/"]
POSTED = ["edit/", "listing/", "withdraw/"]


class TestWho:
    """Only one's own, and only as far as the role allows."""

    @pytest.mark.parametrize("name", PAGES)
    def test_another_organisations_is_not_there(self, member: Client, name: str) -> None:
        other = make_organisation()
        for slug in (other.slug, "none", "-", "x" * 300):
            assert member.get(f"/en/accounts/organisations/{slug}/{name}").status_code == 404

    @pytest.mark.parametrize("name", POSTED)
    def test_nobody_writes_anothers(self, member: Client, membership: Membership, name: str) -> None:
        other = make_member()[1]
        sent = filled(member, membership, listing="unlisted", founded="1999")
        assert member.post(page(other, name), sent).status_code == 404
        assert not Proposal.objects.exists()
        assert Organisation.objects.get(pk=other.organisation_id).listing == "country"

    @pytest.mark.parametrize("name", POSTED)
    def test_readers_do_not_write(self, membership: Membership, name: str) -> None:
        reader, _ = make_member(role=Role.READER, organisation=membership.organisation)
        assert reader.get(page(membership)).status_code == 200
        assert "Change the profile" not in reader.get(page(membership)).content.decode()
        assert reader.get(page(membership, "edit/")).status_code == 403
        assert reader.post(page(membership, name), {"listing": "unlisted"}).status_code == 403
        assert Organisation.objects.get().listing == "country"

    @pytest.mark.parametrize("name", PAGES)
    def test_visitors_sign_in(self, visitor: Client, membership: Membership, name: str) -> None:
        response = visitor.get(page(membership, name))
        assert response.status_code == 302
        assert "login" in response["Location"]

    @pytest.mark.parametrize(("name", "methods"), [("", ["post", "put"]), ("edit/", ["put", "delete"])])
    def test_wrong_method(self, member: Client, membership: Membership, name: str, methods: list[str]) -> None:
        for method in methods:
            assert getattr(member, method)(page(membership, name)).status_code == 405
        for posted in ("listing/", "withdraw/"):
            assert member.get(page(membership, posted)).status_code == 405

    def test_who_has_left_is_out(self, member: Client, membership: Membership) -> None:
        Organisation.objects.update(state="draft", left=timezone.now().date())
        assert member.get(page(membership)).status_code == 404

    def test_before_it_is_public(self, member: Client, membership: Membership) -> None:
        """Even without a text."""
        Organisation.objects.update(state="draft")
        membership.organisation.texts.all().delete()
        assert "not public at the moment" in member.get(page(membership)).content.decode()
        sent = filled(member, membership, ar_title="منظمة")
        assert member.post(page(membership, "edit/"), sent | {"preview": "en"}).status_code == 200
        assert member.post(page(membership, "edit/"), sent).status_code == 303

    def test_nothing_is_kept_by_caches(self, member: Client, membership: Membership) -> None:
        for name in PAGES:
            assert "no-store" in member.get(page(membership, name))["Cache-Control"]


def test_two_members_keep_each_others_changes(membership: Membership) -> None:
    """Both had the form open."""
    colleague, other = make_member(organisation=membership.organisation)
    sent = filled(colleague, other, size="small")
    values = PROFILE.read(membership.organisation) | {"founded": 1999}
    propose(membership=membership, values=values)
    colleague.post(page(other, "edit/"), sent)
    assert waiting() == ["founded", "size"]
