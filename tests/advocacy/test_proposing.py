"""Proposals: what stands stays until staff approve, then only what differs is written; hiding waits for nobody."""

import json
from copy import deepcopy
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from advocacy.models import Membership, Organisation, Practice, Proposal, ProposalState, Role
from advocacy.proposing import (
    AlreadyDecided,
    CannotApply,
    NothingChanged,
    approve,
    hide,
    propose,
    refuse,
    withdraw,
)
from advocacy.shapes import PRACTICE, PROFILE, Values
from publishing.models import Mail
from publishing.sealing import unseal
from tests.comments.test_submission import at_once
from tests.factories import (
    add_text,
    make_issue,
    make_member,
    make_organisation,
    make_population,
    make_practice,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(db: None) -> Membership:
    """Somebody who writes for a member."""
    return make_member(role=Role.CONTRIBUTOR)[1]


@pytest.fixture
def anna(db: None) -> User:
    """The network's coordinator."""
    return make_user("Network coordinator", email="anna@example.org")


def form(membership: Membership, **changes: Any) -> Values:
    """Return the profile as it stands, with changes; those of the English text as `en_title`."""
    values = PROFILE.read(Organisation.objects.get(pk=membership.organisation_id))
    for name, value in changes.items():
        own = name.startswith("en_")
        (values["texts"]["en"] if own else values)[name.removeprefix("en_") if own else name] = value
    return values


def stands(membership: Membership) -> Values:
    """Return the profile as it stands."""
    return form(membership)


def mails() -> list[dict[str, Any]]:
    """Return what waits in the outbox."""
    return [json.loads(unseal(mail.sealed)) for mail in Mail.objects.order_by("pk")]


class TestPropose:
    """A proposal changes nothing."""

    def test_waits(self, membership: Membership) -> None:
        before = stands(membership)
        proposal = propose(membership=membership, values=form(membership, founded=1999), note="The year")
        assert (proposal.state, proposal.note, proposal.proposed_by) == ("pending", "The year", membership.user)
        assert PROFILE.changed(proposal.before, proposal.values) == ["founded"]
        assert stands(membership) == before
        assert list(Proposal.objects.pending()) == [proposal]

    def test_nothing_changed(self, membership: Membership) -> None:
        with pytest.raises(NothingChanged):
            propose(membership=membership, values=stands(membership))
        assert not Proposal.objects.exists()

    def test_replaces_what_waits(self, membership: Membership) -> None:
        """In the same row; sent twice, it is the same."""
        first = propose(membership=membership, values=form(membership, founded=1999))
        second = propose(membership=membership, values=form(membership, founded=2000))
        again = propose(membership=membership, values=form(membership, founded=2000))
        assert first.pk == second.pk == again.pk
        assert second.proposed_at == again.proposed_at
        assert Proposal.objects.get().values["founded"] == 2000

    def test_taking_all_back_withdraws(self, membership: Membership) -> None:
        propose(membership=membership, values=form(membership, founded=1999))
        assert propose(membership=membership, values=stands(membership)).state == "withdrawn"
        assert Proposal.objects.get().state == "withdrawn"

    def test_what_others_changed_since_the_form_was_opened_stays(self, membership: Membership) -> None:
        """Staff in the profile, and a colleague in what waits."""
        opened = stands(membership)
        Organisation.objects.update(founded=2001)
        colleague = make_member(organisation=membership.organisation)[1]
        propose(membership=colleague, values=form(membership, size="small"))
        mine = deepcopy(opened)
        mine["texts"]["en"]["summary"] = "Mine"
        proposal = propose(membership=membership, values=mine, opened=opened)
        assert PROFILE.changed(proposal.before, proposal.values) == ["size", "texts.en.summary"]
        assert proposal.values["founded"] == 2001

    def test_readers_and_others_may_not(self, membership: Membership) -> None:
        reader = make_member(role=Role.READER, organisation=membership.organisation)[1]
        with pytest.raises(PermissionDenied):
            propose(membership=reader, values=form(membership, founded=1999))
        with pytest.raises(PermissionDenied):
            propose(membership=membership, practice=make_practice(), values={})

    def test_one_waits_for_each_thing(self, membership: Membership) -> None:
        practice = make_practice(membership.organisation)
        propose(membership=membership, values=form(membership, founded=1999))
        propose(membership=membership, practice=practice, values=PRACTICE.read(practice) | {"year": 2020})
        assert Proposal.objects.pending().count() == 2


class TestApprove:
    """What differs takes effect, in staff's name."""

    def test_all_kinds_of_values(self, membership: Membership, anna: User) -> None:
        people, issue = make_population(), make_issue()
        membership.organisation.populations.add(old := make_population())
        values = form(
            membership,
            founded=1999,
            cities=["Lusaka", "Ndola"],
            services=["testing"],
            populations=[people.slug],
            issues=[issue.slug],
            contact_email="office@example.org",
            contact_shown=["email"],
            en_body="New *words*.",
        )
        values["texts"]["fr"] = values["texts"]["en"] | {"title": "Le nom"}
        proposal = approve(propose(membership=membership, values=values), by=anna)
        assert stands(membership) == values
        assert (proposal.state, proposal.decided_by) == ("approved", anna)
        assert proposal.decided_at
        organisation = Organisation.objects.get(pk=membership.organisation_id)
        assert old not in organisation.populations.all()
        assert "<em>words</em>" in organisation.texts.get(language="en").body_html
        record = organisation.history.first()
        assert record.history_user == anna
        assert record.history_change_reason == f"Proposal {proposal.pk}"
        assert organisation.texts.get(language="fr").history.first().history_user == anna

    def test_a_profile_is_checked_with_it(self, membership: Membership, anna: User) -> None:
        """Nobody is reminded to look at what they have just brought up to date."""
        Organisation.objects.update(checked="2020-01-01", reminders=2, reminded_at=timezone.now())
        approve(propose(membership=membership, values=form(membership, founded=1999)), by=anna)
        organisation = Organisation.objects.get()
        assert (organisation.checked, organisation.reminders) == (timezone.localdate(), 0)

    def test_a_practice_tells_nothing_of_the_profile(self, membership: Membership, anna: User) -> None:
        Organisation.objects.update(checked="2020-01-01")
        practice = make_practice(membership.organisation)
        values = PRACTICE.read(practice) | {"year": 2001}
        approve(propose(membership=membership, practice=practice, values=values), by=anna)
        assert str(Organisation.objects.get().checked) == "2020-01-01"

    def test_what_staff_changed_meanwhile_stays(self, membership: Membership, anna: User) -> None:
        """In other columns, other links, other fields of the same text, other languages."""
        both, own, theirs = (make_population() for _ in range(3))
        membership.organisation.populations.add(both)
        values = form(membership, founded=1999, en_summary="Mine", populations=[both.slug, own.slug])
        proposal = propose(membership=membership, values=values)
        organisation = Organisation.objects.get(pk=membership.organisation_id)
        organisation.populations.add(theirs)
        organisation.size = "large"
        organisation.save()
        organisation.texts.update(title="Theirs")
        add_text(organisation, "fr", title="Leur")
        approve(proposal, by=anna)
        now = stands(membership)
        assert (now["founded"], now["size"]) == (1999, "large")
        assert now["populations"] == sorted([both.slug, own.slug, theirs.slug])
        assert (now["texts"]["en"]["title"], now["texts"]["en"]["summary"]) == ("Theirs", "Mine")
        assert now["texts"]["fr"]["title"] == "Leur"

    def test_a_language_is_taken_out(self, membership: Membership, anna: User) -> None:
        add_text(membership.organisation, "fr")
        values = stands(membership)
        del values["texts"]["fr"]
        approve(propose(membership=membership, values=values), by=anna)
        assert list(stands(membership)["texts"]) == ["en"]

    def test_a_new_practice_is_published(self, membership: Membership, anna: User) -> None:
        practice = Practice.objects.create(organisation=membership.organisation, slug="new", kind="method")
        values = PRACTICE.read(practice)
        words = dict.fromkeys(PRACTICE.texts, "") | {"title": "What we did", "body": "Words"}
        values["texts"]["en"] = words
        proposal = propose(membership=membership, practice=practice, values=values)
        assert not Practice.objects.public().exists()
        approve(proposal, by=anna)
        assert Practice.objects.public().with_text().get().text.title == "What we did"

    @pytest.mark.parametrize("since", ["left", "slug gone", "no title"])
    def test_what_breaks_a_rule_by_now_is_refused_whole(self, membership: Membership, anna: User, since: str) -> None:
        """With a message, and nothing is half applied."""
        issue = make_issue()
        values = form(membership, founded=1999, en_title="" if since == "no title" else "T", issues=[issue.slug])
        proposal = propose(membership=membership, values=values)
        if since == "left":
            Organisation.objects.update(country="XX")
        if since == "slug gone":
            issue.delete()
        before = stands(membership)
        with pytest.raises(CannotApply) as raised:
            approve(proposal, by=anna)
        expected = {"left": "Country: ", "slug gone": "Shared issues: No longer there: ", "no title": "Title: "}
        assert raised.value.messages[0].startswith(expected[since])
        assert stands(membership) == before
        assert Proposal.objects.get().state == "pending"
        assert mails() == []

    def test_what_the_desk_did_not_see_is_not_approved(self, membership: Membership, anna: User) -> None:
        seen = propose(membership=membership, values=form(membership, founded=1999)).proposed_at
        proposal = propose(membership=membership, values=form(membership, founded=2000))
        for decide in (approve, partial(refuse, reason="No")):
            with pytest.raises(AlreadyDecided):
                decide(proposal, by=anna, seen=seen)
        assert approve(proposal, by=anna, seen=proposal.proposed_at).state == "approved"

    def test_proposer_is_told(self, membership: Membership, anna: User) -> None:
        """In their language, without a name of the organisation."""
        proposal = propose(membership=membership, values=form(membership, founded=1999))
        Proposal.objects.update(language="fr")
        proposal.refresh_from_db()
        approve(proposal, by=anna)
        (mail,) = mails()
        assert mail["to"] == membership.user.email
        assert "/fr/accounts/" in mail["text"]
        assert membership.organisation.slug not in str(mail)


class TestRefuse:
    """All stays as it is."""

    def test_reason_is_told(self, membership: Membership, anna: User) -> None:
        before = stands(membership)
        proposal = propose(membership=membership, values=form(membership, founded=1999))
        assert refuse(proposal, by=anna, reason="Not the year we know.").state == "refused"
        assert stands(membership) == before
        assert "Not the year we know." in mails()[0]["text"]
        with pytest.raises(AlreadyDecided):
            approve(proposal, by=anna)


class TestWithdraw:
    """Members take back what waits."""

    def test_any_contributor(self, membership: Membership) -> None:
        proposal = propose(membership=membership, values=form(membership, founded=1999))
        colleague = make_member(organisation=membership.organisation)[1]
        assert withdraw(proposal, by=colleague.user).state == "withdrawn"
        with pytest.raises(AlreadyDecided):
            withdraw(proposal, by=colleague.user)

    def test_nobody_else(self, membership: Membership) -> None:
        proposal = propose(membership=membership, values=form(membership, founded=1999))
        for other in (make_member()[1], make_member(role="reader", organisation=membership.organisation)[1]):
            with pytest.raises(PermissionDenied):
                withdraw(proposal, by=other.user)


class TestHide:
    """A matter of safety: at once."""

    def test_region_only_at_once(self, membership: Membership, anna: User) -> None:
        """The rest waits."""
        proposal = propose(membership=membership, values=form(membership, listing="region", founded=1999))
        now = stands(membership)
        assert (now["listing"], now["founded"]) == ("region", None)
        assert PROFILE.changed(proposal.before, proposal.values) == ["founded"]
        (mail,) = mails()
        assert mail["to"] == anna.email
        assert membership.organisation.slug not in str(mail)
        assert Organisation.objects.get().history.first().history_user == membership.user

    def test_unlisted_withdraws_the_page(self, membership: Membership) -> None:
        record = hide(membership=membership, listing="unlisted")
        organisation = Organisation.objects.get()
        assert (organisation.listing, organisation.state) == ("unlisted", "withdrawn")
        assert (record.state, record.decided_by) == (ProposalState.AT_ONCE, None)
        assert not Organisation.objects.public().exists()

    def test_that_alone_leaves_nothing_waiting(self, membership: Membership) -> None:
        assert propose(membership=membership, values=form(membership, listing="region")).state == "at-once"
        assert not Proposal.objects.pending().exists()

    def test_the_way_back_waits_and_publishes(self, membership: Membership, anna: User) -> None:
        hide(membership=membership, listing="unlisted")
        proposal = propose(membership=membership, values=form(membership, listing="country"))
        assert not Organisation.objects.public().exists()
        approve(proposal, by=anna)
        assert Organisation.objects.public().get().listing == "country"

    def test_what_waits_keeps_to_it(self, membership: Membership, anna: User) -> None:
        """A way back that was asked for before is off, and approving the rest shows nothing more."""
        Organisation.objects.update(listing="region")
        proposal = propose(membership=membership, values=form(membership, listing="country", founded=1999))
        hide(membership=membership, listing="unlisted")
        proposal.refresh_from_db()
        assert PROFILE.changed(proposal.before, proposal.values) == ["founded"]
        approve(proposal, by=anna)
        organisation = Organisation.objects.get()
        assert (organisation.listing, organisation.state, organisation.founded) == ("unlisted", "withdrawn", 1999)

    @pytest.mark.parametrize("listing", ["region", "country"])
    def test_more_is_not_less(self, membership: Membership, listing: str) -> None:
        Organisation.objects.update(listing="region")
        with pytest.raises(NothingChanged):
            hide(membership=membership, listing=listing)

    def test_readers_may_not(self, membership: Membership) -> None:
        reader = make_member(role=Role.READER, organisation=membership.organisation)[1]
        with pytest.raises(PermissionDenied):
            hide(membership=reader, listing="region")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Whoever comes second is told."""

    @pytest.fixture(autouse=True)
    def roles(self, transactional_db: None) -> None:
        """Truncating other tests' rows took the groups along."""
        Group.objects.get_or_create(name="Network coordinator")

    def test_two_deciders(self) -> None:
        membership = make_member()[1]
        anna, ben = make_user(), make_user()
        proposal = propose(membership=membership, values=form(membership, founded=1999))
        results = at_once(
            [
                partial(approve, proposal, by=anna),
                partial(refuse, proposal, by=ben, reason="No"),
                partial(withdraw, proposal, by=membership.user),
            ]
        )
        assert sorted(type(result).__name__ for result in results) == ["AlreadyDecided"] * 2 + ["Proposal"]
        proposal.refresh_from_db()
        assert (stands(membership)["founded"] == 1999) == (proposal.state == "approved")

    def test_approval_and_hiding(self) -> None:
        """Neither waits for the other for ever, and in the end nothing is shown."""
        membership = make_member(organisation=make_organisation(listing="region"))[1]
        proposal = propose(membership=membership, values=form(membership, listing="country", founded=1999))
        results = at_once(
            [
                partial(approve, proposal, by=make_user(), seen=proposal.proposed_at),
                partial(hide, membership=membership, listing="unlisted"),
            ]
        )
        assert [type(result).__name__ for result in results] == ["Proposal", "Proposal"]
        assert stands(membership)["listing"] == "unlisted"
        assert not Organisation.objects.public().exists()

    def test_two_members_propose(self) -> None:
        """One row waits, with what both changed."""
        membership = make_member()[1]
        other = make_member(organisation=membership.organisation)[1]
        opened = stands(membership)
        at_once(
            [
                partial(propose, membership=membership, values=opened | {"founded": 1999}, opened=opened),
                partial(propose, membership=other, values=opened | {"size": "small"}, opened=opened),
            ]
        )
        values = Proposal.objects.get().values
        assert (values["founded"], values["size"]) == (1999, "small")


words = st.text("ab", max_size=2)
texts = st.dictionaries(
    st.sampled_from(["en", "fr", "ar"]), st.fixed_dictionaries(dict.fromkeys(PROFILE.texts, words)), max_size=3
)
states = st.fixed_dictionaries(
    {
        "founded": st.none() | st.integers(1990, 1992),
        "cities": st.lists(words, max_size=2),
        "services": st.sets(st.sampled_from(["housing", "testing"])).map(sorted),
        "populations": st.sets(st.sampled_from(["one", "two"])).map(sorted),
        "texts": texts,
    }
)


@given(states, states, states)
def test_exactly_the_differences(before: Values, values: Values, now: Values) -> None:
    """Onto what it was made from, a proposal gives just its values; elsewhere it leaves what it does not change."""
    assert PROFILE.applied(before, before, values) == values
    assert PROFILE.applied(now, values, values) == now
    result = PROFILE.applied(now, before, values)
    for name in ("founded", "cities"):
        assert result[name] == (values if before[name] != values[name] else now)[name]
    for name in ("services", "populations"):
        gone, come = set(before[name]) - set(values[name]), set(values[name]) - set(before[name])
        assert set(result[name]) == (set(now[name]) - gone) | come
    for language, fields in result["texts"].items():
        for name, value in fields.items():
            assert value in [state["texts"].get(language, {}).get(name) for state in (now, values)]
