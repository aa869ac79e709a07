"""Organisations as spreadsheets: out, in by a command after a dry run, and nothing by halves."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.models import Organisation
from publishing.exchange import rows
from publishing.import_jobs import KEPT, SHOWN_FOR, ImportJob, cancel, tidy
from publishing.importing import Kind, work_off
from tests.campaign.admin_pages import address, errors, page_of, typed
from tests.comments.test_submission import at_once
from tests.conftest import signed_in
from tests.factories import add_text, make_issue, make_organisation, make_population, make_user
from tests.factsheets.test_exchange import book, problems, sheet

IMPORT = "/admin/advocacy/organisation/import/"
ROW = {"slug": "new-one", "country": "ZM", "listing": "region", "title_en": "New one"}


def send(client: Client, content: bytes, **fields: str) -> Any:
    """Choose a file."""
    return client.post(IMPORT, {"file": SimpleUploadedFile("members.csv", content), **fields})


def work() -> ImportJob:
    """Let the command do its work on the last file."""
    job = ImportJob.objects.latest("pk")
    work_off(job, told=lambda _row: None)
    return job


def checked(client: Client, content: bytes, **fields: str) -> Any:
    """Choose a file, have it checked, and return the page that shows what came of it."""
    response = send(client, content, **fields)
    assert response.status_code == 302, errors(response)
    assert client.get(response["Location"])["Refresh"] == "2"
    work()
    page = client.get(response["Location"])
    assert "Refresh" not in page
    return page


def brought_in(client: Client, content: bytes, **fields: str) -> ImportJob:
    """Choose a file, say yes to what it would change, and let that be done."""
    page = checked(client, content, **fields)
    response = client.post(page.wsgi_request.path, typed(page, "confirm_form"))
    assert response.status_code == 302
    return work()


def wrong(client: Client, content: bytes) -> list[tuple[str, ...]]:
    """Return row, column and message of what is wrong with a file."""
    page = checked(client, content)
    page.status_code = 400
    return problems(page)


@pytest.mark.django_db
class TestExchange:
    """What coordinators do."""

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_what_goes_out_comes_in_unchanged(self, coordinator: Client, kind: str) -> None:
        """With every column saying something, some of it like a formula."""
        full = make_organisation(
            own_name="=1+1",
            own_name_language="ny",
            listing="region",
            cities=["Lusaka", "Ndola"],
            languages=["en", "ny"],
            services=["testing", "legal-aid"],
            founded=1999,
            size="small",
            site="https://member.example.org/",
            contact_email="office@member.example.org",
            contact_shown=["email"],
            joined="2026-03-20",
            checked="2026-03-21",
        )
        full.populations.set([make_population(), make_population()])
        full.issues.set([make_issue()])
        add_text(full, "fr", title="Membre", pressing="@tous", hopes="- là\n- ici")
        make_organisation()
        url = reverse("admin:advocacy_organisation_export", args=[kind])
        changelist = page_of(coordinator.get(address(Organisation, "changelist")))
        assert url in {link.get("href") for link in changelist.all("a")}
        content = coordinator.get(url).content
        if kind == "csv":
            cells = [cell for row in csv.reader(StringIO(content.decode())) for cell in row]
            assert "'=1+1" in cells
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        page = checked(coordinator, content)
        assert "New: 0. Changed: 0. Unchanged: 2." in page_of(page).text
        assert not page_of(page).all("form", id="confirm_form")

    def test_new_and_changed_after_a_dry_run(self, coordinator: Client) -> None:
        """Each by its slug; what has no column stays; history tells who and why; the file is wiped."""
        issue, old = make_issue(slug="stigma"), make_organisation(slug="old-one", founded=1990, size="large")
        old.issues.set([make_issue()])
        shared = {"issues": "stigma", "cities": "Lusaka; Ndola", "founded": ""}
        content = sheet(
            {**ROW, **shared, "body_fr": "**Nous**", "title_fr": "Nouveau"},
            {**ROW, **shared, "slug": "old-one", "title_en": "Other name"},
        )
        page = checked(coordinator, content, reason="Asked by phone.")
        assert "New: 1. Changed: 1. Unchanged: 0. Nothing is saved yet." in page_of(page).text
        assert "title_en" in page_of(page).text
        assert not Organisation.objects.filter(slug="new-one").exists()
        assert coordinator.post(page.wsgi_request.path, typed(page, "confirm_form")).status_code == 302
        job = work()
        assert (job.state, bytes(job.sealed), job.report["changes"]) == ("done", b"", [])
        assert "New: 1. Changed: 1." in page_of(coordinator.get(page.wsgi_request.path)).text

        new = Organisation.objects.get(slug="new-one")
        assert (new.state, new.region, new.listing, new.cities) == ("draft", "014", "region", ["Lusaka", "Ndola"])
        french = new.texts.get(language="fr")
        assert (french.body_html, french.plain) == ("<p><strong>Nous</strong></p>", "Nous")
        old.refresh_from_db()
        assert (old.founded, old.size, old.state, old.listing) == (None, "large", "published", "region")
        assert old.texts.get().title == "Other name"
        for thing in (new, old):
            assert list(thing.issues.all()) == [issue]
            record = thing.history.first()
            assert (record.history_change_reason, record.history_user.groups.get().name) == (
                "Asked by phone.",
                "Network coordinator",
            )
        assert [row.history_type for row in old.texts.get().history.all()] == ["~", "+"]

    def test_a_file_from_a_spreadsheet(self, coordinator: Client) -> None:
        """Numbers and days are what they look like."""
        day = timezone.now().replace(2026, 1, 2, 0, 0, 0, 0, None)
        job = brought_in(coordinator, book([*ROW, "founded", "joined"], [*ROW.values(), 1999.0, day]))
        assert job.state == "done"
        found = Organisation.objects.get()
        assert (found.founded, str(found.joined)) == (1999, "2026-01-02")

    @pytest.mark.parametrize(
        ("fields", "column", "message"),
        [
            ({"country": "XX"}, "country", "is no country"),
            ({"country": ""}, "country", "cannot be blank"),
            ({"listing": ""}, "listing", "Say how it is listed"),
            ({"listing": "secret"}, "listing", "is not a valid choice"),
            ({"languages": "en, klingonese"}, "languages", "is not a language code"),
            ({"services": "testing, miracles"}, "services", "is not a valid choice"),
            ({"populations": "martians"}, "populations", "There is no key population “martians”."),
            ({"contact_shown": "everything"}, "contact_shown", "is not a valid choice"),
            ({"contact_email": "nobody"}, "contact_email", "Enter a valid email address."),
            ({"site": "javascript:alert(1)"}, "site", "Enter a valid URL."),
            ({"founded": "long ago"}, "founded", "must be an integer"),
            ({"slug": "with space"}, "slug", "slug"),
            ({"title_en": "x" * 201}, "title_en", "at most 200 characters"),
            ({"title_en": ""}, "title_en", "Give its name"),
            ({"own_name": "Ife"}, "", "Say which language that name is in."),
            ({"slug": "good"}, "slug", "Row 2 is about this organisation already."),
        ],
    )
    def test_bad_cells_are_named(self, coordinator: Client, fields: dict[str, str], column: str, message: str) -> None:
        """And nothing of the file is taken, the good row neither."""
        found = wrong(coordinator, sheet({**ROW, "slug": "good"}, {**ROW, **fields}))
        assert [row[:2] for row in found] == [("3", column or "–")]
        assert message in found[0][2]
        assert not Organisation.objects.exists()
        assert not ImportJob.objects.exclude(sealed=b"").exists()

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"listing": "unlisted"}, "An organisation that is not listed cannot be published."),
            ({"left": "2026-01-01"}, "An organisation that has left cannot be published."),
        ],
    )
    def test_what_is_public_keeps_its_rules(self, coordinator: Client, fields: dict[str, str], message: str) -> None:
        """The row that breaks one is named, and those beside it are not."""
        for number in range(3):
            make_organisation(slug=f"member-{number}")
        rows = [{"slug": f"member-{number}", "size": "small", "listing": "country", "left": ""} for number in range(3)]
        found = wrong(coordinator, sheet(rows[0], {**rows[1], **fields}, rows[2]))
        assert found == [("3", "–", message)]
        assert not Organisation.objects.filter(size="small").exists()

    @pytest.mark.parametrize(("now", "then"), [("region", "country"), ("unlisted", "region")])
    def test_old_spreadsheet_makes_nobody_more_visible(self, coordinator: Client, now: str, then: str) -> None:
        """Who has hidden since it was made stays hidden."""
        state = "withdrawn" if now == "unlisted" else "published"
        organisation = make_organisation(slug="at-risk", listing=now, state=state)
        found = wrong(coordinator, sheet({"slug": "at-risk", "listing": then}))
        assert found == [
            ("2", "listing", "A spreadsheet makes no organisation more visible. Change this on its own page.")
        ]
        organisation.refresh_from_db()
        assert organisation.listing == now

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"country\nZM", "This column is missing"),
            (b"slug,size,size\na,,", "This column stands there twice."),
            (b"slug,sizes\na,", "There is no such column."),
            (b"slug,title_en\na,=1+1", "a spreadsheet would take this cell for a formula"),
            (b"slug\na,b", "Row 2 has more cells"),
        ],
    )
    def test_what_is_no_table_of_organisations(self, coordinator: Client, content: bytes, problem: str) -> None:
        """It is said where."""
        assert problem in wrong(coordinator, content)[0][2]

    def test_what_is_no_table_is_told_beside_its_field(self, coordinator: Client) -> None:
        """At once, and nothing is kept."""
        for content, said in ((b"\xff\xfe\x00nothing", "neither XLSX nor CSV"), (b"\n\n", "empty")):
            response = send(coordinator, content)
            assert response.status_code == 400
            assert said in errors(response)
        assert "This field is required." in errors(coordinator.post(IMPORT, {"reason": "x"}))
        assert not ImportJob.objects.exists()

    def test_too_many_rows(self, coordinator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """The last that may come is the fifty-thousandth; here the third is."""
        kind = Kind.known["organisations"]
        assert kind.most_rows == 50_000
        monkeypatch.setitem(Kind.known, "organisations", replace(kind, most_rows=3))
        ((row, _column, said),) = wrong(coordinator, b"slug\n" + b"a\n" * 4)
        assert (row, said) == ("–", "This file has more than 3 rows. Leave out the rows that do not change.")

    def test_many_problems_are_counted(self, coordinator: Client) -> None:
        """The first 200 are shown."""
        page = checked(coordinator, b"slug,title_en\n" + b"".join(b"a%d,\n" % n for n in range(230)))
        assert "230 problems: nothing can be imported" in page_of(page).text
        assert len(page_of(page).all("tr", class_="wrong")) == 200
        assert "And 30 more." in page_of(page).text

    def test_what_others_changed_meanwhile_is_shown_first(self, coordinator: Client) -> None:
        """Nobody overwrites unseen what somebody else did."""
        make_organisation(slug="one", founded=1990)
        job = brought_in_after(coordinator, sheet({"slug": "one", "founded": "1991"}), founded=1995)
        assert (job.state, job.moved, Organisation.objects.get().founded) == ("checked", True, 1995)
        page = coordinator.get(f"{IMPORT}{job.pk}/")
        assert "Somebody changed things meanwhile" in page_of(page).text
        coordinator.post(page.wsgi_request.path, typed(page, "confirm_form"))
        assert work().state == "done"
        assert Organisation.objects.get().founded == 1991

    def test_only_what_was_shown_can_be_confirmed(self, coordinator: Client) -> None:
        """Neither with another digest, nor before it was checked, nor twice."""
        make_organisation(slug="one")
        page = send(coordinator, sheet({"slug": "one", "founded": "1991"}))["Location"]
        assert coordinator.post(page, {"digest": ""}).status_code == 409
        job = work()
        assert coordinator.post(page, {"digest": "x" * 64}).status_code == 409
        assert coordinator.post(page, {"digest": job.report["digest"]}).status_code == 302
        assert coordinator.post(page, {"digest": job.report["digest"]}).status_code == 409
        assert work().state == "done"
        assert coordinator.post(page, {"digest": job.report["digest"]}).status_code == 409

    def test_cancelled(self, coordinator: Client) -> None:
        """While it waits for the command, or for a yes; nothing is changed and nothing kept."""
        for is_checked in (False, True):
            page = send(coordinator, sheet(ROW))["Location"]
            if is_checked:
                work()
            sent = typed(coordinator.get(page), "cancel_form") | {"cancel": "Cancel"}
            assert coordinator.post(page, sent).status_code == 302
            if not is_checked:
                assert "It is being cancelled." in page_of(coordinator.get(page)).text
                work()
            job = ImportJob.objects.latest("pk")
            assert (job.state, bytes(job.sealed)) == ("cancelled", b"")
            assert coordinator.post(page, {"cancel": "Cancel"}).status_code == 302
        assert not Organisation.objects.exists()

    def test_nothing_is_kept_for_long(self, coordinator: Client) -> None:
        """What nobody says yes to is gone after a day, and all that tells of it after a week."""
        checked(coordinator, sheet(ROW))
        ImportJob.objects.update(made_at=timezone.now() - SHOWN_FOR - timedelta(minutes=1))
        tidy()
        assert ImportJob.objects.get().state == "cancelled"
        ImportJob.objects.update(finished_at=timezone.now() - KEPT - timedelta(minutes=1))
        tidy()
        assert not ImportJob.objects.exists()

    def test_only_for_those_who_may_do_all_of_it(
        self, editor: Client, moderator: Client, visitor: Client, coordinator: Client, administrator: Client
    ) -> None:
        """Coordinators and administrators."""
        job = send(coordinator, sheet(ROW))["Location"]
        export = reverse("admin:advocacy_organisation_export", args=["csv"])
        member = signed_in(make_user(staff=False))
        for url in (IMPORT, job, export):
            assert (editor.get(url).status_code, moderator.get(url).status_code) == (403, 403)
            assert administrator.get(url).status_code == 200
            for outside in (visitor, member):
                assert outside.get(url)["Location"].startswith("/admin/login/")
            assert coordinator.put(url).status_code == 405
        assert editor.post(job, {"cancel": "x"}).status_code == 403
        for odd in (f"{IMPORT}{10**30}/", f"{IMPORT}0/", export.replace("csv", "pdf")):
            assert coordinator.get(odd).status_code == 404


def brought_in_after(client: Client, content: bytes, **changes: Any) -> ImportJob:
    """Bring a file in, but let somebody else change all organisations before it is worked off."""
    page = checked(client, content)
    assert client.post(page.wsgi_request.path, typed(page, "confirm_form")).status_code == 302
    Organisation.objects.update(**changes)
    return work()


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two rows at a time."""
    monkeypatch.setattr(rows, "TOGETHER", 2)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch, few_at_once: None) -> dict[str, Any]:
    """What others see of an import that is under way, and what they do when the fourth row is in."""
    seen: dict[str, Any] = {"rows": [], "then": lambda: None}
    read = rows.import_rows

    def slowly(*args: Any, told: Any, **kwargs: Any) -> Any:
        def told_and_seen(row: int) -> None:
            told(row)
            if row == 4:
                at_once([lambda: seen["rows"].append((ImportJob.objects.get().at_row, Organisation.objects.count()))])
                at_once([seen["then"]])

        return read(*args, told=told_and_seen, **kwargs)

    monkeypatch.setattr("publishing.importing.import_rows", slowly)
    return seen


