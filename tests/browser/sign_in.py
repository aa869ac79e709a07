"""Who can sign in to the browser tests' portal, and how they do it."""

from itertools import count

from playwright.sync_api import BrowserContext, Page

from tests.totp import KEY, shown_by_app

PASSWORD = "a long password for tests"
# Members who have an app; each leads an organisation that the seeds bring along.
MEMBER, OTHER_MEMBER = "member@example.org", "other-member@example.org"
ORGANISATION, OTHER_ORGANISATION = "sample-organisation-zambia", "sample-organisation-portugal"
# Only test_accounts.py changes how this one signs in.
PLAIN_MEMBER = "plain-member@example.org"
STAFF = {"moderator": "Moderator", "editor": "Editor", "coordinator": "Network coordinator"}
# A code of an app's is good for one sign-in within half a minute; no test waits for the next.
CODES = [f"{number:08}" for number in range(200)]
unused = count()


def make_people() -> None:
    """Make staff and members, who have an app and recovery codes, and those who have neither."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group, User

    from advocacy.models import Membership, Organisation, Role
    from publishing.sealing import seal

    def add_app(user: User) -> None:
        codes = [seal(code) for code in CODES]
        Authenticator.objects.create(user=user, type="totp", data={"secret": seal(KEY)})
        Authenticator.objects.create(user=user, type="recovery_codes", data={"migrated_codes": codes})

    for name, role in STAFF.items():
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        add_app(user)
    User.objects.create_superuser("newcomer", password=PASSWORD)
    for name, slug in ((MEMBER, ORGANISATION), (OTHER_MEMBER, OTHER_ORGANISATION), (PLAIN_MEMBER, ORGANISATION)):
        member = User.objects.create_user(name, name, PASSWORD)
        organisation = Organisation.objects.get(slug=slug)
        Membership.objects.create(organisation=organisation, user=member, role=Role.LEAD)
        if name != PLAIN_MEMBER:
            add_app(member)


def give_password(page: Page, user: str) -> None:
    """Fill in the first page of signing in, which the browser shows."""
    page.get_by_label("E-mail address or user name").fill(user)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def give_code(page: Page, code: str) -> None:
    """Fill in the second page."""
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Sign in").click()


def sign_in(context: BrowserContext, user: str) -> Page:
    """Return a page of the admin's, signed in as one of `STAFF`."""
    page = context.new_page()
    page.goto("/admin/")
    give_password(page, user)
    give_code(page, CODES[next(unused)])
    page.get_by_role("button", name="Log out").wait_for()
    return page


def sign_in_member(context: BrowserContext, user: str = MEMBER, *, app: bool = False) -> Page:
    """Return the page of a member's own, signed in: with what the app shows now, else with a recovery code."""
    page = context.new_page()
    page.goto("/en/accounts/")
    give_password(page, user)
    if user != PLAIN_MEMBER:
        give_code(page, shown_by_app(KEY) if app else CODES[next(unused)])
    page.get_by_role("heading", name="Your organisations").wait_for()
    return page
