"""Who can sign in to the browser tests' portal, and how they do it."""

from itertools import count

from playwright.sync_api import BrowserContext, Page

from tests.totp import KEY

PASSWORD = "a long password for tests"
MEMBER = "member@example.org"
# Only test_accounts.py changes how this one signs in.
PLAIN_MEMBER = "plain-member@example.org"
STAFF = {"moderator": "Moderator", "editor": "Editor", "coordinator": "Network coordinator"}
# The member leads this one, which the seeds bring along.
ORGANISATION = "sample-organisation-zambia"
# A code of an app's is good for one sign-in within half a minute; no test waits for the next.
CODES = [f"{number:08}" for number in range(200)]
unused = count()


def make_people() -> None:
    """Make staff, who have an app and recovery codes, and those who have neither: members, and a newcomer."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import Group, User

    from advocacy.models import Membership, Organisation, Role
    from publishing.sealing import seal

    for name, role in STAFF.items():
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        Authenticator.objects.create(user=user, type="totp", data={"secret": seal(KEY)})
        codes = [seal(code) for code in CODES]
        Authenticator.objects.create(user=user, type="recovery_codes", data={"migrated_codes": codes})
    User.objects.create_superuser("newcomer", password=PASSWORD)
    organisation = Organisation.objects.get(slug=ORGANISATION)
    for name in (MEMBER, PLAIN_MEMBER):
        member = User.objects.create_user(name, name, PASSWORD)
        Membership.objects.create(organisation=organisation, user=member, role=Role.LEAD)


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


def sign_in_member(context: BrowserContext, user: str = MEMBER) -> Page:
    """Return the page of a member's own, signed in."""
    page = context.new_page()
    page.goto("/en/accounts/")
    give_password(page, user)
    page.get_by_role("heading", name="Your organisations").wait_for()
    return page
