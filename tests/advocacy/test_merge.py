"""Two organisations that are one become one: nothing that hangs on either is lost, and old addresses lead on."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from advocacy.merging import choices, merge
from advocacy.models import FormerSlug, Membership, Organisation, Proposal, Role
from publishing.preview_links import PreviewLink, make_link
from tests.campaign.admin_pages import address, page_of, typed
from tests.campaign.asks_rows import make_action
from tests.campaign.endorsement_rows import make_endorsement
from tests.factories import (
    add_text,
    make_issue,
    make_organisation,
    make_population,
    make_practice,
    make_user,
)

pytestmark = pytest.mark.django_db
DUPLICATES = "/admin/advocacy/organisation/duplicates/"


def merging(kept: Organisation, other: Organisation) -> str:
    """Return the address of the page for two."""
    return f"/admin/advocacy/organisation/merge/{kept.pk}/{other.pk}/"


@pytest.fixture
def pair() -> tuple[Organisation, Organisation]:
    """Return two that differ in most fields."""
    kept = make_organisation(slug="kept", founded=1999, cities=["Lusaka"], size="small")
    other = make_organisation(
        slug="other", founded=2001, cities=["Lusaka", "Ndola"], listing="region", site="https://other.example.org/"
    )
    kept.populations.add(make_population(slug="workers"))
    other.populations.add(make_population(slug="migrants"))
    add_text(other, "fr", title="Autre")
    return kept, other


def test_fields_stand_as_chosen(pair: tuple[Organisation, Organisation]) -> None:
    """What nobody chose stands as is best: the careful listing, the fuller field, both lists."""
    kept, other = pair
    by = make_user()
    done = merge(kept, other, values={"founded": "other", "populations": "other"}, by=by)
    done.refresh_from_db()
    assert (done.slug, done.founded, done.size, done.cities) == ("kept", 2001, "small", ["Lusaka", "Ndola"])
    assert (done.listing, done.site) == ("region", "https://other.example.org/")
    assert [population.slug for population in done.populations.all()] == ["migrants"]
    texts = dict(done.texts.values_list("language", "title"))
    assert texts == {"en": "Title of kept", "fr": "Autre"}
    assert list(Organisation.objects.all()) == [done]
    record = done.history.first()
    assert (record.history_change_reason, record.history_user) == ("Merged with other.", by)


def test_all_that_hangs_on_it_moves(pair: tuple[Organisation, Organisation]) -> None:
    """Whatever app it is of; what can be there only once is."""
    kept, other = pair
    both, lead = make_user(staff=False), make_user(staff=False)
    for organisation, user, role in (
        (kept, both, Role.READER),
        (other, both, Role.LEAD),
        (other, lead, Role.LEAD),
    ):
        Membership.objects.create(organisation=organisation, user=user, role=role)
    first, second = (Proposal.objects.create(organisation=each, proposed_by=both) for each in pair)
    practice = make_practice(other)
    about = Proposal.objects.create(organisation=other, practice=practice)
    endorsement = make_endorsement(organisation=other)
    action = make_action(organisation=other)
    make_link(other, by=None)
    merge(kept, other, values={}, by=make_user())
    assert dict(kept.memberships.values_list("user", "role")) == {both.pk: "lead", lead.pk: "lead"}
    for thing in (practice, endorsement, action, about, first, second):
        thing.refresh_from_db()
        assert thing.organisation == kept
    assert (first.state, second.state, about.state) == ("pending", "withdrawn", "pending")
    assert not PreviewLink.objects.exists()


def test_a_chain_of_former_slugs(visitor: Client, pair: tuple[Organisation, Organisation]) -> None:
    """Each leads to where the profile stands now, for good; only while that is public."""
    kept, other = pair
    third = make_organisation(slug="third")
    merge(other, third, values={"listing": "kept"}, by=make_user())
    merge(kept, other, values={}, by=make_user())
    for slug in ("other", "third"):
        response = visitor.get(f"/en/network/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/en/network/kept/")
    Organisation.objects.update(state="draft")
    assert visitor.get("/en/network/other/").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"listing": "unlisted"},
        {"published_at": timezone.now() - timedelta(days=1)},
        {"state": "published", "published_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_was_never_public_leaves_no_trace(visitor: Client, fields: dict[str, Any]) -> None:
    """Nobody learns that it was here."""
    kept, other = make_organisation(), make_organisation(**{"slug": "secret", "state": "draft"} | fields)
    merge(kept, other, values={"listing": "kept"}, by=make_user())
    assert not FormerSlug.objects.exists()
    assert visitor.get("/en/network/secret/").status_code == 404


def test_rules_hold(pair: tuple[Organisation, Organisation]) -> None:
    """What is public cannot become unlisted by the way; then nothing is changed."""
    kept, other = pair
    Organisation.objects.filter(pk=other.pk).update(state="draft", listing="unlisted")
    with pytest.raises(ValidationError, match="not listed cannot be published"):
        merge(kept, other, values={"listing": "other"}, by=make_user())
    assert Organisation.objects.count() == 2


def test_consent_to_show_contact_is_not_carried_over(pair: tuple[Organisation, Organisation]) -> None:
    """Unless somebody chooses so."""
    kept, other = pair
    other.contact_email, other.contact_shown = "office@other.example.org", ["email"]
    other.save()
    found = {choice.name: choice.default for choice in choices(kept, other)}
    assert (found["contact_shown"], found["contact_email"]) == ("kept", "other")
    assert merge(kept, other, values={}, by=make_user()).public_contact == {}


def test_page_asks_then_shows_then_merges(coordinator: Client, pair: tuple[Organisation, Organisation]) -> None:
    """From the list, by an action on two rows; nothing happens before the last yes."""
    kept, other = pair
    make_practice(other)
    sent = {"action": "merge_two", "_selected_action": [kept.pk, other.pk]}
    response = coordinator.post(address(Organisation, "changelist"), sent)
    assert response["Location"] == merging(kept, other)
    page = coordinator.get(merging(kept, other))
    assert "Practices: 1" in page_of(page).text
    fields = typed(page, "merge_form")
    assert (fields["listing"], fields["cities"], fields["founded"]) == ("other", "both", "kept")
    page = coordinator.post(merging(kept, other), fields | {"founded": "other"})
    assert "This cannot be taken back" in page_of(page).text
    assert Organisation.objects.count() == 2
    response = coordinator.post(merging(kept, other), typed(page, "merge_form"))
    assert response["Location"] == address(kept, "change")
    done = Organisation.objects.get()
    assert (done.founded, done.listing) == (2001, "region")


def test_page_that_is_out_of_date(coordinator: Client, pair: tuple[Organisation, Organisation]) -> None:
    """What somebody else changed meanwhile is looked at first; nonsense is said to be nonsense."""
    kept, other = pair
    url = merging(kept, other)
    page = coordinator.post(url, typed(coordinator.get(url), "merge_form"))
    Organisation.objects.filter(pk=other.pk).update(founded=2005)
    assert coordinator.post(url, typed(page, "merge_form")).status_code == 409
    response = coordinator.post(url, {"founded": "neither"})
    assert response.status_code == 400
    assert "Select a valid choice" in page_of(response).text
    unlisted = typed(coordinator.get(url), "merge_form")
    Organisation.objects.filter(pk=other.pk).update(listing="unlisted", state="draft")
    page = coordinator.post(url, unlisted | {"listing": "other"})
    response = coordinator.post(url, typed(page, "merge_form"))
    assert response.status_code == 400
    assert "not listed cannot be published" in page_of(response).text
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_two_are_needed(coordinator: Client, count: int) -> None:
    """No more and no fewer."""
    keys = [make_organisation().pk for _ in range(count)]
    sent = {"action": "merge_two", "_selected_action": keys}
    page = coordinator.post(address(Organisation, "changelist"), sent, follow=True)
    assert "Tick two organisations" in page.content.decode()


def test_possible_duplicates(coordinator: Client) -> None:
    """By name without accents, by site and by address; what many share tells nothing."""
    names = ("Égalité pour tous", "Egalite pour tous", "Egalité pour touts", "Something else", "Wholly different")
    rows = [make_organisation() for _ in names]
    for row, name in zip(rows, names, strict=True):
        row.texts.update(title=name)
    Organisation.objects.filter(pk=rows[3].pk).update(
        site="https://www.one.example.org/a", contact_email="A@one.example.org"
    )
    Organisation.objects.filter(pk=rows[4].pk).update(site="http://one.example.org", contact_email="a@one.example.org")
    for number in range(4):
        make_organisation(site=f"https://platform.example.org/{number}").texts.update(title=f"{number}" * 9)
    text = page_of(coordinator.get(DUPLICATES)).text
    assert coordinator.get(DUPLICATES).content.decode().count(">Merge</a>") == 4
    for grounds in ("the same site, the same e-mail address", "the same name, names that are alike"):
        assert grounds in text
    assert "platform" not in text


def test_only_those_who_may(editor: Client, moderator: Client, visitor: Client, administrator: Client) -> None:
    """Coordinators and administrators; two that are there, and not the same one twice."""
    kept, other = make_organisation(), make_organisation()
    for url in (DUPLICATES, merging(kept, other)):
        assert (editor.get(url).status_code, moderator.post(url).status_code) == (403, 403 if "merge" in url else 405)
        assert visitor.get(url)["Location"].startswith("/admin/login/")
        assert administrator.get(url).status_code == 200
        assert administrator.put(url).status_code == 405
    for odd in (merging(kept, kept), f"/admin/advocacy/organisation/merge/{kept.pk}/{10**30}/"):
        assert administrator.get(odd).status_code == 404
    assert Organisation.objects.count() == 2


def test_issues_of_both(pair: tuple[Organisation, Organisation]) -> None:
    """Links that both have are there once."""
    kept, other = pair
    shared, own = make_issue(), make_issue()
    kept.issues.set([shared])
    other.issues.set([shared, own])
    assert set(merge(kept, other, values={}, by=make_user()).issues.all()) == {shared, own}
