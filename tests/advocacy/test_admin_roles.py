"""Every role at every address of the network's part of the admin, and at those of mails and pictures."""

from pathlib import Path

import pytest
from pytest_django import Settings

from publishing.import_jobs import ImportJob
from tests.campaign.admin_walk import ROLES, Answer, Named, routes, somebody, walk
from tests.factories import make_organisation, make_practice_file, make_user

pytestmark = pytest.mark.django_db

NETWORK = {model for model, _page, _route in routes("advocacy")}
# The models with which each role works.
WORKS_WITH: dict[str, set[str]] = {
    "Editor": {"event", "eventdocument", "news", "picture"},
    "Network coordinator": {*NETWORK, "picture"},
    "administrator": {*NETWORK, "picture", "mail"},
}
# Nobody writes these by hand: they come from outside, and are decided on or read.
READ_ONLY = {"application", "erasure", "practicequestion", "practiceuse", "proposal"}
WRITING = ("add", "delete", "markdown")
# Nobody writes a mail, and what has gone out or is over says what it says.
NEVER = {("mail", "add"), *((model, "change") for model in ("mail", "invitation", "erasure", "practicequestion"))}


def may(role: str, answer: Answer) -> bool:
    """Whether this role gets through."""
    if answer.model in READ_ONLY and answer.page in WRITING:
        return False
    if (answer.model, answer.page) in NEVER and (answer.method == "POST" or answer.page == "add"):
        return False
    return answer.model in WORKS_WITH.get(role, set())


def named() -> Named:
    """Return what addresses name beside rows of the models."""
    job = ImportJob.objects.create(kind="organisations", by=make_user(staff=False))
    members = [make_organisation().pk, make_organisation().pk]
    file = make_practice_file()
    return {
        "export": lambda: ["csv"],
        "file": lambda: [file.pk],
        "import_job": lambda: [job.pk],
        "merge": lambda: members,
        "statistics_file": lambda: ["csv"],
    }


@pytest.mark.parametrize("role", ROLES)
def test_role(role: str, settings: Settings, tmp_path: Path) -> None:
    """Who may not is told so, by GET and by POST; who may gets an answer, and nobody a fault."""
    settings.MEDIA_ROOT = tmp_path
    user = somebody(role)
    answers = [*walk(user, "advocacy", named()), *walk(user, "publishing")]
    assert [answer for answer in answers if not answer.is_right(user, allowed=may(role, answer))] == []
    if role == "administrator":
        # All the addresses are of what is there, but for the history of what keeps none.
        assert {answer.page for answer in answers if answer.status == 404} <= {"restore"}