@pytest.mark.django_db(transaction=True)
class TestCommand:
    """`manage.py run_imports`, seen from another connection."""

    def job(self, *more: dict[str, str]) -> ImportJob:
        """Return a file of six organisations."""
        client = signed_in(make_user(is_superuser=True))
        members = ({**ROW, "slug": f"member-{number}", "own_name": ""} for number in range(6))
        page = send(client, sheet(*members, *more))["Location"]
        call_command("run_imports", stdout=StringIO())
        shown = client.get(page)
        if "confirm_form" in shown.content.decode():
            client.post(page, typed(shown, "confirm_form"))
        return ImportJob.objects.get()

    def test_progress_is_seen_and_rows_are_not(self, watched: dict[str, Any]) -> None:
        """Until all are in."""
        assert self.job().state == "confirmed"
        out = StringIO()
        call_command("run_imports", stdout=out)
        assert out.getvalue() == "worked off: 1\n"
        assert (ImportJob.objects.get().state, Organisation.objects.count()) == ("done", 6)
        assert watched["rows"] == [(4, 0), (4, 0)]

    def test_all_or_nothing(self, few_at_once: None) -> None:
        """The last row is wrong: none of those before it stays."""
        job = self.job({**ROW, "slug": "last", "own_name": "Ife"})
        assert (job.state, job.report["problem_count"], Organisation.objects.count()) == ("wrong", 1, 0)

    def test_cancelled_in_the_middle(self, watched: dict[str, Any]) -> None:
        """What was written is taken back."""
        job = self.job()
        watched["then"] = lambda: cancel(job)
        call_command("run_imports", stdout=StringIO())
        job.refresh_from_db()
        assert (job.state, bytes(job.sealed), Organisation.objects.count()) == ("cancelled", b"", 0)

    def test_two_commands_do_not_do_the_same(self, watched: dict[str, Any]) -> None:
        """The second finds nothing to do."""
        job, said = self.job(), StringIO()
        watched["then"] = lambda: call_command("run_imports", stdout=said)
        call_command("run_imports", stdout=StringIO())
        assert said.getvalue() == "worked off: 0\n"
        job.refresh_from_db()
        assert job.state == "done"
